package org.hyalite.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.hyalite.align.Alignment;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;
import org.hyalite.quantify.TiltGain;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.AlignmentGiven.Gains;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tilt gains of a sample's maps: one g(θ) for all elements, or one for each; where the user gave some, those.
 *
 * @param common for all elements together, found in either case
 * @param own of each element by itself
 * @param used which of the two the counts are divided by
 */
record TiltGains(TiltGain common, Map<Element, TiltGain> own, Gains used) {
    /** @param alignment holds the gains that the user gave */
    static TiltGains of(
            double[] tiltsDeg,
            Map<Element, List<Uncertain>> totals,
            boolean fillsField,
            Gains used,
            Alignment alignment) {
        double[] given = alignment.gains().isEmpty()
                ? new double[0]
                : alignment.forTilts(tiltsDeg).gains().orElseThrow();
        Map<Element, TiltGain> own = new LinkedHashMap<>();
        totals.forEach((element, perTilt) ->
                own.put(element, with(given, TiltGain.estimate(tiltsDeg, Map.of(element, perTilt), fillsField))));
        return new TiltGains(with(given, TiltGain.estimate(tiltsDeg, totals, fillsField)), own, used);
    }

    private static TiltGain with(double[] given, TiltGain found) {
        return given.length == 0 ? found : found.withGiven(given);
    }

    /** The gains that an element's counts are divided by. */
    TiltGain of(Element element) {
        return used == Gains.COMMON ? common : Objects.requireNonNull(own.get(element));
    }

    Uncertain gain(Element element, int map) {
        return of(element).gain(map);
    }

    /** Common gains at other tilts: those of the nearest map. */
    double[] at(double[] tiltsDeg) {
        double[] known = common.tiltsDeg();
        double[] gains = new double[tiltsDeg.length];
        for (int t = 0; t < gains.length; t++) {
            int nearest = 0;
            for (int k = 1; k < known.length; k++) {
                nearest = Math.abs(known[k] - tiltsDeg[t]) < Math.abs(known[nearest] - tiltsDeg[t]) ? k : nearest;
            }
            gains[t] = common.gain(nearest).value();
        }
        return gains;
    }

    /** Warnings, and which gains are the user's. */
    void tell(StudyRecord record) {
        if (used == Gains.COMMON) {
            common.warnings().forEach(w -> record.warn("tilt gain: " + w));
        } else {
            own.forEach((element, gain) ->
                    gain.warnings().forEach(w -> record.warn("tilt gain of " + element.symbol() + ": " + w)));
        }
        List<Double> tilts = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < common.tiltsDeg().length; i++) {
            if (common.isGiven(i)) {
                tilts.add(common.tiltsDeg()[i]);
                values.add(common.gain(i).value());
            }
        }
        if (values.size() > 1 && values.stream().allMatch(g -> g == 1)) {
            record.warn(
                    "tilt gain: every gain given with the alignment is 1, and is taken as given; leave the column blank"
                            + " to have them found");
        }
        if (!tilts.isEmpty() && used == Gains.PER_ELEMENT) {
            record.warn("tilt gain: the gains given with the alignment hold for every element at their tilts, although"
                    + " alignment.gains asks for each element's own; leave the column blank to have those");
        }
        if (!tilts.isEmpty()) {
            record.parameter("sample.tilt_gain.given", values, "", Origin.USER, "alignment, at the tilts beside");
            record.parameter("sample.tilt_gain.given_tilts", tilts, "deg", Origin.USER, "alignment");
        }
        record.parameter(
                "sample.tilt_gain",
                used.name().toLowerCase(Locale.ROOT),
                "",
                used == Gains.COMMON ? Origin.DEFAULT : Origin.USER,
                "alignment.gains");
    }

    /** The table {@code element,tilt_deg,gain,standard_error}; the element {@code all} is the common gain. */
    String toCsv() {
        StringBuilder text = new StringBuilder("element,tilt_deg,gain,standard_error\n");
        rows("all", common, text);
        own.forEach((element, gain) -> rows(element.symbol(), gain, text));
        return text.toString();
    }

    private static void rows(String name, TiltGain gain, StringBuilder text) {
        for (int i = 0; i < gain.tiltsDeg().length; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%.6f,%.6f\n",
                    name,
                    gain.tiltsDeg()[i],
                    gain.gain(i).value(),
                    gain.gain(i).standardError()));
        }
    }

    /** As {@code alignment.json} holds them. */
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("source", common.source().name().toLowerCase(Locale.ROOT));
        json.put("used", used.name().toLowerCase(Locale.ROOT));
        json.put("chi_square", common.chiSquare());
        json.put("degrees_of_freedom", common.freedom());
        json.put("p_value", common.chanceOfDisagreement());
        json.set("tilts", tilts(common));
        ObjectNode elements = json.putObject("elements");
        own.forEach((element, gain) -> elements.set(element.symbol(), tilts(gain)));
        return json;
    }

    private static ArrayNode tilts(TiltGain gain) {
        ArrayNode all = Json.array();
        for (int i = 0; i < gain.tiltsDeg().length; i++) {
            all.addObject()
                    .put("tilt_deg", gain.tiltsDeg()[i])
                    .put("gain", gain.gain(i).value())
                    .put("standard_error", gain.gain(i).standardError())
                    .put("given", gain.isGiven(i));
        }
        return all;
    }
}
