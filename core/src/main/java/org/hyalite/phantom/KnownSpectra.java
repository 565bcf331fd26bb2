package org.hyalite.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;

/**
 * Spectra whose net counts are known: cobalt, zinc and copper on bremsstrahlung, with carbon and nitrogen, drawn with
 * Poisson noise as the microscope of a seed counts them; its energy axis and resolution differ from what the file states.
 */
public final class KnownSpectra {
    /** Share of all counts in the Kα lines of the three metals. */
    private static final double IN_KA = 0.35;

    /** Share of the Kα counts in cobalt's. */
    private static final double IN_COBALT = 1.0 / 3;

    private static final double KB_OF_KA = 0.13;
    private static final double LA_OF_KA = 0.5;
    private static final Map<String, Double> REST = Map.of("C_Ka", 0.06, "N_Ka", 0.04);

    /**
     * One mixture.
     *
     * @param counts expected in a whole spectrum
     * @param znPerCu Zn Kα over Cu Kα
     */
    public record Mixture(double counts, double znPerCu) {
        public Mixture {
            if (!(counts > 0) || !(znPerCu > 0) || Double.isInfinite(counts) || Double.isInfinite(znPerCu)) {
                throw new IllegalArgumentException(counts + " counts, Zn : Cu of " + znPerCu);
            }
        }

        private Map<String, Double> lines() {
            Map<String, Double> lines = new LinkedHashMap<>();
            double ka = counts * IN_KA;
            double zn = ka * (1 - IN_COBALT) * znPerCu / (1 + znPerCu);
            family("Co", ka * IN_COBALT, lines);
            family("Zn", zn, lines);
            family("Cu", ka * (1 - IN_COBALT) - zn, lines);
            REST.forEach((line, share) -> lines.put(line, share * counts));
            return lines;
        }

        private static void family(String element, double ka, Map<String, Double> lines) {
            lines.put(element + "_Ka", ka);
            lines.put(element + "_Kb", KB_OF_KA * ka);
            lines.put(element + "_La", LA_OF_KA * ka);
        }
    }

    private final List<Mixture> mixtures;
    private final List<double[]> means;
    private final long seed;

    private KnownSpectra(List<Mixture> mixtures, List<double[]> means, long seed) {
        this.mixtures = mixtures;
        this.means = means;
        this.seed = seed;
    }

    /** Mixtures as one microscope sees them. */
    public static KnownSpectra of(List<Mixture> mixtures, long seed) {
        Emission emission = Microscope.of(seed).emission(Instrument.TITAN);
        List<double[]> means = new ArrayList<>();
        for (Mixture mixture : mixtures) {
            Map<String, Double> lines = mixture.lines();
            double inLines =
                    lines.values().stream().mapToDouble(Double::doubleValue).sum();
            means.add(emission.of(lines, mixture.counts() - inLines));
        }
        return new KnownSpectra(List.copyOf(mixtures), means, seed);
    }

    /** Energy of the beam, keV. */
    public static double beamKeV() {
        return Microscope.BEAM_KEV;
    }

    /** The detector's resolution as its maker states it: FWHM at Mn Kα, eV. */
    public static double statedResolutionEv() {
        return Microscope.STATED_RESOLUTION_EV;
    }

    /** What else the spectra hold besides cobalt and zinc. */
    public static List<Element> others() {
        return List.of(Element.of("Cu"), Element.of("C"), Element.of("N"));
    }

    public List<Mixture> mixtures() {
        return mixtures;
    }

    /** Expected counts of a line family in one mixture, wherever they fall. */
    public double expected(int mixture, XrayLine line) {
        return mixtures.get(mixture).lines().getOrDefault(line.name(), 0.0);
    }

    /** The spectrum that a mixture's spectra scatter about, on the energy axis that the file states. */
    public Spectrum mean(int mixture) {
        return Spectrum.of(Microscope.STATED, means.get(mixture).clone());
    }

    /** Spectra, {@code [number, mixture, energy]}, on the energy axis that the file states. */
    public SpectrumImage draw(int number) {
        EnergyAxis axis = Microscope.STATED;
        SpectrumImage.Builder image = SpectrumImage.whole(number, means.size(), 1, axis);
        Dice dice = Stream.XRAYS.dice(seed);
        List<AliasTable> tables = means.stream().map(AliasTable::of).toList();
        int[] counts = new int[axis.channels()];
        for (int y = 0; y < number; y++) {
            for (int m = 0; m < means.size(); m++) {
                Arrays.fill(counts, 0);
                double total = Arrays.stream(means.get(m)).sum();
                for (int n = dice.poisson(total); n > 0; n--) {
                    counts[tables.get(m).draw(dice)]++;
                }
                image.pixel(y, m, counts);
            }
        }
        return image.build();
    }
}
