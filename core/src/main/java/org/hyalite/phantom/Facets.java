package org.hyalite.phantom;

import java.util.ArrayList;
import java.util.List;

/** Grows faceted fragments as they lie on a support film: a broad body with one or two lobes, never twice the same. */
final class Facets {
    /** Lower than broad, as fragments of a glass settle. */
    static final double SETTLED = 0.78;

    /** As high as broad, as crystals are. */
    static final double EQUANT = 1;

    /** The least volume in cubes of the reach; a ball has 4.19. About one in three falls below. */
    private static final double FULLNESS = 1.6;

    private Facets() {}

    /**
     * A fragment; slender ones are thrown away and drawn anew.
     *
     * @param reachNm its farthest corner is this far from the axis through {@code centre} along y, or in y
     * @param flatness its height over its breadth, about
     * @param centre {x, y, z} of its middle, nm
     */
    static Solid fragment(Dice dice, double reachNm, double flatness, double... centre) {
        while (true) {
            Solid grown = grown(dice, flatness);
            double[] middle = grown.centre();
            Solid centred = grown.scaledThenMoved(1, -middle[0], -middle[1], -middle[2]);
            double reach = 0;
            for (double[] corner : centred.corners()) {
                reach = Math.max(reach, Math.max(StrictMath.hypot(corner[0], corner[2]), Math.abs(corner[1])));
            }
            Solid fragment = centred.scaledThenMoved(reachNm / reach, centre);
            double[] volume = new double[1];
            Phantom.walk(fragment, (x, y, z, nm3) -> volume[0] += nm3);
            if (volume[0] > FULLNESS * reachNm * reachNm * reachNm) {
                return fragment;
            }
        }
    }

    private static Solid grown(Dice dice, double flatness) {
        double[] stretch = {dice.uniform(0.85, 1.05), dice.uniform(0.9, 1.1), flatness * dice.uniform(0.9, 1.1)};
        List<double[]> pieces = new ArrayList<>();
        pieces.add(piece(dice, 1, stretch, new double[3]));
        int lobes = 1 + (int) (2 * dice.uniform());
        for (int i = 0; i < lobes; i++) {
            double[] at = dice.direction();
            for (int k = 0; k < at.length; k++) {
                at[k] *= 0.62 * stretch[k] * (k == 2 ? 0.5 : 1);
            }
            pieces.add(piece(dice, dice.uniform(0.5, 0.65), stretch, at));
        }
        return Solid.of(pieces);
    }

    /** A convex piece of 9 to 14 facets spread over the sphere, held together by a wide box, turned likewise. */
    private static double[] piece(Dice dice, double size, double[] stretch, double[] at) {
        List<double[]> normals = new ArrayList<>();
        int n = 9 + (int) (6 * dice.uniform());
        double turn = dice.uniform(0, 2 * Math.PI);
        double[] pole = dice.direction();
        for (int i = 0; i < n; i++) {
            double z = 1 - (2 * i + 1.0) / n;
            double across = StrictMath.sqrt(1 - z * z);
            double azimuth = turn + i * Math.PI * (3 - StrictMath.sqrt(5)); // the golden angle
            double[] even = {across * StrictMath.cos(azimuth), across * StrictMath.sin(azimuth), z};
            normals.add(unit(jittered(dice, mirrored(even, pole))));
        }
        double[] facets = new double[4 * (n + 6)];
        for (int i = 0; i < n + 6; i++) {
            boolean wall = i >= n;
            double[] normal = wall ? new double[3] : normals.get(i);
            if (wall) {
                normal[(i - n) / 2] = (i - n) % 2 == 0 ? 1 : -1;
                normal = mirrored(normal, pole);
            }
            double distance = size * (wall ? 1.15 : dice.uniform(0.74, 1));
            for (int k = 0; k < 3; k++) {
                facets[4 * i + k] = normal[k] / stretch[k];
                distance += facets[4 * i + k] * at[k];
            }
            facets[4 * i + 3] = distance;
        }
        return facets;
    }

    private static double[] jittered(Dice dice, double[] v) {
        return new double[] {
            v[0] + dice.uniform(-0.25, 0.25), v[1] + dice.uniform(-0.25, 0.25), v[2] + dice.uniform(-0.25, 0.25)
        };
    }

    /** Mirrored at the plane through the origin whose normal is {@code pole}: a turn of its own for each piece. */
    private static double[] mirrored(double[] v, double[] pole) {
        double along = 2 * (v[0] * pole[0] + v[1] * pole[1] + v[2] * pole[2]);
        return new double[] {v[0] - along * pole[0], v[1] - along * pole[1], v[2] - along * pole[2]};
    }

    private static double[] unit(double[] v) {
        double length = StrictMath.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        return new double[] {v[0] / length, v[1] / length, v[2] / length};
    }
}
