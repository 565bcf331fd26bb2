package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.VolumeStep.Reconstructed;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.Reconstructor;
import org.hyalite.tomo.Weight;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The reconstruction of other counts with the run's own settings: the same for the same counts, and fair in what it simulates. */
final class RepetitionTest {
    private static final Element CO = Element.of("Co");
    private static final Element ZN = Element.of("Zn");
    private static final TiltGeometry TILTS = TiltGeometry.of(-60, -30, 0, 30, 60);
    private static final int N = 16;
    private static final double NM = 6;

    private static StudyContext context(String preset, int threads) throws IOException {
        var file = TinyTwin.variant("repetition-" + preset + ".yaml", text -> text);
        String text = java.nio.file.Files.readString(file);
        java.nio.file.Files.writeString(file, text.replace("preset: paper, eds: {weight: 0.003}", "preset: " + preset));
        return new StudyContext(
                ExperimentFile.read(file), TinyTwin.settings(threads), new StudyRecord(), Progress.NONE);
    }

    private static Volume ball(double value) {
        Volume volume = Volume.zeros(N, N, N, NM);
        for (int z = 0; z < N; z++) {
            for (int y = 0; y < N; y++) {
                for (int x = 0; x < N; x++) {
                    double r = Math.hypot(Math.hypot(z - 7.5, y - 7.5), x - 7.5);
                    volume.set(z, y, x, r < 5 ? (float) value : 0);
                }
            }
        }
        return volume;
    }

    private static TiltSeries constant(double value) {
        TiltSeries series = TiltSeries.zeros(TILTS, N, N, NM);
        for (float[] block : series.blocks()) {
            java.util.Arrays.fill(block, (float) value);
        }
        return series;
    }

    private static TiltSeries cast(Volume volume) {
        return Projector.of(TILTS, N, N, N, NM).forward(volume);
    }

    private static Map<Element, Reconstructed> reports(Map<Element, Volume> volumes, double alpha) {
        Map<Element, Reconstructed> made = new LinkedHashMap<>();
        volumes.forEach((element, volume) -> {
            ObjectNode report = Json.object();
            report.put("alpha", alpha).put("adf_fused", true).put("adf_response", element.equals(CO) ? 2 : 3);
            made.put(element, new Reconstructed(volume, report));
        });
        return made;
    }

    private static Map<Element, Volume> both(Volume co, Volume zn) {
        Map<Element, Volume> volumes = new LinkedHashMap<>();
        volumes.put(CO, co);
        volumes.put(ZN, zn);
        return volumes;
    }

    private static ElementData alone(Map<Element, Volume> volumes, double error) {
        Map<Element, TiltSeries> areal = new LinkedHashMap<>();
        Map<Element, TiltSeries> errors = new LinkedHashMap<>();
        volumes.forEach((element, volume) -> {
            areal.put(element, cast(volume));
            errors.put(element, constant(error));
        });
        return new ElementData(null, areal, errors, Optional.empty());
    }

    private static ElementData joint(Map<Element, Volume> volumes, double countsPerUnit, double background) {
        double[] perUnit = new double[TILTS.count()];
        java.util.Arrays.fill(perUnit, countsPerUnit);
        List<JointData.Channel> channels = volumes.keySet().stream()
                .map(e -> new JointData.Channel(e.symbol(), constant(1), constant(background), perUnit))
                .toList();
        return new ElementData(
                null, Map.of(), Map.of(), Optional.of(new JointData(channels, Optional.of(constant(0)))));
    }

    @Test
    void theSameDataGiveTheSameVolumesAsTheirOwnReconstruction() throws IOException {
        Map<Element, Volume> volumes = both(ball(5), ball(2));
        ElementData data = alone(volumes, 1);
        double alpha = 30;
        Repetition repetition = Repetition.of(context("paper", 2), data, reports(volumes, alpha), false);
        Map<Element, Volume> again = repetition.volumes(repetition.measured(), Progress.NONE);
        Volume direct = Reconstructor.reconstruct(
                        data.areal().get(ZN),
                        context("paper", 1).edsSettings().with(new Weight.Absolute(alpha)),
                        Progress.NONE)
                .volume();
        assertThat(again.get(ZN).blocks()).isDeepEqualTo(direct.blocks());
    }

