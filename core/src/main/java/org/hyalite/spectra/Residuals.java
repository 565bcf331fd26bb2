package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hyalite.physics.Element;
import org.hyalite.physics.LineFamily;
import org.hyalite.physics.XrayLine;

/** Looks for peaks in the sum spectrum that the model does not explain, and for what they may be. */
final class Residuals {
    private static final double SIGNIFICANT = 8;
    private static final double SHARE_OF_NEIGHBOUR = 0.1;
    private static final double NEIGHBOUR_WIDTHS = 3;
    private static final double LOCAL_WIDTHS = 1.75;
    private static final int MOST = 6;
    private static final int MOST_CANDIDATES = 4;
    private static final int HEAVIEST = 92;

    /** Elements that nobody has in a microscope by accident. */
    private static final Set<Integer> ABSENT = Set.of(43, 61, 84, 85, 86, 87, 88, 89, 91);

    /** Elements that grids, holders, films, resins, sputter targets and ion mills bring along. */
    private static final List<String> USUAL = List.of(
            "C", "O", "Si", "Cu", "Al", "N", "Fe", "Ga", "Pt", "Au", "Mo", "Ca", "Cl", "S", "Na", "K", "Ni", "Ti");

    private final double[] data;
    private final double[] model;
    private final double[] lines;
    private final double firstKeV;
    private final double gain;
    private final PeakWidth width;
    private final FitSettings settings;
    private final List<LineGroup> groups;

    Residuals(double[] data, PixelModel pixel, double firstKeV, double gain, PeakWidth width, FitSettings settings) {
        this.data = data;
        this.model = pixel.model();
        this.firstKeV = firstKeV;
        this.gain = gain;
        this.width = width;
        this.settings = settings;
        this.groups = pixel.groups();
        double[] background = pixel.background();
        lines = model.clone();
        for (int c = 0; c < lines.length; c++) {
            lines[c] -= background[c];
        }
    }

    /** The peaks, strongest first. */
    List<SumFit.ResidualPeak> peaks() {
        int channels = data.length;
        double[] z = new double[channels];
        double[] counts = new double[channels];
        for (int c = 0; c < channels; c++) {
            double[] peak = localPeak(firstKeV + c * gain);
            counts[c] = peak[0];
            z[c] = peak[0] / peak[1];
        }
        List<SumFit.ResidualPeak> found = new ArrayList<>();
        for (int c = 1; c + 1 < channels; c++) {
            double energy = firstKeV + c * gain;
            double edge = width.fwhmKeV(energy);
            boolean whole = c * gain > edge && (channels - 1 - c) * gain > edge;
            boolean top = whole && z[c] > z[c - 1] && z[c] >= z[c + 1];
            if (top && z[c] > SIGNIFICANT && counts[c] > SHARE_OF_NEIGHBOUR * neighbours(energy)) {
                found.add(new SumFit.ResidualPeak(energy, counts[c], z[c], candidates(energy)));
            }
        }
        found.sort(Comparator.comparingDouble(SumFit.ResidualPeak::standardDeviations)
                .reversed());
        return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
    }

    /** Counts and error of a peak in the residual, on a straight line of its own so that no slow misfit looks like one. */
    private double[] localPeak(double energy) {
        double sigma = width.sigmaKeV(energy);
        double reach = LOCAL_WIDTHS * width.fwhmKeV(energy);
        double[] normal = new double[9];
        double[] right = new double[3];
        double[] shape = new double[data.length];
        NormalIntegral.add(shape, 1, energy, sigma, firstKeV - gain / 2, gain);
        for (int c = 0; c < data.length; c++) {
            double apart = firstKeV + c * gain - energy;
            if (Math.abs(apart) > reach) {
                continue;
            }
            double[] x = {shape[c], 1, apart / reach};
            double weight = 1 / (model[c] + 1);
            for (int i = 0; i < 3; i++) {
                right[i] += weight * x[i] * (data[c] - model[c]);
                for (int j = 0; j <= i; j++) {
                    normal[3 * i + j] += weight * x[i] * x[j];
                }
            }
        }
        double[] covariance = Cholesky.inverse(normal, 3);
        double amplitude = covariance[0] * right[0] + covariance[1] * right[1] + covariance[2] * right[2];
        return new double[] {amplitude, Math.sqrt(covariance[0])};
    }

    /** Modelled line counts nearby: a peak beside a strong one may only be that one's imperfect shape. */
    private double neighbours(double energy) {
        double reach = NEIGHBOUR_WIDTHS * width.fwhmKeV(energy);
        double sum = 0;
        for (int c = 0; c < lines.length; c++) {
            if (Math.abs(firstKeV + c * gain - energy) < reach) {
                sum += lines[c];
            }
        }
        return sum;
    }

    private List<XrayLine> candidates(double energy) {
        double reach = 0.5 * width.fwhmKeV(energy);
        List<XrayLine> found = new ArrayList<>();
        for (int z = 4; z <= HEAVIEST; z++) {
            Element element = Element.of(z);
            boolean modelled = groups.stream()
                    .anyMatch(g -> g.element().filter(element::equals).isPresent());
            for (LineFamily family : LineFamily.values()) {
                if (!modelled && !ABSENT.contains(z) && family != LineFamily.KB) {
                    XrayLine.find(element, family)
                            .filter(l -> l.edgeKeV() < settings.beamEnergyKeV())
                            .filter(l -> Math.abs(l.strongestKeV() - energy) < reach)
                            .filter(this::allowedByData)
                            .ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.comparingDouble(l -> Math.abs(l.strongestKeV() - energy) / reach + (usual(l) ? 0 : 1)));
        return List.copyOf(found.subList(0, Math.min(MOST_CANDIDATES, found.size())));
    }

    /** An L or M candidate of an element whose K line would be seen is left to the K line. */
    private boolean allowedByData(XrayLine line) {
        if (line.family() == LineFamily.KA) {
            return true;
        }
        double last = firstKeV + (data.length - 1) * gain;
        return XrayLine.find(line.element(), LineFamily.KA)
                .map(k -> k.edgeKeV() >= settings.beamEnergyKeV()
                        || k.strongestKeV() > last
                        || excess(k.strongestKeV()) > 0)
                .orElse(true);
    }

    private double excess(double energy) {
        double reach = width.fwhmKeV(energy) / 2;
        double sum = 0;
        double variance = 1;
        for (int c = 0; c < data.length; c++) {
            if (Math.abs(firstKeV + c * gain - energy) < reach) {
                sum += data[c] - model[c];
                variance += model[c];
            }
        }
        return sum - 3 * Math.sqrt(variance);
    }

    private static boolean usual(XrayLine line) {
        return USUAL.contains(line.element().symbol());
    }

    /** A peak as a sentence. */
    static String sentence(SumFit.ResidualPeak peak) {
        String what = String.format(
                Locale.ROOT,
                "unexplained peak at %.3f keV, %.0f counts, %.0f standard deviations",
                peak.energyKeV(),
                peak.counts(),
                peak.standardDeviations());
        if (peak.candidates().isEmpty()) {
            return what;
        }
        List<String> names = peak.candidates().stream().map(XrayLine::name).toList();
        return what + ": " + String.join(", ", names) + "? Add "
                + peak.candidates().get(0).element().symbol() + " to other_elements";
    }
}
