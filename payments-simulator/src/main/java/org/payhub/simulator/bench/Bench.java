package org.payhub.simulator.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./payhub bench [NAME [OPTION …]]}: runs one benchmark, or all of them. Exit status 0 when
 * all held what they promise, 1 when one did not, 2 for a wrong argument.
 */
public final class Bench {

    /** One benchmark; answers whether everything that must hold held. */
    interface Benchmark {

        boolean run(Options options) throws IOException, SQLException, InterruptedException;
    }

    private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

    static {
        ALL.put("intake", IntakeBench::run);
        ALL.put("faults", FaultsBench::run);
    }

    private Bench() {}

    /** Called by {@code ./payhub}. */
    public static void main(String[] arguments) {
        System.exit(execute(List.of(arguments)));
    }

    private static int execute(List<String> arguments) {
        try {
            if (arguments.isEmpty()) {
                boolean good = true;
                for (Benchmark each : ALL.values()) {
                    good &= each.run(Options.of(List.of()));
                }
                return good ? 0 : 1;
            }
            Benchmark one = ALL.get(arguments.get(0));
            if (one == null) {
                System.err.println(
                        "There is no benchmark \""
                                + arguments.get(0)
                                + "\"; there is: "
                                + String.join(", ", ALL.keySet()));
                return 2;
            }
            return one.run(Options.of(arguments.subList(1, arguments.size()))) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (IOException | SQLException | IllegalStateException e) {
            System.err.println("The benchmark stopped: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