    @Test
    void aSpecimenThatFillsTheFieldIsRepeatedAsTheRunMadeIt() throws IOException {
        Volume slab = Volume.zeros(N, N, N, NM);
        for (int z = 6; z < 10; z++) {
            for (int y = 0; y < N; y++) {
                for (int x = 0; x < N; x++) {
                    slab.set(z, y, x, 5);
                }
            }
        }
        double alpha = 30;
        ElementData data = alone(both(slab, slab), 1);
        var settings = context("paper", 1).edsSettings().withFilledField(true).with(new Weight.Absolute(alpha));
        int beside = settings.beside(data.areal().get(ZN));
        assertThat(beside).isPositive();
        Map<Element, Reconstructed> made = reports(both(slab, slab), alpha);
        made.values().forEach(m -> m.convergence().put("columns_beside_field", beside));
        Repetition repetition = Repetition.of(context("paper", 1), data, made, true);
        Volume again = repetition.volumes(repetition.measured(), Progress.NONE).get(ZN);
        Volume direct = Reconstructor.reconstruct(data.areal().get(ZN), settings, Progress.NONE)
                .volume();
        assertThat(again.blocks()).isDeepEqualTo(direct.columns(beside, N).blocks());
        // a slab goes on beside the field: no column of a tilted image is dimmer for that
        TiltSeries shown = ((Repetition.Data.Alone) Repetition.of(
                                context("paper", 1),
                                new ElementData(null, data.areal(), noErrors(), Optional.empty()),
                                made,
                                true)
                        .simulated(both(slab, slab), 1))
                .areal()
                .get(ZN);
        assertThat((double) shown.at(4, 8, 0)).isCloseTo(shown.at(4, 8, 8), org.assertj.core.data.Offset.offset(1.0));
        assertThat(repetition.forecastBytes())
                .isEqualTo(Reconstructor.forecastBytes(data.areal().get(ZN), settings));
    }

    private static Map<Element, TiltSeries> noErrors() {
        Map<Element, TiltSeries> none = new LinkedHashMap<>();
        none.put(CO, constant(0));
        none.put(ZN, constant(0));
        return none;
    }

    @Test
    void whatIsSimulatedHasTheMeanAndTheNoiseOfCounts() throws IOException {
        Map<Element, Volume> volumes = both(ball(5), ball(2));
        double perUnit = 0.02;
        double background = 1.5;
        Repetition repetition =
                Repetition.of(context("joint", 1), joint(volumes, perUnit, background), reports(volumes, 1), false);
        JointData drawn = ((Repetition.Data.Together) repetition.simulated(volumes, 5)).joint();
        TiltSeries shown = cast(volumes.get(CO));
        TiltSeries counts = drawn.channels().get(0).counts();
        double pearson = 0;
        double sum = 0;
        double expectedSum = 0;
        int pixels = 0;
        for (int b = 0; b < counts.blocks().length; b++) {
            for (int i = 0; i < counts.blocks()[b].length; i++) {
                double mean = perUnit * shown.blocks()[b][i] + background;
                double k = counts.blocks()[b][i];
                assertThat(k).isEqualTo(Math.rint(k)).isNotNegative();
                pearson += (k - mean) * (k - mean) / mean;
                sum += k;
                expectedSum += mean;
                pixels++;
            }
        }
        assertThat(sum).isBetween(expectedSum - 5 * Math.sqrt(expectedSum), expectedSum + 5 * Math.sqrt(expectedSum));
        assertThat(pearson / pixels).isBetween(0.8, 1.2);
        // ADF images without noise show R A x
        TiltSeries adf = drawn.adf().orElseThrow();
        double centre = 2 * shown.at(2, 8, 8) + 3 * cast(volumes.get(ZN)).at(2, 8, 8);
        assertThat(adf.at(2, 8, 8)).isCloseTo((float) centre, org.assertj.core.data.Percentage.withPercentage(0.01));
    }

    @Test
    void aDrawIsNamedByItsSeedAndNotByThreads() throws IOException {
        Map<Element, Volume> volumes = both(ball(5), ball(2));
        ElementData data = joint(volumes, 0.02, 1);
        Repetition.Data one = Repetition.of(context("joint", 1), data, reports(volumes, 1), false)
                .simulated(volumes, 3);
        Repetition three = Repetition.of(context("joint", 3), data, reports(volumes, 1), false);
        assertThat(three.simulated(volumes, 3).like().blocks())
                .isDeepEqualTo(one.like().blocks());
        assertThat(three.simulated(volumes, 4).like().blocks()[0])
                .isNotEqualTo(one.like().blocks()[0]);
    }

    @Test
    void dataThatAreNoNumbersAreRefused() throws IOException {
        Map<Element, Volume> volumes = both(ball(5), ball(2));
        ElementData data = alone(volumes, 1);
        Repetition repetition = Repetition.of(context("paper", 1), data, reports(volumes, 1), false);
        data.areal().get(CO).set(1, 2, 3, Float.NaN);
        assertThatThrownBy(() -> repetition.volumes(repetition.measured(), Progress.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("repeated reconstruction");
    }
}
