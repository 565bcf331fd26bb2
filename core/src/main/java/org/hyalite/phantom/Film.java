package org.hyalite.phantom;

/**
 * The carbon film below the particle: a thin sheet of uneven thickness that fills the field at every tilt. Its texture
 * moves with the particle.
 */
final class Film {
    /** Atoms/nm³ of amorphous carbon of 2.0 g/cm³. */
    static final double CARBON_PER_NM3 = 100.3;

    private static final double THICKNESS_NM = 20;
    private static final int WAVES = 8;

    private final double z;
    private final double mean;

    /** {@code [wave]{ky, kx, phase, amplitude}}; 1/nm and parts of the mean. */
    private final double[][] waves;

    private Film(double z, double mean, double[][] waves) {
        this.z = z;
        this.mean = mean;
        this.waves = waves;
    }

    /** Vacuum. */
    static Film none() {
        return new Film(0, 0, new double[0][]);
    }

    /**
     * A film of about 20 nm with a texture of about a tenth.
     *
     * @param z where it lies: below the particle's lowest corner, nm from the tilt axis
     */
    static Film uneven(Dice dice, double z) {
        double[][] waves = new double[WAVES][];
        for (int i = 0; i < WAVES; i++) {
            double wave = 2 * Math.PI / (i == 0 ? 1500 : dice.uniform(50, 400));
            double azimuth = dice.uniform(0, 2 * Math.PI);
            waves[i] = new double[] {
                wave * StrictMath.sin(azimuth),
                wave * StrictMath.cos(azimuth),
                dice.uniform(0, 2 * Math.PI),
                dice.uniform(0.02, 0.07)
            };
        }
        return new Film(z, THICKNESS_NM * CARBON_PER_NM3, waves);
    }

    /** C atoms/nm² that the pixels of a view see, {@code [y · size + x]}. */
    double[] areal(View view) {
        int size = view.size();
        double[] areal = new double[size * size];
        double[] point = new double[3];
        double[] beam = view.beam();
        for (int i = 0; i < areal.length; i++) {
            view.look(i / size, i % size, point);
            double t = (z - point[2]) / beam[2];
            double x = point[0] + t * beam[0];
            double texture = 1;
            for (double[] wave : waves) {
                texture += wave[3] * StrictMath.cos(wave[0] * point[1] + wave[1] * x + wave[2]);
            }
            areal[i] = mean * texture / view.cosTilt();
        }
        return areal;
    }
}
