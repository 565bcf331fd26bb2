package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.calibrate.CalibratedLine;
import org.hyalite.calibrate.Calibration;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.DetectorDirection;
import org.hyalite.physics.Element;
import org.hyalite.physics.MassAttenuation;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.study.AbsorptionStep.Transmission;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import org.hyalite.tomo.Regulariser;
import org.hyalite.tomo.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the turns of reconstruct, absorb, reconstruct: they end at the true densities; and where detectors come from. */
class AbsorptionStepTest {
    private static final Element SI = Element.of("Si");
    private static final XrayLine SI_KA = XrayLine.of("Si_Ka");
    private static final int SIZE = 32;
    private static final double RADIUS = 11;
    private static final double VOXEL_NM = 10;
    private static final String DETECTORS = "  detectors: [{elevation_deg: 18, azimuth_deg: 45}, {elevation_deg: 18,"
            + " azimuth_deg: 225, weight: 2}]\n";

    @TempDir
    Path folder;

    private StudyContext context(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), text);
        return new StudyContext(ExperimentFile.read(file), TinyTwin.settings(2), new StudyRecord(), Progress.NONE);
    }

    private static Calibration calibration() {
        return new Calibration(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new Calibration.LineDefinition(Calibration.Method.FIT, Map.of()),
                LocalDate.of(2026, 1, 1),
                List.of(new CalibratedLine(
                        SI_KA, new CrossSection(5, 0), Optional.empty(), Optional.empty(), 1, 1, Map.of(), Map.of())));
    }

    private static final String EXPERIMENT =
            "microscope:\n  name: x\n" + DETECTORS + "elements: {Si: [Ka]}\nabsorption: {method: volume, rounds: 2}\n";

    private static Volume sphere(double density) {
        Volume sphere = Volume.zeros(SIZE, SIZE, SIZE, VOXEL_NM);
        double middle = (SIZE - 1) / 2.0;
        for (int z = 0; z < SIZE; z++) {
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    double r = Math.sqrt(Math.pow(z - middle, 2) + Math.pow(y - middle, 2) + Math.pow(x - middle, 2));
                    sphere.set(z, y, x, (float) (density * Math.max(0, Math.min(1, RADIUS - r + 0.5))));
                }
            }
        }
        return sphere;
    }

    /** What leaves a sphere, by the chord from each voxel's middle to its surface. */
    private static Volume leaving(Volume sphere, double perVoxel, double tiltDeg) {
        Volume left = sphere.copy();
        double middle = (SIZE - 1) / 2.0;
        for (int z = 0; z < SIZE; z++) {
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    double[] r = {z - middle, y - middle, x - middle};
                    double square = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
                    double through = 0;
                    for (int d = 0; d < 2; d++) {
                        double[] to =
                                DetectorDirection.of(18, d == 0 ? 45 : 225).inSpecimen(tiltDeg);
                        double along = r[0] * to[0] + r[1] * to[1] + r[2] * to[2];
                        double chord = -along + Math.sqrt(Math.max(0, along * along + RADIUS * RADIUS - square));
                        through += (d + 1) / 3.0 * Math.exp(-perVoxel * Math.max(0, chord));
                    }
                    left.set(z, y, x, (float) (sphere.at(z, y, x) * through));
                }
            }
        }
        return left;
    }

    @Test
    void turnsEndAtTheTrueDensity() throws IOException {
        double density = 1200; // far more than silicon has, so that a fifth is absorbed
        Volume truth = sphere(density);
        double perVoxel = density * MassAttenuation.nm2PerAtom(SI, Map.of(), SI_KA) * VOXEL_NM;
        TiltGeometry geometry = TiltGeometry.of(-70, -50, -30, -10, 10, 30, 50, 70);
        TiltSeries measured = TiltSeries.zeros(geometry, SIZE, SIZE, VOXEL_NM);
        double[] mean = new double[geometry.count()];
        for (int t = 0; t < geometry.count(); t++) {
            Volume left = leaving(truth, perVoxel, geometry.tiltDeg(t));
            mean[t] = left.sum() / truth.sum();
            Projector one = Projector.of(geometry.select(t), SIZE, SIZE, SIZE, VOXEL_NM);
            measured.setImage(t, one.forward(left).image(0));
        }
        AbsorptionStep step = AbsorptionStep.of(context(EXPERIMENT), Optional.of(calibration()), Acquisition.nothing())
                .orElseThrow();
        assertThat(step.corrects()).isTrue();
        assertThat(step.rounds()).isEqualTo(2);
        double[] found = new double[4];
        Transmission last = null;
        for (int round = 0; round < found.length; round++) {
            TiltSeries data = last == null ? measured : AbsorptionStep.corrected(measured, last.of(SI));
            Volume volume = Reconstructor.reconstruct(
                            data,
                            Optional.empty(),
                            ReconstructionSettings.elements()
                                    .with(new Regulariser.Tv())
                                    .with(new Weight.Relative(1e-3))
                                    .withGap(3e-3, 300)
                                    .withThreads(2),
                            Progress.NONE)
                    .volume();
            found[round] = volume.sum() / truth.sum();
            last = step.of(Map.of(SI, volume), geometry);
        }
        assertThat(mean[0]).isBetween(0.7, 0.88);
        assertThat(found[0]).as("uncorrected").isBetween(0.7, 0.88);
        assertThat(found[1]).as("once").isCloseTo(1, within(0.05));
        assertThat(found[2]).as("twice").isCloseTo(1, within(0.02));
        assertThat(found[3]).as("three times").isCloseTo(1, within(0.01));
        for (int t = 0; t < mean.length; t++) {
            assertThat(last.means().get(SI)[t]).isCloseTo(mean[t], within(0.01));
        }
    }

    /** A standard's counts are brought to what they would be if it absorbed nothing, so that its σ is not too small. */
    @Test
    void standardsAreCorrectedForWhatTheyAbsorbThemselves() throws IOException {
        Volume sphere = sphere(1200);
        double perVoxel = 1200 * MassAttenuation.nm2PerAtom(SI, Map.of(), SI_KA) * VOXEL_NM;
        Projector above = Projector.of(TiltGeometry.of(0), SIZE, SIZE, SIZE, VOXEL_NM);
        Image counts = above.forward(leaving(sphere, perVoxel, 0)).image(0);
        Image all = above.forward(sphere).image(0);
        Volume adf = sphere(3);
        Experiment.Source nowhere = new Experiment.Source(
                folder, "x", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        Experiment.StandardSpec spec = new Experiment.StandardSpec(
                "si", SI, 1200, Optional.empty(), nowhere, nowhere, false, new Experiment.Beam(List.of(), List.of()));
        EdsMap map = new EdsMap(
                Path.of("x"),
                0,
                0,
                SpectrumImage.whole(1, 1, 1, new EnergyAxis(4, 0, 1)).build(),
                Acquisition.nothing());
        StudyContext correcting = context(EXPERIMENT);
        Image corrected = new StandardAbsorption(correcting, spec, adf, 1.5).corrected(SI_KA, map, counts);
        assertThat(counts.sum() / all.sum()).isLessThan(0.88);
        assertThat(corrected.sum()).isCloseTo(all.sum(), within(0.01 * all.sum()));
        assertThat((double) corrected.at(SIZE / 2, SIZE / 2))
                .isCloseTo(all.at(SIZE / 2, SIZE / 2), within(0.02 * 1200 * 220));
        assertThat(correcting.record().toJson().toString()).contains("standard si.absorption.Si_Ka");
        StudyContext estimating = context(EXPERIMENT.replace("method: volume", "method: estimate"));
        assertThat(new StandardAbsorption(estimating, spec, adf, 1.5).corrected(SI_KA, map, counts))
                .isSameAs(counts);
    }

    @Test
    void detectorsComeFromTheUserOrTheFileAndAreNeverGuessed() throws IOException {
        StudyContext silent = context(EXPERIMENT.replace(DETECTORS, ""));
        assertThatThrownBy(() -> AbsorptionStep.of(silent, Optional.of(calibration()), Acquisition.nothing()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("experiment.yaml", "detectors", "elevation_deg", "azimuth_deg");
        Acquisition names = Acquisition.nothing().withNames(Key.DETECTORS, List.of("SuperX"), "t");
        assertThatThrownBy(() -> AbsorptionStep.of(silent, Optional.of(calibration()), names))
                .hasMessageContaining("elevation_deg");
        Acquisition angles = Acquisition.nothing()
                .withNames(Key.DETECTORS, List.of("A, elevation 18.0 deg, azimuth 45.0 deg"), "Tag");
        assertThat(AbsorptionStep.detectors(silent, angles)).containsExactly(DetectorDirection.of(18, 45));
        assertThat(silent.record().toJson().toString()).contains("Tag");
        assertThatThrownBy(() -> AbsorptionStep.of(context(EXPERIMENT), Optional.empty(), angles))
                .hasMessageContaining("give standards or a calibration");
        StudyContext none = context(EXPERIMENT.replace("method: volume", "method: none"));
        assertThat(AbsorptionStep.of(none, Optional.of(calibration()), angles)).isEmpty();
    }

    /** Without 'absorption' in the file it is told where it matters, with the detectors known or not. */
    @Test
    void whatIsNotCorrectedIsSaid() throws IOException {
        Volume block = Volume.zeros(12, 12, 12, 10);
        for (float[] b : block.blocks()) {
            java.util.Arrays.fill(b, 50 * 20);
        }
        TiltGeometry geometry = TiltGeometry.of(-60, 0, 60);
        StudyContext known = context(EXPERIMENT.replaceFirst("absorption:.*", ""));
        AbsorptionStep.of(known, Optional.of(calibration()), Acquisition.nothing())
                .orElseThrow()
                .report(Map.of(SI, block), geometry);
        assertThat(known.record().warnings())
                .singleElement()
                .asString()
                .contains("not corrected", "Si_Ka", "quantified elements alone");
        StudyContext unknown = context("elements: {Si: [Ka]}\n");
        AbsorptionStep step = AbsorptionStep.of(unknown, Optional.of(calibration()), Acquisition.nothing())
                .orElseThrow();
        assertThat(step.corrects()).isFalse();
        step.report(Map.of(SI, block), geometry);
        assertThat(unknown.record().warnings()).singleElement().asString().contains("longest ray", "Si_Ka");
        Volume thin = Volume.zeros(12, 12, 12, 0.1);
        StudyContext quiet = context("elements: {Si: [Ka]}\n");
        AbsorptionStep.of(quiet, Optional.of(calibration()), Acquisition.nothing())
                .orElseThrow()
                .report(Map.of(SI, thin), geometry);
        assertThat(quiet.record().warnings()).isEmpty();
    }

    @Test
    void wrongKeysAreNamed() {
        refused("{method: foil}", "'foil' is not one of estimate, none, volume");
        refused("{per_atom: {Co: {C: 6}}}", "Co is not among the quantified");
        refused("{per_atom: {Si: {Si: 6}}}", "Si is quantified itself");
        refused("{per_atom: {Si: {O: -1}}}", "not a positive number");
        refused("{rounds: 0}", "rounds: 0");
        refused("{round: 1}", "did you mean 'rounds'");
    }

    private void refused(String absorption, String words) {
        assertThatThrownBy(() -> context("elements: {Si: [Ka]}\nabsorption: " + absorption + "\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    /** Velox keeps the detectors' places as numbers, others in words. */
    @Test
    void detectorsStandWhereTheFileSays() {
        Acquisition numbers = Acquisition.nothing()
                .withNumbers(Acquisition.Key.DETECTOR_ELEVATIONS, List.of(18.0, 19.0), "ElevationAngle")
                .withNumbers(Acquisition.Key.DETECTOR_AZIMUTHS, List.of(45.0, 135.0), "AzimuthAngle");
        assertThat(AbsorptionStep.inFile(numbers))
                .containsExactly(DetectorDirection.of(18, 45), DetectorDirection.of(19, 135));
        Acquisition words = Acquisition.nothing()
                .withNames(
                        Acquisition.Key.DETECTORS, List.of("XFlash 6, elevation 22.0 deg, azimuth 90.0 deg"), "Type");
        assertThat(AbsorptionStep.inFile(words)).containsExactly(DetectorDirection.of(22, 90));
        assertThat(AbsorptionStep.inFile(Acquisition.nothing())).isEmpty();
    }
}
