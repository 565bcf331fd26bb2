package org.hyalite.spectra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A suggestion that is not there costs trust; one that is there and missed costs an element. */
class ElementSearchTest {
    private static final EnergyAxis AXIS = new EnergyAxis(1400, 0, 0.01);

    /** The false-positive law, from few counts to many. */
    @ParameterizedTest
    @CsvSource({"300, 1", "300, 2", "10000, 3", "10000, 4"})
    void nothingButWhatIsThereIsSuggested(double pixels, long seed) {
        SimulatedSpectra truth = SimulatedSpectra.mixture(AXIS, 130, 10, 10, 5, 130);
        List<ElementCandidate> found = ElementSearch.in(
                SimulatedSpectra.spectrum(AXIS, truth.mean(), pixels, seed), 80, OptionalDouble.of(130));
        assertThat(symbols(found)).containsExactlyInAnyOrder("Co", "Zn", "Cu", "C", "N");
        ElementCandidate cobalt = found.stream()
                .filter(c -> c.element().symbol().equals("Co"))
                .findFirst()
                .orElseThrow();
        assertThat(cobalt.lines().get(0).name()).isEqualTo("Co_K");
        assertThat(cobalt.lines().get(0).counts().value()).isBetween(10.5 * pixels, 12 * pixels);
        assertThat(cobalt.lines()).allMatch(l -> l.verdict() == ElementCandidate.Verdict.SEEN);
    }

    /** Sulphur K, molybdenum L and lead M: a detector cannot tell the first two, and that is said. */
    @Test
    void elementsThatCanHardlyBeToldApartAreNamedTogether() {
        SimulatedSpectra truth = SimulatedSpectra.on(AXIS, 130, 80)
                .line("S_Ka", 3)
                .line("S_Kb", 0.2)
                .line("O_Ka", 3)
                .continuum(40, 0.5);
        List<ElementCandidate> found =
                ElementSearch.in(SimulatedSpectra.spectrum(AXIS, truth.mean(), 1000, 7), 80, OptionalDouble.of(130));
        assertThat(symbols(found)).contains("O");
        assertThat(found).anySatisfy(c -> {
            assertThat(c.lines().get(0).energyKeV()).isBetween(2.25, 2.4);
            assertThat(c.doubtful()).isTrue();
        });
    }

    @Test
    void continuumAloneSuggestsNothing() {
        double[] mean = SimulatedSpectra.on(AXIS, 130, 80).continuum(1e5, 0.5).mean();
        assertThat(ElementSearch.in(SimulatedSpectra.spectrum(AXIS, mean, 1, 2), 80, OptionalDouble.empty()))
                .isEmpty();
    }

    @Test
    void anEmptySpectrumIsRefused() {
        assertThatThrownBy(() -> ElementSearch.in(Spectrum.of(AXIS, new double[1400]), 80, OptionalDouble.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too few");
    }

    /** FePt particles on carbon over a copper grid (eXSpy's example spectrum): platinum by its L lines, not zirconium. */
    @Test
    void ironPlatinumParticlesShowIronPlatinumCarbonAndTheGrid() {
        Path file = Path.of(System.getProperty("hyalite.data", ""), "hspy/EDS_TEM_FePt_nanoparticles.hspy");
        assumeTrue(Files.exists(file), "no real data here");
        Spectrum spectrum = MicroscopeFile.open(file).of(Signal.SingleSpectrum.class).stream()
                .map(s -> s.as(Signal.SingleSpectrum.class).orElseThrow().spectrum())
                .findFirst()
                .orElseThrow();
        List<String> found = symbols(ElementSearch.in(spectrum, 200, OptionalDouble.of(130)));
        assertThat(found).contains("Fe", "Pt", "C", "Cu").doesNotContain("Zr", "P", "Se", "Au", "Ir");
    }

    private static List<String> symbols(List<ElementCandidate> found) {
        return found.stream().map(c -> c.element().symbol()).toList();
    }
}
