package org.hyalite.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.quantify.Absorption;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment.AbsorptionMethod;
import org.hyalite.study.recipe.Experiment.StandardSpec;
import org.hyalite.tomo.Projector;

/**
 * What a standard absorbs of its own X-rays, where absorption is corrected: else its cross section would be too small by
 * just that. The particle has its reference density everywhere above the threshold.
 */
final class StandardAbsorption {
    private final StudyContext context;
    private final StandardSpec spec;
    private final Volume adf;
    private final double threshold;
    private final Map<XrayLine, Image> known = new LinkedHashMap<>();

    /** @param threshold of the ADF volume, above which the particle is */
    StandardAbsorption(StudyContext context, StandardSpec spec, Volume adf, double threshold) {
        this.context = context;
        this.spec = spec;
        this.adf = adf;
        this.threshold = threshold;
    }

    /** Values of every pixel over what left the particle, or as they are where nothing is corrected. */
    Image corrected(XrayLine line, EdsMap map, Image values) {
        if (context.experiment().absorption().method() != AbsorptionMethod.VOLUME) {
            return values;
        }
        Image share = known.computeIfAbsent(line, l -> transmission(l, map));
        float[] all = values.values().clone();
        for (int i = 0; i < all.length; i++) {
            all[i] /= share.values()[i];
        }
        return Image.of(values.ny(), values.nx(), values.pixelNm(), all);
    }

    private Image transmission(XrayLine line, EdsMap map) {
        Volume density = adf.copy();
        for (float[] block : density.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = block[i] > threshold ? (float) spec.densityPerNm3() : 0;
            }
        }
        Slabs slabs = Slabs.of(context.settings().threads());
        Map<Element, Double> perAtom =
                context.experiment().absorption().perAtom().getOrDefault(spec.element(), Map.of());
        Absorption absorption = Absorption.of(
                Map.of(spec.element(), new Absorption.Part(density, perAtom, Map.of(line, 1.0))),
                AbsorptionStep.detectors(context, map.acquisition()),
                slabs);
        Volume leaving =
                Objects.requireNonNull(absorption.transmission(map.tiltDeg()).get(spec.element()));
        AbsorptionStep.multiply(leaving, density);
        double mean = density.sum() > 0 ? leaving.sum() / density.sum() : 1;
        context.record()
                .parameter(
                        "standard " + spec.name() + ".absorption." + line,
                        1 - mean,
                        "",
                        Origin.DERIVED,
                        "its volume; mean over the particle");
        Projector projector =
                Projector.of(TiltGeometry.of(map.tiltDeg()), adf.nz(), adf.ny(), adf.nx(), adf.voxelNm(), slabs);
        return AbsorptionStep.ratio(
                projector.forward(leaving).image(0), projector.forward(density).image(0), mean);
    }
}
