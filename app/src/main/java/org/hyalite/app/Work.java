package org.hyalite.app;

import java.util.function.Function;
import org.hyalite.study.Json;
import org.hyalite.study.StudyResult;

/** Long work of a command: watched on standard error, ended by Ctrl-C, its result on standard output. */
final class Work {
    /** What Ctrl-C says where it loses the work. */
    static final String NOTHING_KEPT = "nothing half-written is left; begin again";

    private Work() {}

    /**
     * Does the work and shows what it found.
     *
     * @param kept what Ctrl-C leaves behind and how to go on, for people
     * @return the exit code
     */
    static int show(boolean json, String kept, Function<Console, StudyResult> work) {
        show(json, watched(kept, work));
        return Main.OK;
    }

    /** Does the work. */
    static <T> T watched(String kept, Function<Console, T> work) {
        Console console = Console.onStandardError();
        Interruption interruption = Interruption.tell(console, kept);
        try {
            return work.apply(console);
        } finally {
            console.clear();
            interruption.done();
        }
    }

    /** The result for people, or for machines. */
    static void show(boolean json, StudyResult result) {
        if (json) {
            System.out.print(Json.text(result.summary()));
            return;
        }
        result.lines().forEach(System.out::println);
        result.warnings().forEach(w -> System.err.println("note: " + w));
    }
}
