package org.hyalite.study;

import java.util.List;
import java.util.Optional;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Dose;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment.Beam;
import org.hyalite.study.recipe.InputException;

/**
 * Beam current and live time per pixel of each map: from its file or from the user, never from both if they differ, and
 * never from anywhere else.
 */
final class Beams {
    private static final double SAME = 1e-6;

    private Beams() {}

    /**
     * The dose of one map.
     *
     * @param index which of the series' maps, in the order of their tilts
     * @param bin how the map was binned: its pixels lived {@code bin²} as long
     * @throws InputException if current or dwell time is not known or known twice
     */
    static Dose dose(StudyRecord record, String role, EdsMap map, int index, int maps, Beam user, int bin) {
        double current = one(
                        record,
                        role,
                        map,
                        Key.BEAM_CURRENT,
                        given(role, user.currentsNa(), index, maps, Key.BEAM_CURRENT))
                .orElseThrow(() -> new InputException(
                        map.file() + ": gives no beam current; add 'beam_current_nA' (" + role + " or microscope)"));
        double dwell = one(
                        record, role, map, Key.DWELL_TIME, given(role, user.dwellTimesS(), index, maps, Key.DWELL_TIME))
                .orElseThrow(() -> new InputException(map.file() + ": gives no live time per pixel"
                        + map.acquisition()
                                .number(Key.LIVE_TIME)
                                .map(t -> " (its "
                                        + map.acquisition()
                                                .source(Key.LIVE_TIME)
                                                .orElse("live time") + " of " + t
                                        + " s may be meant per pixel or for the whole map)")
                                .orElse("")
                        + "; add 'dwell_time_s' (" + role + " or microscope)"));
        return new Dose(current, dwell).binned(bin);
    }

    private static Optional<Double> given(String role, List<Double> list, int index, int maps, Key key) {
        if (list.isEmpty()) {
            return Optional.empty();
        }
        if (list.size() != 1 && list.size() != maps) {
            throw new InputException(
                    role + ": '" + key.label() + "' lists " + list.size() + " values for " + maps + " maps");
        }
        return Optional.of(list.size() == 1 ? list.get(0) : list.get(index));
    }

    private static Optional<Double> one(StudyRecord record, String role, EdsMap map, Key key, Optional<Double> user) {
        Optional<Double> file = map.acquisition().number(key);
        if (user.isPresent() && file.isPresent() && Math.abs(user.get() - file.get()) > SAME * Math.abs(file.get())) {
            throw new InputException(map.file() + ": says " + key.label() + " = " + file.get() + " ("
                    + map.acquisition().source(key).orElse("") + "), but the experiment file says " + user.get()
                    + "; take one of them out");
        }
        String name = role + "." + key.label() + "[" + map.tiltDeg() + "°]";
        user.ifPresent(v -> record.parameter(name, v, key.unit(), Origin.USER, "experiment file"));
        if (user.isEmpty()) {
            file.ifPresent(v -> record.parameter(
                    name,
                    v,
                    key.unit(),
                    Origin.FILE,
                    map.file() + " " + map.acquisition().source(key).orElse("")));
        }
        return user.or(() -> file);
    }
}
