package org.payhub.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The demo's story: merchants, visits and users made once through the application's own doors, the
 * file that names them, and what a newcomer is told. Passwords are known only at the first start;
 * the file keeps them, readable by its owner alone.
 */
final class Demo {

    private static final Duration SEED_PATIENCE = Duration.ofMinutes(2);

    private final Terminal terminal;
    private final Settings settings;
    private final DataDirectory data;
    private final Operator operator;
    private boolean first;

    Demo(Terminal terminal, Settings settings, DataDirectory data, Operator operator) {
        this.terminal = terminal;
        this.settings = settings;
        this.data = data;
        this.operator = operator;
    }

    /** A later start may have other ports; the file says today's before anybody reads it. */
    void refreshAddresses() throws StartFailure {
        Optional<Map<String, Object>> kept = kept();
        if (kept.isPresent()) {
            keep(kept.get());
        }
    }

    /**
     * Seeds through the application; a second time it says that it was done, and nothing changes.
     */
    void seed(ApplicationServer server) throws StartFailure {
        long deadline = System.nanoTime() + SEED_PATIENCE.toNanos();
        Operator.Reply reply = post();
        while (reply.notYet() && System.nanoTime() < deadline) {
            if (server.endsWithinAMoment()) {
                throw server.failed("The application server ended while it was starting");
            }
            reply = post();
        }
        switch (reply.status()) {
            case 200, 201 -> {
                Operator.Reply answer = reply;
                Map<String, Object> seeded =
                        Json.object(reply.body())
                                .orElseThrow(
                                        () ->
                                                new StartFailure(
                                                        "The demo's data were made, but what the"
                                                                + " application said of them is no"
                                                                + " JSON: "
                                                                + answer.body()));
                first = true;
                keep(seeded);
            }
            case 409 -> afterSeeding();
            case 404, 503 -> throw server.failed("The application does not take the demo's data");
            default ->
                    throw new StartFailure(
                            "The demo's data could not be made: " + reply.sentence() + ".");
        }
    }

    private Operator.Reply post() throws StartFailure {
        return operator.post("/internal/demo-seed", Map.of("apiKey", apiKey()));
    }

    private String apiKey() throws StartFailure {
        Optional<String> given = settings.text("PAYHUB_DEMO_API_KEY");
        return given.isPresent()
                ? given.get()
                : data.secret("demo-api.key", () -> "phk_" + DataDirectory.randomPassword());
    }

    private void afterSeeding() throws StartFailure {
        Optional<Map<String, Object>> kept = kept();
        if (kept.isEmpty()) {
            terminal.complain(
                    data.demoFile()
                            + " is gone, and with it the demo's passwords. To start over, stop and"
                            + " delete "
                            + data.root()
                            + ".");
            keep(Map.of());
            return;
        }
        Optional<String> given = settings.text("PAYHUB_DEMO_API_KEY");
        if (given.isPresent() && !given.get().equals(Json.string(kept.get(), "apiKey"))) {
            terminal.complain(
                    "PAYHUB_DEMO_API_KEY is not the key that this demo was made with; the one in "
                            + data.demoFile()
                            + " counts. Delete "
                            + data.root()
                            + " to start over.");
        }
    }

    private Optional<Map<String, Object>> kept() {
        try {
            return Json.object(Files.readString(data.demoFile()));
        } catch (IOException e) {
            return Optional.empty(); // The first start.
        }
    }

    private void keep(Map<String, Object> seeded) throws StartFailure {
        Map<String, Object> story = new LinkedHashMap<>();
        story.put("url", settings.baseUrl());
        story.put("simulatorUrl", settings.simulatorBaseUrl());
        seeded.forEach(story::putIfAbsent);
        try {
            DataDirectory.writePrivately(data.demoFile(), Json.write(story) + "\n");
        } catch (IOException e) {
            throw new StartFailure(
                    "The file "
                            + data.demoFile()
                            + " cannot be written: "
                            + DataDirectory.reason(e)
                            + ".",
                    e);
        }
    }

    /** What a newcomer sees: where it is, how to get in, and what to click first. */
    void tell() {
        Map<String, Object> story = kept().orElse(Map.of());
        terminal.say("");
        terminal.say("Payhub is ready: " + settings.baseUrl());
        terminal.say("");
        if (first) {
            tellLogins(story);
        } else {
            terminal.say("Logins and API key are those of the first start: " + data.demoFile());
            terminal.say("");
        }
        terminal.say("What to click first:");
        terminal.say("  1. Log in as the owner and open Settings → Integrations → Marketplace.");
        terminal.say("     Choose Stripe → Connect. The keys are in the provider's cabinet:");
        terminal.say("     " + settings.simulatorBaseUrl() + "/cabinet");
        terminal.say("  2. Prove it with the small payment that the wizard offers.");
        terminal.say("  3. Open a visit, press Payment link, and pay it as the client.");
        terminal.say("  4. See the money in the visit and in Finance → Online payments.");
        terminal.say("");
        terminal.say(
                "Everything is kept in "
                        + data.root()
                        + " and is there again at the next start. Ctrl-C stops everything.");
    }

    private void tellLogins(Map<String, Object> story) {
        terminal.say("Logins (shown once; kept in " + data.demoFile() + "):");
        for (Object entry : Json.list(story, "users")) {
            if (entry instanceof Map<?, ?> user) {
                terminal.say(
                        "  "
                                + padded(Json.string(user, "role").replace('_', ' '), 12)
                                + padded(Json.string(user, "email"), 34)
                                + padded(Json.string(user, "password"), 24)
                                + merchantName(story, Json.string(user, "merchantId")));
            }
        }
        terminal.say("");
        terminal.say("API key: " + Json.string(story, "apiKey"));
        terminal.say("");
    }

    private static String merchantName(Map<String, Object> story, String id) {
        for (Object entry : Json.list(story, "merchants")) {
            if (entry instanceof Map<?, ?> merchant && Json.string(merchant, "id").equals(id)) {
                return Json.string(merchant, "name");
            }
        }
        return "";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
