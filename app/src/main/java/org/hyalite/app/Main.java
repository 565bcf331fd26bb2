package org.hyalite.app;

import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
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
            SimulateCommand.class,
            InfoCommand.class,
            ConvertCommand.class,
            CountsCommand.class,
            AlignCommand.class,
            ReconstructCommand.class,
            CalibrateCommand.class,
            RunCommand.class,
            PhasesCommand.class
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
        return line.execute(args);
    }

    private static int usage(ParameterException e) {
        System.err.println("hyalite: " + oneLine(e) + "; see '"
                + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
        return WRONG_INPUT;
    }

    private int failed(Exception e) {
        if (debug) {
            e.printStackTrace();
        }
        System.err.println("hyalite: " + oneLine(e));
        if (e instanceof InputException || e instanceof MicroscopeFileException) {
            return WRONG_INPUT;
        }
        if (e instanceof CancellationException) {
            return INTERRUPTED;
        }
        if (!(e instanceof UncheckedIOException || e instanceof IllegalArgumentException) && !debug) {
            System.err.println("hyalite: this was not foreseen; --debug shows where it happened");
        }
        return FAILED;
    }

    private static String oneLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(message).strip();
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
