package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.hyalite.study.WeightJudge.Outcome;
import org.hyalite.study.WeightJudge.Trial;
import org.hyalite.study.WeightJudge.Verdict;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.DataTerm;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.JointReconstruction;
import org.hyalite.tomo.JointReconstructor;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.Reconstruction;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import org.hyalite.tomo.Weight.Criterion;

/** What {@link WeightJudge} tries: one series by itself, or the counts of several elements together. */
final class WeightTrials {
    private WeightTrials() {}

    /** What a single series is judged with: all images, what is known of their noise, and its data term within the settings. */
    record Single(
            String name, String unit, TiltSeries images, Optional<TiltSeries> errors, ReconstructionSettings settings) {
        /** Judges the criteria that the data allow. */
        Verdict judge(Progress progress) {
            require(name, images);
            int[] kept = WeightJudge.everyOther(images.geometry(), 0);
            int[] out = WeightJudge.everyOther(images.geometry(), 1);
            ReconstructionSettings seen = settings.with(select(settings.dataTerm(), kept));
            Trial trial = (weight, watch) -> {
                Reconstruction made = Reconstructor.reconstruct(
                        images.select(kept), errors.map(e -> e.select(kept)), seen.with(weight), watch);
                return new Outcome(made.convergence(), residual(made.volume(), out));
            };
            List<Criterion> criteria = new ArrayList<>(List.of(Criterion.LEFT_OUT_TILTS));
            boolean counts = settings.dataTerm() instanceof DataTerm.KullbackLeibler;
            if (counts || errors.isPresent()) {
                criteria.add(Criterion.DISCREPANCY);
            }
            if (counts && whole(images)) {
                criteria.add(Criterion.THINNING);
            }
            var chosen = WeightJudge.criteria(criteria, trial, progress);
            var scan = WeightJudge.scan(chosen.values().iterator().next(), trial, progress);
            return new Verdict(name, unit, kept.length, out.length, rms(images.select(out)), noise(out), chosen, scan);
        }

        private double residual(Volume volume, int[] out) {
            TiltSeries measured = images.select(out);
            TiltSeries shown = shown(measured, volume);
            if (settings.dataTerm() instanceof DataTerm.KullbackLeibler all) {
                toCounts(shown, (DataTerm.KullbackLeibler) select(all, out));
            }
            return rms(minus(shown, measured));
        }

        private double noise(int[] out) {
            if (errors.isPresent()) {
                return rms(errors.get().select(out));
            }
            // a Poisson number's variance is its mean
            return settings.dataTerm() instanceof DataTerm.KullbackLeibler
                    ? Math.sqrt(mean(images.select(out)))
                    : Double.NaN;
        }
    }

    /** The counts of several elements, reconstructed together. */
    record Together(String name, List<JointData.Channel> channels, ReconstructionSettings settings) {
        /** Judges the criteria that the data allow. */
        Verdict judge(Progress progress) {
            TiltSeries first = channels.get(0).counts();
            require(name, first);
            int[] kept = WeightJudge.everyOther(first.geometry(), 0);
            int[] out = WeightJudge.everyOther(first.geometry(), 1);
            List<JointData.Channel> measured = select(out);
            JointData seen = new JointData(select(kept), Optional.empty());
            Trial trial = (weight, watch) -> {
                JointReconstruction made = JointReconstructor.reconstruct(seen, settings.with(weight), watch);
                double squares = 0;
                for (int c = 0; c < measured.size(); c++) {
                    JointData.Channel own = measured.get(c);
                    TiltSeries shown = shown(own.counts(), made.volumes().get(c).volume());
                    toCounts(shown, new DataTerm.KullbackLeibler(own.background(), own.countsPerUnit()));
                    squares += Math.pow(rms(minus(shown, own.counts())), 2);
                }
                return new Outcome(made.volumes().get(0).convergence(), Math.sqrt(squares / measured.size()));
            };
            List<Criterion> criteria = new ArrayList<>(List.of(Criterion.LEFT_OUT_TILTS, Criterion.DISCREPANCY));
            if (channels.stream().allMatch(c -> whole(c.counts()))) {
                criteria.add(Criterion.THINNING);
            }
            var chosen = WeightJudge.criteria(criteria, trial, progress);
            var scan = WeightJudge.scan(chosen.values().iterator().next(), trial, progress);
            double signal = measured.stream()
                    .mapToDouble(c -> Math.pow(rms(c.counts()), 2))
                    .average()
                    .orElseThrow();
            double noise = measured.stream()
                    .mapToDouble(c -> mean(c.counts()))
                    .average()
                    .orElseThrow();
            return new Verdict(
                    name, "counts", kept.length, out.length, Math.sqrt(signal), Math.sqrt(noise), chosen, scan);
        }

        private List<JointData.Channel> select(int... tilts) {
            return channels.stream()
                    .map(c -> new JointData.Channel(
                            c.name(),
                            c.counts().select(tilts),
                            c.background().select(tilts),
                            IntStream.of(tilts)
                                    .mapToDouble(t -> c.countsPerUnit()[t])
                                    .toArray()))
                    .toList();
        }
    }

    private static void require(String name, TiltSeries images) {
        if (images.tilts() < WeightJudge.FEWEST_TILTS) {
            throw new InputException(name + ": " + images.tilts() + " tilts; at least " + WeightJudge.FEWEST_TILTS
                    + " are needed to leave every other one out");
        }
    }

    private static DataTerm select(DataTerm term, int... tilts) {
        if (term instanceof DataTerm.KullbackLeibler counts) {
            double[] perUnit = IntStream.of(tilts)
                    .mapToDouble(t -> counts.countsPerUnit()[t])
                    .toArray();
            return new DataTerm.KullbackLeibler(counts.background().select(tilts), perUnit);
        }
        return term;
    }

    private static TiltSeries shown(TiltSeries like, Volume volume) {
        int beside = (volume.nx() - like.nx()) / 2;
        Slabs slabs = Slabs.of(Runtime.getRuntime().availableProcessors());
        return Projector.of(like.geometry(), volume.nz(), volume.ny(), like.nx(), beside, volume.voxelNm(), slabs)
                .forward(volume);
    }

    /** {@code c A x + r} in place of A x. */
    private static void toCounts(TiltSeries shown, DataTerm.KullbackLeibler term) {
        for (int t = 0; t < shown.tilts(); t++) {
            for (int y = 0; y < shown.ny(); y++) {
                for (int x = 0; x < shown.nx(); x++) {
                    double counts = term.countsPerUnit()[t] * shown.at(t, y, x)
                            + term.background().at(t, y, x);
                    shown.set(t, y, x, (float) counts);
                }
            }
        }
    }

    private static TiltSeries minus(TiltSeries a, TiltSeries b) {
        for (int i = 0; i < a.blocks().length; i++) {
            for (int k = 0; k < a.blocks()[i].length; k++) {
                a.blocks()[i][k] -= b.blocks()[i][k];
            }
        }
        return a;
    }

    private static boolean whole(TiltSeries counts) {
        for (float[] block : counts.blocks()) {
            for (float value : block) {
                if (value != Math.rint(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double rms(TiltSeries series) {
        double squares = 0;
        for (float[] block : series.blocks()) {
            for (float value : block) {
                squares += (double) value * value;
            }
        }
        return Math.sqrt(squares / pixels(series));
    }

    private static double mean(TiltSeries series) {
        double sum = 0;
        for (float[] block : series.blocks()) {
            for (float value : block) {
                sum += value;
            }
        }
        return sum / pixels(series);
    }

    private static double pixels(TiltSeries series) {
        return (double) series.tilts() * series.ny() * series.nx();
    }
}
