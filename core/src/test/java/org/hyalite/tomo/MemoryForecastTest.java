package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Java that has what the forecast says does not run out of memory half-way: tried in a process of its own. */
class MemoryForecastTest {
    private static final int TILTS = 15;

    @TempDir
    Path temp;

    /** Which work; each on cubes of so many voxels along an edge. */
    enum Kind {
        TV(160, false),
        TV2_WEIGHTED(112, false),
        COUNTS_WEIGHT_FOUND(48, true),
        COUPLED(96, false);

        private final int size;
        private final boolean search;

        Kind(int size, boolean search) {
            this.size = size;
            this.search = search;
        }

        private ReconstructionSettings settings() {
            ReconstructionSettings settings =
                    ReconstructionSettings.adf().withGap(1e-9, 3).withThreads(2);
            settings = search ? settings : settings.with(new Weight.Relative(0.01));
            return switch (this) {
                case TV -> settings;
                case TV2_WEIGHTED -> settings.with(new Regulariser.Tv2()).with(new DataTerm.WeightedLeastSquares());
                case COUNTS_WEIGHT_FOUND -> settings.with(new DataTerm.KullbackLeibler(series(size, 1, 0), gains()));
                case COUPLED -> settings.with(new Regulariser.CoupledTv(Regulariser.Coupling.FROBENIUS));
            };
        }

        private JointData joint() {
            List<JointData.Channel> channels = new ArrayList<>();
            for (int c = 0; c < 2; c++) {
                channels.add(new JointData.Channel("c" + c, series(size, 0, 5 + c), series(size, 1, 0), gains()));
            }
            return new JointData(channels, Optional.empty());
        }

        private long forecast() {
            return this == COUPLED
                    ? JointReconstructor.forecastBytes(joint(), settings())
                    : Reconstructor.forecastBytes(size, size, size, TILTS, settings());
        }

        private void work() {
            if (this == COUPLED) {
                JointReconstructor.reconstruct(joint(), settings(), Progress.NONE);
                return;
            }
            Optional<TiltSeries> errors = this == TV2_WEIGHTED ? Optional.of(series(size, 1, 0)) : Optional.empty();
            Reconstructor.reconstruct(series(size, 0, 5), errors, settings(), Progress.NONE);
        }
    }

    private static double[] gains() {
        double[] gains = new double[TILTS];
        Arrays.fill(gains, 1);
        return gains;
    }

    /** Noise in a disc on a constant. */
    private static TiltSeries series(int size, float everywhere, int inside) {
        TiltSeries series = TiltSeries.zeros(Particle.geometry(TILTS), size, size, 1);
        Random random = new Random(inside);
        for (int t = 0; t < TILTS; t++) {
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    boolean in = Math.hypot(x - size / 2.0, y - size / 2.0) < size / 4.0;
                    series.set(t, y, x, everywhere + (in && inside > 0 ? inside + random.nextInt(3) : 0));
                }
            }
        }
        return series;
    }

    /** In a process of its own. */
    public static void main(String[] args) {
        Kind.valueOf(args[0]).work();
        System.out.println("done");
    }

    private String saidWith(long heapBytes, Kind kind) throws IOException, InterruptedException {
        Path said = temp.resolve("said.txt");
        List<String> command = Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseParallelGC",
                        "-XX:NewRatio=10",
                        "-Xmx" + (heapBytes >> 10) + "k",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryForecastTest.class.getName(),
                        kind.name())
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(said);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_forecast_is_enough(Kind kind) throws IOException, InterruptedException {
        assertThat(saidWith(kind.forecast(), kind)).contains("done").doesNotContain("OutOfMemory");
    }

    @Test
    void half_the_forecast_is_not() throws IOException, InterruptedException {
        assertThat(saidWith(Kind.TV.forecast() / 2, Kind.TV)).contains("OutOfMemory");
    }

    @Test
    void a_total_variation_takes_seven_and_a_half_volumes_at_most() {
        ReconstructionSettings settings = ReconstructionSettings.adf().with(new Weight.Relative(0.005));
        long volume = 4L * 1024 * 1024 * 1024;
        long tall = Reconstructor.forecastBytes(1024, 1024, 1024, 1, settings);
        long matrix = SliceMatrix.forecastBytes(1024, 1024, 1);
        assertThat((tall - matrix * 2.0) / volume).isLessThan(7.7);
        assertThat(Reconstructor.forecastBytes(512, 512, 512, TILTS, settings)).isLessThan(4_500_000_000L);
    }
}
