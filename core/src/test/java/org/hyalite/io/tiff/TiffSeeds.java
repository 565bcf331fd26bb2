package org.hyalite.io.tiff;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.hyalite.io.Seed;

/** Small TIFF files: strips and tiles, both orders and widths, every packing that the builder writes, ImageJ's and OME's texts. */
public final class TiffSeeds {
    private TiffSeeds() {}

    public static List<Seed> all() {
        List<Seed> seeds = new ArrayList<>();
        int[] packings = {1, 8, 32773};
        for (int i = 0; i < 6; i++) {
            TiffBuilder builder = new TiffBuilder();
            builder.big = i % 2 == 1;
            builder.order = i < 3 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            builder.compression = packings[i % 3];
            builder.tile = i % 3 == 1 ? 16 : 0;
            builder.predictor = i % 3 == 0 ? 1 : 2;
            if (i == 0) {
                builder.description = "ImageJ=1.53t\nimages=3\nslices=3\nunit=nm\nspacing=2.0\nloop=false\n";
            }
            if (i == 2 || i == 5) {
                builder.description = """
                        <?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
                        <Image ID="Image:0" Name="a"><Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint16" SizeX="4"
                        SizeY="3" SizeZ="3" SizeC="1" SizeT="1" PhysicalSizeX="2" PhysicalSizeXUnit="nm"
                        PhysicalSizeY="2" PhysicalSizeYUnit="nm" PhysicalSizeZ="3" PhysicalSizeZUnit="nm">
                        <TiffData IFD="0" PlaneCount="3"/></Pixels></Image></OME>""";
            }
            for (int page = 0; page < 3; page++) {
                double[][][] values = new double[3][4][1];
                for (int p = 0; p < 12; p++) {
                    values[p / 4][p % 4][0] = 100 * page + p;
                }
                builder.page(values);
            }
            seeds.add(Seed.of(i == 2 || i == 5 ? "i.ome.tif" : "i.tif", builder.build()));
        }
        return seeds;
    }
}
