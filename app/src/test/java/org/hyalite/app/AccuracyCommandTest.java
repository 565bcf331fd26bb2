package org.hyalite.app;

import org.junit.jupiter.api.Test;

/** Protects that a comparison that cannot be made is refused before an hour of work. */
class AccuracyCommandTest {
    @Test
    void wrongWordsAreRefusedInOneLine() {
        Said.by("accuracy", "--methods", "magic").refused(Main.WRONG_INPUT, "unknown method 'magic'", "kl-tv");
        Said.by("accuracy", "--kind", "marble").refused(Main.WRONG_INPUT, "unknown kind 'marble'");
        Said.by("accuracy", "--seeds", "5-1").refused(Main.WRONG_INPUT, "'5-1' is no range");
        Said.by("accuracy", "--seeds", "one").refused(Main.WRONG_INPUT, "expected numbers");
        Said.by("accuracy", "--size", "3").refused(Main.WRONG_INPUT, "size of 3 pixels");
        Said.by("accuracy", "--dose-factor", "0").refused(Main.WRONG_INPUT, "dose factor");
        Said.by("accuracy", "--weight", "-1").refused(Main.WRONG_INPUT, "weight -1");
    }
}
