package org.payhub.client;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.payhub.platform.HubException;

/**
 * A client as told by a booking system or typed at the front desk.
 *
 * <p><b>Errors</b>, each on its field: {@code client.name_missing}, {@code client.phone_invalid},
 * {@code client.email_invalid}, {@code client.language_unknown}.
 */
public record NewClient(
        Optional<String> externalId,
        String name,
        Optional<String> phone,
        Optional<String> email,
        Optional<String> language) {

    private static final Set<String> LANGUAGES = Set.of("en", "es", "ru", "kk");
    private static final Pattern PHONE_MARKS = Pattern.compile("[\\s().\\-/\u00a0]");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    public NewClient {
        externalId = text(externalId, "client.externalId", 255);
        name = name == null ? "" : name.strip();
        if (name.isEmpty()) {
            throw HubException.ofField(
                    "client.name", "client.name_missing", "The client needs a name.");
        }
        if (name.length() > 200) {
            throw HubException.ofField(
                    "client.name", "client.name_too_long", "The name has more than 200 letters.");
        }
        phone = phone.map(NewClient::e164).filter(p -> !p.isEmpty());
        email = text(email, "client.email", 255).map(NewClient::address);
        language = text(language, "client.language", 8).map(NewClient::language);
    }

    private static Optional<String> text(Optional<String> value, String field, int longest) {
        Optional<String> text = value.map(String::strip).filter(v -> !v.isEmpty());
        text.filter(v -> v.length() > longest)
                .ifPresent(
                        v -> {
                            throw HubException.ofField(
                                    field,
                                    "client.too_long",
                                    "This has more than " + longest + " letters.");
                        });
        return text;
    }

    private static String e164(String typed) {
        String number = PHONE_MARKS.matcher(typed.strip()).replaceAll("");
        if (number.startsWith("00")) {
            number = "+" + number.substring(2);
        }
        if (!number.isEmpty() && !E164.matcher(number).matches()) {
            throw HubException.ofField(
                    "client.phone",
                    "client.phone_invalid",
                    "Write the phone with its country code, for example +34 600 123 456.");
        }
        return number;
    }

    private static String address(String typed) {
        int at = typed.indexOf('@');
        boolean shaped =
                at > 0
                        && at == typed.lastIndexOf('@')
                        && typed.indexOf('.', at) > at + 1
                        && !typed.endsWith(".")
                        && typed.chars().noneMatch(c -> Character.isWhitespace(c) || c < ' ');
        if (!shaped) {
            throw HubException.ofField(
                    "client.email",
                    "client.email_invalid",
                    "This is no e-mail address; it should look like name@example.com.");
        }
        return typed;
    }

    private static String language(String typed) {
        String code = typed.toLowerCase(Locale.ROOT);
        if (!LANGUAGES.contains(code)) {
            throw HubException.ofField(
                    "client.language",
                    "client.language_unknown",
                    "The language is one of en, es, ru, kk.");
        }
        return code;
    }
}
