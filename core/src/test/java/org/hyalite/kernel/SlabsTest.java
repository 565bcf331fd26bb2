package org.hyalite.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Every piece is done once; sums keep their order; what a piece throws comes out. */
final class SlabsTest {
    @Test
    void every_piece_is_done_once() {
        AtomicIntegerArray done = new AtomicIntegerArray(1000);
        Slabs.of(3).run(1000, done::incrementAndGet);
        for (int i = 0; i < 1000; i++) {
            assertThat(done.get(i)).isEqualTo(1);
        }
    }

    @Test
    void sums_do_not_depend_on_the_threads() {
        double one = Slabs.of(1).sum(777, i -> Math.sin(i) * Math.exp(i % 40));
        double four = Slabs.of(4).sum(777, i -> Math.sin(i) * Math.exp(i % 40));
        assertThat(four).isEqualTo(one);
    }

    @Test
    void a_failing_piece_fails_the_work() {
        assertThatThrownBy(() -> Slabs.of(2).run(50, i -> {
                    if (i == 31) {
                        throw new IllegalStateException("piece 31");
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("piece 31");
    }

    @Test
    void refuses_no_threads() {
        assertThatThrownBy(() -> Slabs.of(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
