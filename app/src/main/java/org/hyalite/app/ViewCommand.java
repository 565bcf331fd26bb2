package org.hyalite.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.hyalite.app.view.Browser;
import org.hyalite.app.view.ViewServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "view",
        mixinStandardHelpOptions = true,
        description =
                "Shows a results folder in the browser: volumes, sections, phase diagram, figures; and a run while it"
                        + " works. Only this machine can reach it.",
        footer = {
            "",
            "Example:  hyalite view DIR",
            "          hyalite view results --port 8080 --no-browser",
            "It serves until Ctrl-C."
        })
final class ViewCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIR",
            description = "results folder of 'hyalite run' or 'hyalite demo', also while it is made")
    Path folder = Path.of("");

    @Option(names = "--port", paramLabel = "P", description = "port on this machine (default: any free one)")
    int port;

    @Option(names = "--no-browser", description = "print the address, open no browser")
    boolean noBrowser;

    @Override
    public Integer call() throws InterruptedException {
        try (ViewServer server = ViewServer.start(folder, port)) {
            System.out.println(server.address());
            System.out.flush();
            System.err.println("hyalite: " + folder + " is shown there until Ctrl-C");
            if (!noBrowser && !Browser.open(server.addressOnce())) {
                System.err.println("hyalite: no browser could be opened; open the address yourself");
            }
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "hyalite-view-end"));
            new CountDownLatch(1).await();
        }
        return Main.OK;
    }
}
