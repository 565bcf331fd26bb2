package org.hyalite.spectra;

import java.util.List;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.physics.Element;
import org.hyalite.physics.LineFamily;
import org.hyalite.physics.XrayLine;

/**
 * The channels that are fitted: from two peak widths below the lowest modelled line (and above the detector's zero peak)
 * to six above the highest.
 *
 * @param first first channel
 * @param channels how many
 */
record FitRange(int first, int channels) {
    /** The zero (strobe) peak and the noise edge end below this energy, keV. */
    static final double ZERO_PEAK_END_KEV = 0.2;

    private static final int LEAST_CHANNELS = 32;

    /** Lines of a family from this share of it on are kept in the range. */
    private static final double WORTH_SEEING = 0.03;

    /**
     * The range for the settings on an axis.
     *
     * @throws IllegalArgumentException if a quantified line lies outside the axis
     */
    static FitRange of(FitSettings settings, EnergyAxis axis, PeakWidth width) {
        double low = axis.offsetKeV() < ZERO_PEAK_END_KEV ? ZERO_PEAK_END_KEV : axis.offsetKeV();
        double high = axis.lastKeV();
        for (XrayLine line : settings.lines()) {
            double energy = line.strongestKeV();
            double reach = 1.5 * width.fwhmKeV(energy);
            if (energy - (low > axis.offsetKeV() ? 0 : reach) < low || energy + reach > high) {
                throw new IllegalArgumentException(String.format(
                        java.util.Locale.ROOT,
                        "%s at %.3f keV lies outside the range of the spectrum that can be fitted, %.3f…%.3f keV",
                        line,
                        energy,
                        low,
                        high));
            }
        }
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (XrayLine line : candidates(settings, low, high)) {
            lowest = Math.min(lowest, line.strongestKeV());
            for (XrayLine.Component part : line.components()) {
                boolean counts = part.weight() > WORTH_SEEING && part.energyKeV() < high;
                highest = Math.max(highest, counts ? part.energyKeV() : line.strongestKeV());
            }
        }
        double from = Math.max(low, lowest - 2 * width.fwhmKeV(lowest));
        double to = Math.min(high, highest + 6 * width.fwhmKeV(highest));
        int first = Math.max(0, (int) Math.ceil(axis.channel(from)));
        int last = Math.min(axis.channels() - 1, (int) Math.floor(axis.channel(to)));
        if (last - first + 1 < LEAST_CHANNELS) {
            throw new IllegalArgumentException(
                    "only " + (last - first + 1) + " channels to fit, at least " + LEAST_CHANNELS + " are needed");
        }
        return new FitRange(first, last - first + 1);
    }

    private static List<XrayLine> candidates(FitSettings settings, double low, double high) {
        List<XrayLine> lines = new java.util.ArrayList<>(settings.lines());
        List<Element> elements = new java.util.ArrayList<>(settings.others());
        settings.lines().forEach(l -> elements.add(l.element()));
        for (Element element : elements) {
            for (LineFamily family : LineFamily.values()) {
                XrayLine.find(element, family)
                        .filter(l -> l.strongestKeV() >= low && l.strongestKeV() <= high)
                        .filter(l -> l.edgeKeV() < settings.beamEnergyKeV())
                        .ifPresent(lines::add);
            }
        }
        return lines;
    }
}
