package org.payhub.launcher;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The program behind {@code ./payhub run}, {@code demo}, {@code merchant add} and {@code certify}.
 * Exit status 0 after an orderly stop, 2 for a wrong setting or argument, 1 for everything else
 * that stopped it; each with one line on standard error.
 */
public final class Launcher {

    private Launcher() {}

    /** Called by {@code ./payhub}. */
    public static void main(String[] arguments) {
        quietLibraries();
        System.exit(execute(List.of(arguments), Terminal.real()));
    }

    private static int execute(List<String> arguments, Terminal terminal) {
        String command = arguments.isEmpty() ? "" : arguments.get(0);
        try {
            switch (command) {
                case "run":
                    noMore(arguments, 1);
                    return hub(terminal, Settings.Mode.RUN).run();
                case "demo":
                    noMore(arguments, 1);
                    return hub(terminal, Settings.Mode.DEMO).run();
                case "merchant":
                    if (arguments.size() > 1 && arguments.get(1).equals("add")) {
                        return new MerchantAdd(terminal, Settings.forCommand(System.getenv()))
                                .run(arguments.subList(2, arguments.size()));
                    }
                    throw StartFailure.wrongSetting(
                            "Usage: ./payhub merchant add (--help says more)");
                case "certify":
                    return new Certify(terminal, Installation.fromProperties(), System.getenv())
                            .run(arguments.subList(1, arguments.size()));
                default:
                    throw StartFailure.wrongSetting(
                            "There is no command \"" + command + "\". See ./payhub --help.");
            }
        } catch (StartFailure failure) {
            terminal.complain(failure.getMessage());
            return failure.exitStatus();
        }
    }

    private static Hub hub(Terminal terminal, Settings.Mode mode) throws StartFailure {
        Settings settings = Settings.read(System.getenv(), mode);
        return new Hub(terminal, settings, mode, Installation.fromProperties());
    }

    private static void noMore(List<String> arguments, int known) throws StartFailure {
        if (arguments.size() > known) {
            throw StartFailure.wrongSetting(
                    "\""
                            + arguments.get(known)
                            + "\" is not an option of ./payhub "
                            + arguments.get(0)
                            + "; settings come from the environment, see ./payhub "
                            + arguments.get(0)
                            + " --help.");
        }
    }

    /** The terminal belongs to our own calm lines. */
    private static void quietLibraries() {
        Logger root = LogManager.getLogManager().getLogger("");
        for (Handler handler : root.getHandlers()) {
            handler.setLevel(Level.OFF);
        }
    }
}
