package org.payhub.integration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.ProviderProfile;

/** Reads what was typed into a provider's fields, and says field by field what is wrong with it. */
final class CredentialForm {

    private static final int LONGEST = 1_000;

    private CredentialForm() {}

    /** Every field that connecting needs. */
    static Map<String, String> readAll(ProviderProfile profile, TypedCredentials typed) {
        Map<String, String> values = readSome(profile, typed);
        for (CredentialField field : profile.credentialFields()) {
            if (field.required() && !values.containsKey(field.key())) {
                throw HubException.ofField(
                        field.key(),
                        "integration.credential_missing",
                        "This field is needed; it looks like " + field.example() + ".");
            }
        }
        return values;
    }

    /** Only what was typed, for replacing some of the stored values. */
    static Map<String, String> readSome(ProviderProfile profile, TypedCredentials typed) {
        Map<String, CredentialField> fields =
                profile.credentialFields().stream()
                        .collect(Collectors.toMap(CredentialField::key, f -> f));
        Map<String, String> values = new LinkedHashMap<>();
        typed.values()
                .forEach(
                        (key, value) -> {
                            CredentialField field = fields.get(key);
                            if (field == null) {
                                throw HubException.ofField(
                                        "credentials",
                                        "integration.field_unknown",
                                        profile.name()
                                                + " has no such field. It has: "
                                                + known(profile.credentialFields())
                                                + ".");
                            }
                            String clean = value.strip();
                            if (!clean.isEmpty()) {
                                values.put(key, checked(field, clean));
                            }
                        });
        return values;
    }

    private static String checked(CredentialField field, String value) {
        if (value.length() > LONGEST) {
            throw HubException.ofField(
                    field.key(),
                    "integration.credential_too_long",
                    "This is longer than " + LONGEST + " characters and cannot be a key.");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw HubException.ofField(
                    field.key(),
                    "integration.credential_malformed",
                    "There is a line break or another invisible character in it. Copy it again.");
        }
        if (field.kind() == CredentialField.Kind.CHOICE && !field.choices().contains(value)) {
            throw HubException.ofField(
                    field.key(),
                    "integration.choice_unknown",
                    "Choose one of: " + String.join(", ", field.choices()) + ".");
        }
        return value;
    }

    private static String known(List<CredentialField> fields) {
        return fields.stream().map(CredentialField::key).collect(Collectors.joining(", "));
    }
}
