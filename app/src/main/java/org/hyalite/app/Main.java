package org.hyalite.app;

import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.study.StudyRecord;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code hyalite}: the door for people at a terminal. */
@Command(
        name = "hyalite",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "From raw STEM-EDS and ADF tilt series to volumes in atoms/nm³ and a phase diagram.",
        subcommands = {
            DemoCommand.class,
            ReproduceCommand.class,
            SimulateCommand.class,
            InfoCommand.class,
            ConvertCommand.class,
            CountsCommand.class,
            AlignCommand.class,
            ReconstructCommand.class,
            CalibrateCommand.class,
            FactorsCommand.class,
            QuantifyCommand.class,
            RunCommand.class,
            PhasesCommand.class,
            ViewCommand.class,
            AccuracyCommand.class,
            WeightsCommand.class,
            PredictCommand.class,
            BenchCommand.class
        },
        footer = {"", "Begin with:  hyalite demo", "Exit: 0 success, 1 failed while working, 2 wrong usage or input."})
public final class Main implements Runnable {
    /** Worked, failed while working, wrong usage or input. */
    static final int OK = 0;

    static final int FAILED = 1;
    static final int WRONG_INPUT = 2;
    private static final int INTERRUPTED = 130;

    @Option(names = "--debug", description = "Show the stack trace of a failure.", scope = ScopeType.INHERIT)
    boolean debug;

    @Spec
    CommandSpec spec;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    static int run(String... args) {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, arguments) -> usage(e));
        line.setExecutionExceptionHandler((e, command, parsed) -> main.failed(e));
        try {
            return line.execute(args);
        } catch (Error e) { // picocli hands on exceptions only
            return main.failed(e);
        }
    }

    private static int usage(ParameterException e) {
        System.err.println("hyalite: " + oneLine(e.getMessage()) + "; see '"
                + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
        return WRONG_INPUT;
    }

    /** Says in one line why a command ended, and gives its exit code. */
    int failed(Throwable e) {
        if (e instanceof CancellationException) {
            return INTERRUPTED; // Ctrl-C: Interruption has said what is kept
        }
        if (debug) {
            e.printStackTrace();
        }
        if (e instanceof InputException || e instanceof MicroscopeFileException) {
            System.err.println("hyalite: " + oneLine(e.getMessage()));
            return WRONG_INPUT;
        }
        if (e instanceof OutOfMemoryError) {
            System.err.println("hyalite: " + memory());
        } else if (e.getMessage() != null
                && (e instanceof UncheckedIOException || e instanceof IllegalArgumentException)) {
            System.err.println("hyalite: " + oneLine(e.getMessage()));
        } else {
            System.err.println("hyalite: " + oneLine(e.toString())
                    + (debug ? "" : "; this was not foreseen, --debug shows where it happened"));
        }
        return FAILED;
    }

    private static String memory() {
        return String.format(
                Locale.ROOT,
                "out of memory, Java may use %.1f GB; bin the maps (spectra.bin: 2, --bin 2), or give Java more:"
                        + " HYALITE_JAVA_OPTS=-Xmx16g hyalite …",
                Runtime.getRuntime().maxMemory() / 1e9);
    }

    private static String oneLine(String message) {
        return message.lines().map(String::strip).collect(Collectors.joining(" "));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do, for example 'hyalite demo'");
    }

    /** The version that the jar carries. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hyalite " + StudyRecord.version()};
        }
    }
}
