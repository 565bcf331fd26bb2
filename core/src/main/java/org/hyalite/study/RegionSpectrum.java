package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.align.Alignment;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.grid.TiltSeries;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.Experiment.SampleSpec;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sum spectrum of a region of a volume, from the recorded spectrum images: of the pixels, at every tilt, in whose ray
 * the region makes up at least half of the atoms, each weighted by the region's share of its ray.
 */
final class RegionSpectrum {
    static final double LEAST_SHARE = 0.5;

    /** Rays with less than this share of the heaviest ray hold next to nothing. */
    private static final double LEAST_MATTER = 0.05;

    private final double[] sum;
    private final EnergyAxis axis;
    private double region;
    private double matter;
    private int pixels;

    private RegionSpectrum(EnergyAxis axis) {
        this.axis = axis;
        sum = new double[axis.channels()];
    }

    /** The maps of a run, found again by what its record names. */
    static List<EdsMap> recorded(ResultFiles files, StudyRecord record) {
        JsonNode inputs = Json.read(files.provenance()).path("inputs");
        Path experimentFile = unchanged(files, inputs, "experiment").get(0);
        Experiment experiment = ExperimentFile.read(experimentFile);
        SampleSpec sample = experiment
                .sample()
                .orElseThrow(() -> new InputException(experimentFile + ": names no sample, whose spectra are wanted"));
        unchanged(files, inputs, "sample.eds");
        return new SeriesLoader(record, experiment.spectra().bin()).eds("sample", sample.eds(), sample.axisAlongX());
    }

    private static List<Path> unchanged(ResultFiles files, JsonNode inputs, String role) {
        List<Path> found = new java.util.ArrayList<>();
        for (JsonNode input : inputs) {
            if (!input.path("role").asString("").equals(role)) {
                continue;
            }
            Path file = Path.of(input.path("file").asString(""));
            if (!Files.exists(file)) {
                throw new InputException(
                        file + ": is gone, and a region's spectrum needs the recorded files of the run ("
                                + files.provenance() + "); put it back there, or leave out --spectrum");
            }
            if (!Digest.of(file).equals(input.path("sha256").asString(""))) {
                throw new InputException(file + ": has changed since the run (" + files.provenance()
                        + " has another SHA-256); run again");
            }
            found.add(file);
        }
        if (found.isEmpty()) {
            throw new InputException(files.provenance() + ": names no '" + role
                    + "' among the inputs; is the folder a result of 'hyalite run'?");
        }
        return found;
    }

    /**
     * Sums the spectra.
     *
     * @param regionAtoms the region's projections, and {@code allAtoms} those of everything, in the alignment's frame
     * @param perTilt receives what every tilt gave
     */
    static RegionSpectrum of(
            List<EdsMap> maps, Alignment alignment, TiltSeries regionAtoms, TiltSeries allAtoms, ArrayNode perTilt) {
        SpectrumImage first = maps.get(0).map();
        if (first.ny() != allAtoms.ny() || first.nx() != allAtoms.nx()) {
            throw new InputException(maps.get(0).file() + ": maps of " + first.ny() + " × " + first.nx()
                    + " pixels, but volumes of " + allAtoms.ny() + " × " + allAtoms.nx() + " (y × x); run again");
        }
        RegionSpectrum spectrum = new RegionSpectrum(first.energy());
        double least = 0;
        for (float[] block : allAtoms.blocks()) {
            for (float v : block) {
                least = Math.max(least, LEAST_MATTER * v);
            }
        }
        for (int t = 0; t < maps.size(); t++) {
            double region = spectrum.region;
            double matter = spectrum.matter;
            int pixels = spectrum.pixels;
            spectrum.add(maps.get(t).map(), alignment, t, regionAtoms.image(t), allAtoms.image(t), least);
            ObjectNode json =
                    perTilt.addObject().put("tilt_deg", maps.get(t).tiltDeg()).put("pixels", spectrum.pixels - pixels);
            if (spectrum.matter > matter) {
                json.put("share_of_region", (spectrum.region - region) / (spectrum.matter - matter));
            }
        }
        return spectrum;
    }

    private void add(
            SpectrumImage map, Alignment alignment, int tilt, Image regionAtoms, Image allAtoms, double least) {
        double angle = Math.toRadians(alignment.axisRotationDeg());
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double dy = cos * alignment.shiftYPx()[tilt] + sin * alignment.shiftXPx()[tilt];
        double cy = (map.ny() - 1) / 2.0;
        double cx = (map.nx() - 1) / 2.0;
        double[] one = new double[sum.length];
        for (int y = 0; y < map.ny(); y++) {
            for (int x = 0; x < map.nx(); x++) {
                // where the aligned frame shows this recorded pixel: R⁻¹ p, then moved along y (see Alignment)
                double atY = cos * (y - cy) + sin * (x - cx) + dy + cy;
                double atX = cos * (x - cx) - sin * (y - cy) + cx;
                double all = interpolated(allAtoms, atY, atX);
                double part = interpolated(regionAtoms, atY, atX);
                if (all > least && part >= LEAST_SHARE * all) {
                    double weight = part / all;
                    java.util.Arrays.fill(one, 0);
                    map.addTo(y, x, one);
                    for (int c = 0; c < sum.length; c++) {
                        sum[c] += weight * one[c];
                    }
                    region += weight * part;
                    matter += weight * all;
                    pixels++;
                }
            }
        }
    }

    private static double interpolated(Image image, double y, double x) {
        int y0 = (int) Math.floor(y);
        int x0 = (int) Math.floor(x);
        if (y0 < 0 || x0 < 0 || y0 + 1 >= image.ny() || x0 + 1 >= image.nx()) {
            return 0;
        }
        double fy = y - y0;
        double fx = x - x0;
        return (1 - fy) * ((1 - fx) * image.at(y0, x0) + fx * image.at(y0, x0 + 1))
                + fy * ((1 - fx) * image.at(y0 + 1, x0) + fx * image.at(y0 + 1, x0 + 1));
    }

    Spectrum spectrum() {
        return Spectrum.signed(axis, sum);
    }

    /** Pixels of all tilts that were taken. */
    int pixels() {
        return pixels;
    }

    /** The region's share of the atoms that the spectrum shows. */
    double shareOfRegion() {
        return matter > 0 ? region / matter : 0;
    }
}
