package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;

import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;

/** The baselines find a particle roughly, on its absolute scale, and agree with its images. */
final class BaselineTest {
    private final Volume truth = Particle.volume(24, 4);
    private final Projector projector = Projector.of(Particle.geometry(15), 24, 24, 24, 4);
    private final TiltSeries images = projector.forward(truth);

    @Test
    void sirt_finds_the_particle() {
        Volume found = Baseline.sirt(projector, images, 60, Progress.NONE);
        assertThat(Particle.error(found, truth)).isLessThan(0.25);
        assertThat(misfit(found)).isLessThan(0.02);
    }

    @Test
    void cgls_finds_the_particle() {
        Volume found = Baseline.cgls(projector, images, 20, Progress.NONE);
        assertThat(Particle.error(found, truth)).isLessThan(0.35);
        assertThat(misfit(found)).isLessThan(0.02);
    }

    private double misfit(Volume found) {
        TiltSeries again = projector.forward(found);
        double difference = 0;
        double square = 0;
        for (int b = 0; b < again.blocks().length; b++) {
            for (int i = 0; i < again.blocks()[b].length; i++) {
                difference += Math.pow(again.blocks()[b][i] - images.blocks()[b][i], 2);
                square += Math.pow(images.blocks()[b][i], 2);
            }
        }
        return Math.sqrt(difference / square);
    }
}
