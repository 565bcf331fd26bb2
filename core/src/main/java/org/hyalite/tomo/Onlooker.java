package org.hyalite.tomo;

import java.util.Arrays;
import java.util.List;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;

/** Progress that also wants to see the volumes while they are iterated, now and then; what it does changes none of them. */
public interface Onlooker extends Progress {
    /** Whether it wants to see them now. */
    boolean curious();

    /**
     * Sees the iterates, of the full grid or of a coarser one, while the weight is searched for or after.
     *
     * @param iterates by channel: the solver's own, to be read only, and only during the call
     * @param units what the values of each are to be multiplied by
     */
    void look(List<Volume> iterates, double[] units);

    /** Shows them, if whoever is told of the progress wants it. */
    static void show(Progress progress, Volume[] iterates) {
        if (progress instanceof Onlooker onlooker && onlooker.curious()) {
            double[] units = new double[iterates.length];
            Arrays.fill(units, 1);
            onlooker.look(List.of(iterates), units);
        }
    }

    /** The same for solvers whose volumes are in units of their own. */
    static Progress inUnits(Progress progress, double[] ofChannels) {
        if (!(progress instanceof Onlooker inner)) {
            return progress;
        }
        return new Onlooker() {
            @Override
            public boolean curious() {
                return inner.curious();
            }

            @Override
            public void look(List<Volume> iterates, double[] units) {
                double[] all = units.clone();
                for (int c = 0; c < all.length; c++) {
                    all[c] *= ofChannels[c];
                }
                inner.look(iterates, all);
            }

            @Override
            public void report(String task, double fraction) {
                inner.report(task, fraction);
            }

            @Override
            public boolean cancelled() {
                return inner.cancelled();
            }
        };
    }
}
