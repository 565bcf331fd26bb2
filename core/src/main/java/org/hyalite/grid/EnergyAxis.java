package org.hyalite.grid;

/**
 * The energy of each channel: channel {@code c} is centred on {@code offsetKeV + c · gainKeV}.
 *
 * @param channels number of channels
 * @param offsetKeV energy of channel 0, keV
 * @param gainKeV width of a channel, keV
 */
public record EnergyAxis(int channels, double offsetKeV, double gainKeV) {
    public EnergyAxis {
        if (channels < 1) {
            throw new IllegalArgumentException("an energy axis of " + channels + " channels");
        }
        if (!(gainKeV > 0) || !Double.isFinite(offsetKeV)) {
            throw new IllegalArgumentException(
                    "energy axis with offset " + offsetKeV + " keV and " + gainKeV + " keV per channel");
        }
    }

    /** Energy at the centre of a channel, keV. */
    public double energyKeV(double channel) {
        return offsetKeV + channel * gainKeV;
    }

    /** The (fractional) channel of an energy. */
    public double channel(double energyKeV) {
        return (energyKeV - offsetKeV) / gainKeV;
    }

    /** Energy of the last channel, keV. */
    public double lastKeV() {
        return energyKeV(channels - 1.0);
    }
}
