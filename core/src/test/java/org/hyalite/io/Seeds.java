package org.hyalite.io;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.bcf.BcfSeeds;
import org.hyalite.io.dm.DmSeeds;
import org.hyalite.io.format.Signal;
import org.hyalite.io.hspy.HspyFile;
import org.hyalite.io.jeol.JeolSeeds;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.io.tia.TiaSeeds;
import org.hyalite.io.tiff.TiffSeeds;
import org.hyalite.io.velox.VeloxSeeds;
import org.hyalite.io.zarr.OmeZarrWriter;
import org.hyalite.io.zarr.ZspyWriter;

/** The sound recordings of every format that mutations start from. */
public enum Seeds {
    BCF {
        @Override
        public List<Seed> make(Path folder) {
            return BcfSeeds.maps();
        }
    },
    SPX {
        @Override
        public List<Seed> make(Path folder) {
            return BcfSeeds.spectra();
        }
    },
    JEOL {
        @Override
        public List<Seed> make(Path folder) {
            return JeolSeeds.all();
        }
    },
    EDAX {
        @Override
        public List<Seed> make(Path folder) {
            ByteBuffer file = ByteBuffer.allocate(3840 + 20).order(ByteOrder.LITTLE_ENDIAN);
            file.putFloat(0, 0.61f).putInt(28, 3840).putShort(32, (short) 5).putInt(384, 5);
            file.putFloat(448, -0.1f).putFloat(456, 12.5f).putFloat(460, -30.2f).putFloat(472, 127.4f);
            file.putInt(476, 30).putFloat(508, 45).putFloat(512, 35).putFloat(532, 20);
            file.putShort(638, (short) 2).putShort(640, (short) 30).putShort(642, (short) 27);
            return List.of(Seed.of("s.spc", file.array()));
        }
    },
    DM {
        @Override
        public List<Seed> make(Path folder) {
            return DmSeeds.all();
        }
    },
    TIA {
        @Override
        public List<Seed> make(Path folder) {
            return TiaSeeds.all();
        }
    },
    VELOX {
        @Override
        public List<Seed> make(Path folder) throws IOException {
            return VeloxSeeds.all(folder);
        }
    },
    NCEM {
        @Override
        public List<Seed> make(Path folder) throws IOException {
            EmdBuilder emd = new EmdBuilder().array("data/map/data", new int[2][2][3], false, 1, 2, 2);
            emd.attribute("data/map", "emd_group_type", 1);
            String[] units = {"[n_m]", "[n_m]", "[eV]"};
            for (int a = 0; a < 3; a++) {
                String dim = "data/map/dim" + (a + 1);
                emd.array(dim, new double[] {0, 2}, false)
                        .attribute(dim, "name", List.of("y", "x", "Energy").get(a));
                emd.attribute(dim, "units", units[a]);
            }
            return List.of(Seed.ofHdf("n.emd", Files.readAllBytes(emd.writeTo(folder.resolve("ncem.emd")))));
        }
    },
    HSPY {
        @Override
        public List<Seed> make(Path folder) throws IOException {
            return List.of(Seed.ofHdf("h.hspy", small()));
        }
    },
    ZSPY {
        @Override
        public List<Seed> make(Path folder) throws IOException {
            Path hspy = Files.write(folder.resolve("small.hspy"), small());
            List<Signal> signals = HspyFile.format().read(hspy).signals();
            Path zspy = folder.resolve("z.zspy");
            ZspyWriter.write(zspy, signals);
            return List.of(Seed.of("z.zspy", files(folder, zspy)));
        }
    },
    OME_ZARR {
        @Override
        public List<Seed> make(Path folder) throws IOException {
            Path zarr = folder.resolve("v.ome.zarr");
            List<OmeZarrWriter.Channel> channels = List.of(
                    new OmeZarrWriter.Channel("Co", (z, y, x) -> z + y * x),
                    new OmeZarrWriter.Channel("Zn", (z, y, x) -> z - y + x));
            OmeZarrWriter.write(zarr, "glass", channels, new int[] {2, 3, 4}, new double[] {2, 2, 2}, "atoms/nm³");
            return List.of(Seed.of("v.ome.zarr", files(folder, zarr)));
        }
    },
    MRC {
        @Override
        public List<Seed> make(Path folder) throws IOException {
            Path mrc = folder.resolve("s.mrc");
            MrcWriter.writeSeries(mrc, TiltSeries.zeros(TiltGeometry.of(-10, 0, 10), 4, 3, 2));
            return List.of(Seed.of(
                    "s.mrc", Map.of("s.mrc", Files.readAllBytes(mrc), "s.rawtlt", "-10\n0\n10\n".getBytes(US_ASCII))));
        }
    },
    RIPPLE {
        @Override
        public List<Seed> make(Path folder) {
            String common = "key\tvalue\nwidth\t3\nheight\t2\noffset\t0\ndata-type\tunsigned\ndata-length\t2\n"
                    + "byte-order\tlittle-endian\nwidth-scale\t1.5\nwidth-units\tnm\nheight-scale\t1.5\n"
                    + "height-units\tnm\nbeam-energy\t200\n";
            String map = common + "depth\t5\nrecord-by\tvector\ndepth-scale\t10\ndepth-units\teV\ndepth-origin\t-200\n";
            String series = common + "depth\t5\nrecord-by\timage\ndepth-scale\t2\ndepth-units\tdeg\ndepth-origin\t-4\n";
            return List.of(
                    Seed.of("c.rpl", Map.of("c.rpl", map.getBytes(US_ASCII), "c.raw", new byte[60])),
                    Seed.of("c.rpl", Map.of("c.rpl", series.getBytes(US_ASCII), "c.raw", new byte[60])));
        }
    },
    MSA {
        @Override
        public List<Seed> make(Path folder) {
            String header = "#FORMAT      : EMSA/MAS Spectral Data File\n#VERSION     : 1.0\n#TITLE       : a\n"
                    + "#NPOINTS     : 6\n#NCOLUMNS    : 1\n#XUNITS      : eV\n#XPERCHAN    : 10.0\n"
                    + "#OFFSET      : -20\n#BEAMKV   -kV: 200,0\n#LIVETIME  -s: 60.5\n##ELEMENTS   : Co Zn\n";
            String pairs = "#DATATYPE    : XY\n#SPECTRUM:\n-20, 1\n-10.0, 2\n0.0, 3\n10, 4\n20, 5\n30.0, 6\n";
            return List.of(
                    Seed.of(
                            "y.msa",
                            (header + "#DATATYPE    : Y\n#SPECTRUM:\n1, 2, 3.5\n4e2, 5, 6\n#ENDOFDATA:\n")
                                    .getBytes(US_ASCII)),
                    Seed.of("xy.msa", (header + pairs + "#ENDOFDATA:\n").getBytes(US_ASCII)));
        }
    },
    TIFF {
        @Override
        public List<Seed> make(Path folder) {
            return TiffSeeds.all();
        }
    };

    /** Makes them; {@code folder} is for files in between. */
    public abstract List<Seed> make(Path folder) throws IOException;

    private static byte[] small() throws IOException {
        try (InputStream in = HspyFile.class.getResourceAsStream("small.hspy")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static Map<String, byte[]> files(Path folder, Path top) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(top)) {
            for (Path path : new ArrayList<>(all.filter(Files::isRegularFile).toList())) {
                files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }
}
