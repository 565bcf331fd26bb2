package org.hyalite.figure;

import java.awt.Color;
import java.awt.image.BufferedImage;

/** The cells of a phase diagram. */
final class DiagramCells {
    private DiagramCells() {}

    /** The histogram: as a raster where all cells are alike, as rectangles where they are not. */
    static void draw(
            Canvas canvas,
            double[] fractionEdges,
            double[] densityEdges,
            double[][] volumeNm3,
            Axes axes,
            ColourScale scale) {
        int nx = fractionEdges.length - 1;
        int ny = densityEdges.length - 1;
        if (even(fractionEdges) && even(densityEdges)) {
            BufferedImage image = new BufferedImage(nx, ny, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < nx; i++) {
                for (int j = 0; j < ny; j++) {
                    image.setRGB(i, ny - 1 - j, scale.rgb(volumeNm3[i][j]));
                }
            }
            double x = axes.x(fractionEdges[0]);
            double y = axes.y(densityEdges[ny]);
            canvas.pixels(image, new Box(x, y, axes.x(fractionEdges[nx]) - x, axes.y(densityEdges[0]) - y));
            return;
        }
        for (int i = 0; i < nx; i++) {
            for (int j = 0; j < ny; j++) {
                double x = axes.x(fractionEdges[i]);
                double y = axes.y(densityEdges[j + 1]);
                canvas.fill(
                        new Box(x, y, axes.x(fractionEdges[i + 1]) - x, axes.y(densityEdges[j]) - y),
                        new Color(scale.rgb(volumeNm3[i][j])));
            }
        }
    }

    private static boolean even(double[] edges) {
        double step = (edges[edges.length - 1] - edges[0]) / (edges.length - 1);
        for (int i = 0; i + 1 < edges.length; i++) {
            if (Math.abs(edges[i + 1] - edges[i] - step) > 1e-6 * step) {
                return false;
            }
        }
        return true;
    }
}
