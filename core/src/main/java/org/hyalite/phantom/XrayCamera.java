package org.hyalite.phantom;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.SpectrumImage;

/**
 * Makes spectrum images: in every pixel a few sources (each metal with its linkers, the film, the grid), each with a
 * spectrum of its own shape. Noise is drawn source by source: a Poisson number of counts, then a channel for each.
 */
final class XrayCamera {
    /** How much more copper shines at 70° than at zero tilt, less one: {@code 1 + this · (θ/70°)²}. */
    private static final double COPPER_WITH_TILT = 1.5;

    private final EnergyAxis stated;
    private final List<Compound> compounds;
    private final List<double[]> shapes;
    private final double[] totals;
    private final List<AliasTable> tables;

    private XrayCamera(EnergyAxis stated, List<Compound> compounds, List<double[]> shapes) {
        this.stated = stated;
        this.compounds = compounds;
        this.shapes = shapes;
        this.tables = shapes.stream().map(AliasTable::of).toList();
        this.totals = shapes.stream().mapToDouble(XrayCamera::total).toArray();
    }

    /**
     * A camera for one specimen.
     *
     * @param emission the detector as it is
     * @param stated the energy axis as the files will say
     */
    static XrayCamera of(Emission emission, EnergyAxis stated, List<Compound> compounds) {
        List<double[]> shapes = new ArrayList<>();
        compounds.forEach(c -> shapes.add(emission.of(c)));
        shapes.add(emission.ofCarbon());
        shapes.add(emission.ofGrid());
        shapes.add(emission.ofScattering());
        return new XrayCamera(stated, compounds, shapes);
    }

    /**
     * Expected counts, fractional.
     *
     * @param electrons per pixel
     * @param gain g(θ) of the tilt
     */
    SpectrumImage expected(Seen seen, double tiltDeg, double electrons, double gain) {
        int size = seen.size();
        SpectrumImage.Builder image =
                SpectrumImage.fractional(size, size, seen.view().pixelNm(), stated);
        double[] amounts = new double[shapes.size()];
        double[] sum = new double[stated.channels()];
        for (int i = 0; i < size * size; i++) {
            amounts(seen, i, tiltDeg, electrons, gain, amounts);
            java.util.Arrays.fill(sum, 0);
            for (int s = 0; s < amounts.length; s++) {
                double[] shape = shapes.get(s);
                for (int c = 0; c < sum.length; c++) {
                    sum[c] += amounts[s] * shape[c];
                }
            }
            float[] counts = new float[sum.length];
            for (int c = 0; c < counts.length; c++) {
                counts[c] = (float) sum[c];
            }
            image.pixel(i / size, i % size, counts);
        }
        return image.build();
    }

    /** Counts as they arrive, whole. */
    SpectrumImage recorded(Seen seen, double tiltDeg, double electrons, double gain, Dice dice) {
        int size = seen.size();
        SpectrumImage.Builder image =
                SpectrumImage.whole(size, size, seen.view().pixelNm(), stated);
        double[] amounts = new double[shapes.size()];
        int[] counts = new int[stated.channels()];
        for (int i = 0; i < size * size; i++) {
            amounts(seen, i, tiltDeg, electrons, gain, amounts);
            java.util.Arrays.fill(counts, 0);
            for (int s = 0; s < amounts.length; s++) {
                AliasTable table = tables.get(s);
                for (int n = dice.poisson(amounts[s] * totals[s]); n > 0; n--) {
                    counts[table.draw(dice)]++;
                }
            }
            image.pixel(i / size, i % size, counts);
        }
        return image.build();
    }

    /** How many times each shape shines at a pixel: {@code electrons · atoms/nm² · gain} for what the beam meets. */
    private void amounts(Seen seen, int pixel, double tiltDeg, double electrons, double gain, double[] amounts) {
        double squares = Compound.CARBON_Z * Compound.CARBON_Z * seen.film()[pixel];
        int s = 0;
        for (Compound compound : compounds) {
            double areal = seen.metals()[s][pixel];
            squares += areal * compound.atomicNumbersToThe(2);
            amounts[s++] = electrons * gain * areal;
        }
        double steep = tiltDeg / TwinSettings.LAST_TILT_DEG;
        double copper = electrons * (1 + COPPER_WITH_TILT * steep * steep);
        amounts[s++] = electrons * gain * seen.film()[pixel];
        amounts[s++] = copper;
        amounts[s] = copper * squares;
    }

    private static double total(double[] shape) {
        double total = 0;
        for (double v : shape) {
            total += v;
        }
        return total;
    }
}
