package org.payhub.simulator.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Where faults are made: the hub, its merchant, payments to hit, and what must hold afterwards. */
final class FaultGround {

    private static final int TARGETS = 12;
    private static final long WORTH = 900;

    private final FaultedHub hub;
    private final FaultMerchant merchant;
    private final long seed;
    private final boolean brief;
    private final int kills;
    private final List<String> targets = new ArrayList<>();
    private final List<byte[]> rows = new ArrayList<>();
    private Random random;
    private int loads;

    /**
     * @param kills how often the application is killed under load in the long form
     */
    FaultGround(FaultedHub hub, long seed, boolean brief, int kills) throws SQLException {
        this.kills = kills;
        this.hub = hub;
        this.merchant = FaultMerchant.make(hub);
        this.seed = seed;
        this.brief = brief;
        try (Connection connection = hub.owner()) {
            for (int i = 0; i < TARGETS; i++) {
                FaultMerchant.Prepared prepared = merchant.prepare("9.00", false);
                targets.add(prepared.payment());
                rows.add(merchant.row(connection, prepared.session()));
            }
        }
    }

    FaultedHub hub() {
        return hub;
    }

    FaultMerchant merchant() {
        return merchant;
    }

    Random random() {
        return random;
    }

    /** The same choices for a row, whichever rows were run before it. */
    void begin(int row) {
        random = new Random(seed * 1_000 + row);
    }

    /** Few rounds, as a test has time for. */
    boolean brief() {
        return brief;
    }

    int kills() {
        return kills;
    }

    /** So many in the long form, so many in the brief one. */
    int rounds(int whole, int few) {
        return brief ? few : whole;
    }

    /** Payments that events of the load belong to. */
    List<String> targets() {
        return targets;
    }

    byte[] target(int index) {
        return rows.get(index);
    }

    /** A load of its own ids, straight to the application. */
    FaultLoad load() {
        return load(hub.port());
    }

    FaultLoad load(int port) {
        loads++;
        return new FaultLoad(
                merchant,
                port,
                "evt_f" + seed + "x" + (char) ('a' + loads / 26) + (char) ('a' + loads % 26) + "_",
                targets);
    }

    // ---- what must hold ----

    /** Every acknowledged event is stored, and once. */
    void promises(FaultLoad load, FaultFindings findings) throws SQLException {
        try (Connection connection = hub.owner()) {
            Map<String, Integer> stored = merchant.stored(connection, load.prefix());
            long lost = load.acknowledged().stream().filter(e -> !stored.containsKey(e)).count();
            long doubled = stored.values().stream().filter(n -> n > 1).count();
            findings.lost(lost);
            findings.doubled(doubled);
        }
    }

    /** What is stored is worked off, and then all the books are right. */
    void books(FaultFindings findings) throws SQLException, InterruptedException {
        FaultedHub.await(
                "the inbox is worked off",
                Duration.ofMinutes(5),
                () -> {
                    try (Connection connection = hub.owner()) {
                        return merchant.busy(connection) == 0;
                    } catch (SQLException away) {
                        return false;
                    }
                });
        try (Connection connection = hub.owner()) {
            List<String> breaches = InvariantSql.breaches(connection);
            breaches.forEach(findings::drift);
            for (byte[] row : rows) {
                long clearing = FaultMerchant.booked(connection, row, "clearing");
                if (clearing != 0 && clearing != WORTH) {
                    findings.doubled(1);
                    findings.drift("a payment of 900 is booked as " + clearing);
                }
            }
            findings.audit(AuditChainCheck.problems(connection));
        }
        JsonArray warnings =
                hub.operator("POST", "/internal/health/ledger", "")
                        .json()
                        .getAsJsonArray("warnings");
        if (warnings == null) {
            findings.broken("the ledger could not be checked by the application");
            return;
        }
        for (JsonElement warning : warnings) {
            findings.drift(warning.getAsJsonObject().get("detail").getAsString());
        }
    }

    /** Ends what a row that failed may have left. */
    void tidy() throws IOException, InterruptedException {
        hub.databaseWire().heal();
        hub.provider().heal();
        hub.front().heal();
        hub.simulator().stripe().api().reset();
        hub.simulator().stripe().webhooks().dropAll(false);
        if (!hub.database().isAlive()) {
            hub.startDatabase();
        }
        hub.recover();
    }
}
