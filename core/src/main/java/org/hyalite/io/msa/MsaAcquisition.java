package org.hyalite.io.msa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/** What the keywords say of the recording; a keyword in a unit that is not known is said, and not used. */
final class MsaAcquisition {
    /** Keywords of a program's own in which what the standard has no keyword for is written. */
    static final String DETECTORS = "##DETECTORS";

    static final String XRAY_COUNTS = "##XRAYCOUNTS";
    static final String ELEMENTS = "##ELEMENTS";
    /** HyperSpy's keyword. */
    static final String RESOLUTION = "#FWHMMNKA";

    static final String JOINT = "; ";

    private static final Map<String, Double> KILOVOLTS = Map.of("", 1.0, "kv", 1.0, "v", 1e-3, "kev", 1.0);
    private static final Map<String, Double> NANOAMPERES = Map.of("", 1.0, "na", 1.0, "pa", 1e-3, "ua", 1e3);
    private static final Map<String, Double> SECONDS = Map.of("", 1.0, "s", 1.0, "sec", 1.0, "ms", 1e-3);
    private static final Map<String, Double> DEGREES = Map.of(
            "", 1.0, "dg", 1.0, "deg", 1.0, "degrees", 1.0, "rad", Math.toDegrees(1), "mrad", Math.toDegrees(1e-3));
    private static final Map<String, Double> ELECTRONVOLTS = Map.of("", 1.0, "ev", 1.0, "kev", 1e3);

    private final Keywords keywords;
    private final List<String> warnings;
    private Acquisition known = Acquisition.nothing();

    private MsaAcquisition(Keywords keywords, List<String> warnings) {
        this.keywords = keywords;
        this.warnings = warnings;
    }

    static Acquisition of(Keywords keywords, List<String> warnings) {
        MsaAcquisition reader = new MsaAcquisition(keywords, warnings);
        reader.take("#BEAMKV", Key.BEAM_ENERGY, KILOVOLTS, true);
        reader.take("#PROBECUR", Key.BEAM_CURRENT, NANOAMPERES, true);
        reader.take("#LIVETIME", Key.LIVE_TIME, SECONDS, true);
        reader.take("#REALTIME", Key.REAL_TIME, SECONDS, true);
        reader.take("#XTILTSTGE", Key.TILT, DEGREES, false);
        reader.take(RESOLUTION, Key.ENERGY_RESOLUTION, ELECTRONVOLTS, true);
        reader.detectors();
        Optional<String> elements = keywords.find(ELEMENTS).map(Keywords.Entry::text);
        elements.ifPresent(names -> reader.known =
                reader.known.withNames(Key.ELEMENTS, Arrays.asList(names.split("[\\s,]+")), ELEMENTS.substring(1)));
        return reader.known;
    }

    private void take(String keyword, Key key, Map<String, Double> units, boolean positive) {
        Optional<Double> value = positive ? keywords.positive(keyword) : keywords.number(keyword);
        if (value.isEmpty()) {
            return;
        }
        Keywords.Entry entry = keywords.find(keyword).orElseThrow();
        Double factor = units.get(entry.unit().toLowerCase(Locale.ROOT));
        if (factor == null) {
            warnings.add(entry.keyword().substring(1) + " is in '" + entry.unit()
                    + "', which is not known, and is not used");
            return;
        }
        known = known.with(key, value.get() * factor, entry.source().substring(1));
    }

    private void detectors() {
        Optional<String> written = keywords.find(DETECTORS).map(Keywords.Entry::text);
        if (written.isPresent()) {
            known = known.withNames(Key.DETECTORS, Arrays.asList(written.get().split(JOINT)), DETECTORS.substring(1));
            return;
        }
        List<String> sources = new ArrayList<>();
        StringBuilder name = new StringBuilder("EDS");
        keywords.find("#EDSDET").ifPresent(entry -> {
            name.setLength(0);
            name.append(entry.text());
            sources.add("#EDSDET");
        });
        keywords.number("#ELEVANGLE").ifPresent(angle -> {
            name.append(", elevation ").append(angle).append(" deg");
            sources.add("#ELEVANGLE");
        });
        keywords.number("#AZIMANGLE").ifPresent(angle -> {
            name.append(", azimuth ").append(angle).append(" deg");
            sources.add("#AZIMANGLE");
        });
        if (!sources.isEmpty()) {
            known = known.withNames(
                    Key.DETECTORS,
                    List.of(name.toString()),
                    String.join(", ", sources).replace("#", ""));
        }
    }
}
