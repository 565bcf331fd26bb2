package org.hyalite.io.velox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.hyalite.io.EmdBuilder;

/** Makes Velox files of random events, and knows what was put in: {@code counts[detector][frame][pixel][channel]}. */
final class VeloxBuilder {
    static final int CHANNELS = 64;

    final int ny;
    final int nx;
    final int[][][][] counts;

    VeloxBuilder(Random random, int detectors, int frames, int ny, int nx) {
        this.ny = ny;
        this.nx = nx;
        this.counts = new int[detectors][frames][ny * nx][CHANNELS];
        for (int[][][] detector : counts) {
            for (int[][] frame : detector) {
                for (int[] pixel : frame) {
                    for (int events = random.nextInt(6); events > 0; events--) {
                        pixel[random.nextInt(CHANNELS)]++;
                    }
                }
            }
        }
    }

    /** Counts of some frames of some detectors, {@code [y, x, channel]}. */
    double[] expected(int firstFrame, int lastFrame, int... detectors) {
        double[] sum = new double[ny * nx * CHANNELS];
        for (int d : detectors) {
            for (int f = firstFrame; f <= lastFrame; f++) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += counts[d][f][i / CHANNELS][i % CHANNELS];
                }
            }
        }
        return sum;
    }

    /** The file's parts, with a table of frames or without one. */
    EmdBuilder emd(boolean table) {
        EmdBuilder emd = new EmdBuilder();
        for (int d = 0; d < counts.length; d++) {
            String path = "Data/SpectrumStream/stream" + d;
            List<Integer> values = values(d);
            long[][] starts = new long[counts[d].length][1];
            for (int f = 1; f < counts[d].length; f++) {
                starts[f][0] = starts[f - 1][0] + values(counts[d][f - 1]).size();
            }
            emd.array(path + "/Data", column(values), true, Math.min(50, values.size()), 1);
            if (table) {
                emd.array(path + "/FrameLocationTable", starts, true);
            }
            emd.text(
                    path + "/AcquisitionSettings",
                    "{\"bincount\": \"" + CHANNELS + "\", \"StreamEncoding\": \"uint16\"}");
            emd.array(path + "/Metadata", bytes(metadata(d)), true, 500, 1);
        }
        short[][][] image = new short[ny][nx][counts[0].length];
        for (int i = 0; i < ny * nx * counts[0].length; i++) {
            image[i / nx / counts[0].length][i / counts[0].length % nx][i % counts[0].length] = (short) i;
        }
        emd.array("Data/Image/haadf/Data", image, true, ny, nx, 1);
        emd.array("Data/Image/haadf/Metadata", bytes(metadata(-1)), true, 500, 1);
        return emd;
    }

    /** A detector's stream. */
    List<Integer> values(int detector) {
        List<Integer> values = new ArrayList<>();
        for (int[][] frame : counts[detector]) {
            values.addAll(values(frame));
        }
        return values;
    }

    private static List<Integer> values(int[][] frame) {
        List<Integer> values = new ArrayList<>();
        for (int[] pixel : frame) {
            for (int c = 0; c < CHANNELS; c++) {
                for (int n = 0; n < pixel[c]; n++) {
                    values.add(c);
                }
            }
            values.add(EventStream.NEXT_PIXEL);
        }
        return values;
    }

    static short[][] column(List<Integer> values) {
        short[][] column = new short[values.size()][1];
        for (int i = 0; i < column.length; i++) {
            column[i][0] = values.get(i).shortValue();
        }
        return column;
    }

    static byte[][] bytes(String text) {
        byte[][] column = new byte[text.length() + 20][1];
        for (int i = 0; i < text.length(); i++) {
            column[i][0] = (byte) text.charAt(i);
        }
        return column;
    }

    private String metadata(int detector) {
        StringBuilder detectors = new StringBuilder();
        for (int d = 0; d < counts.length; d++) {
            detectors
                    .append(d == 0 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            """
                    "Detector-%d": {"DetectorName": "X%d", "DetectorType": "AnalyticalDetector", "Dispersion": "20",
                    "OffsetEnergy": "-100", "ElevationAngle": "0.3", "AzimuthAngle": "%d", "RealTime": "%f", "LiveTime": "%f"}
                    """,
                            d,
                            d,
                            d,
                            0.002 * ny * nx * counts[d].length,
                            0.0018 * ny * nx * counts[d].length));
        }
        return String.format(Locale.ROOT, """
                {"Optics": {"AccelerationVoltage": "200000", "LastMeasuredScreenCurrent": "3e-10"},
                "Stage": {"AlphaTilt": "-0.5"}, "Scan": {"ScanSize": {"width": "%d", "height": "%d"}, "DwellTime": "0.002"},
                "BinaryResult": {"Detector": "%s", "PixelSize": {"width": "2e-9", "height": "2e-9"}, "PixelUnitX": "m",
                "PixelUnitY": "m", "Offset": {"x": "0", "y": "0"}}, "Detectors": {%s}}""", nx, ny, detector < 0 ? "HAADF" : "X" + detector, detectors);
    }
}
