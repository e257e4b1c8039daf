package org.payhub.launcher;

import java.io.Console;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code merchant add}: asks the running instance of the data directory for one more merchant. */
final class MerchantAdd {

    private static final String USAGE =
            "Usage: ./payhub merchant add --name NAME --currency EUR --time-zone Europe/Madrid"
                    + " --email OWNER [--location NAME]";

    private enum Field {
        NAME("--name", "Name of the business"),
        CURRENCY("--currency", "Currency (three letters, such as EUR)"),
        TIME_ZONE("--time-zone", "Time zone (such as Europe/Madrid)"),
        LOCATION("--location", "Name of its first location"),
        EMAIL("--email", "E-mail of its owner");

        private final String option;
        private final String question;

        Field(String option, String question) {
            this.option = option;
            this.question = question;
        }
    }

    private final Terminal terminal;
    private final Settings settings;

    MerchantAdd(Terminal terminal, Settings settings) {
        this.terminal = terminal;
        this.settings = settings;
    }

    int run(List<String> arguments) throws StartFailure {
        Map<Field, String> given = parse(arguments);
        Operator operator = runningInstance();
        Map<String, String> merchant = checked(asked(given));
        Operator.Reply reply = operator.post("/internal/merchants", merchant);
        if (reply.status() != 201) {
            throw new StartFailure("The merchant was not added: " + reply.sentence());
        }
        Map<String, Object> made = Json.object(reply.body()).orElse(Map.of());
        terminal.say("Merchant " + merchant.get("name") + ": " + Json.string(made, "merchantId"));
        terminal.say("Its owner sets a password here, within one hour:");
        terminal.say("  " + Json.string(made, "setupUrl"));
        return 0;
    }

    private static Map<Field, String> parse(List<String> arguments) throws StartFailure {
        Map<Field, String> given = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String[] word = arguments.get(i).split("=", 2);
            Field field = field(word[0]);
            if (word.length == 2) {
                given.put(field, word[1].strip());
            } else if (i + 1 < arguments.size()) {
                given.put(field, arguments.get(++i).strip());
            } else {
                throw StartFailure.wrongSetting(word[0] + " needs a value. " + USAGE);
            }
        }
        return given;
    }

    private static Field field(String option) throws StartFailure {
        for (Field field : Field.values()) {
            if (field.option.equals(option)) {
                return field;
            }
        }
        throw StartFailure.wrongSetting(option + " is not an option. " + USAGE);
    }

    private Operator runningInstance() throws StartFailure {
        StartFailure none =
                new StartFailure(
                        "No Payhub is running on the data directory "
                                + settings.dataDirectory()
                                + ". Start ./payhub run (or demo) first, or set PAYHUB_DATA_DIR to"
                                + " that of the running one.");
        if (!Files.isDirectory(settings.dataDirectory())) {
            throw none;
        }
        DataDirectory data = DataDirectory.open(settings.dataDirectory());
        Optional<FileLock> free = data.tryLock();
        if (free.isPresent()) {
            throw none; // The lock goes with this process, which ends now.
        }
        try {
            String url = Files.readString(data.runningFile()).strip();
            String token =
                    settings.text("PAYHUB_OPERATOR_TOKEN").isPresent()
                            ? settings.text("PAYHUB_OPERATOR_TOKEN").get()
                            : Files.readString(data.secrets().resolve("operator.token")).strip();
            return new Operator(url, token);
        } catch (IOException e) {
            throw new StartFailure(
                    "The Payhub of the data directory "
                            + data.root()
                            + " is still starting, or was started with a PAYHUB_OPERATOR_TOKEN of"
                            + " its own. Wait until it says that it is ready, and set that token.",
                    e);
        }
    }

    private static Map<Field, String> asked(Map<Field, String> given) throws StartFailure {
        Console console = System.console();
        for (Field field : Field.values()) {
            if (given.getOrDefault(field, "").isEmpty() && field != Field.LOCATION) {
                if (console == null) {
                    throw StartFailure.wrongSetting(field.option + " is missing. " + USAGE);
                }
                String answer = console.readLine("%s: ", field.question);
                given.put(field, answer == null ? "" : answer.strip());
            }
        }
        given.putIfAbsent(Field.LOCATION, given.get(Field.NAME));
        return given;
    }

    private static Map<String, String> checked(Map<Field, String> given) throws StartFailure {
        for (Field field : Field.values()) {
            if (given.getOrDefault(field, "").isEmpty()) {
                throw StartFailure.wrongSetting(field.option + " is empty. " + USAGE);
            }
        }
        String currency = given.get(Field.CURRENCY).toUpperCase(Locale.ROOT);
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException e) {
            throw StartFailure.wrongSetting(
                    "--currency is \""
                            + currency
                            + "\"; give a code of three letters, such as"
                            + " EUR.");
        }
        String zone = given.get(Field.TIME_ZONE);
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw StartFailure.wrongSetting(
                    "--time-zone is \"" + zone + "\"; give a place such as Europe/Madrid.");
        }
        String email = given.get(Field.EMAIL);
        if (!email.matches("[^@\\s]+@[^@\\s]+")) {
            throw StartFailure.wrongSetting(
                    "--email is \"" + email + "\"; give an address such as owner@example.com.");
        }
        Map<String, String> body = new LinkedHashMap<>();
        body.put("name", given.get(Field.NAME));
        body.put("currency", currency);
        body.put("timeZone", zone);
        body.put("location", given.get(Field.LOCATION));
        body.put("ownerEmail", email);
        return body;
    }
}
