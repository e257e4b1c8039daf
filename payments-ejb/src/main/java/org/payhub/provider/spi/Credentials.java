package org.payhub.provider.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The opened credentials of one integration. A field may hold several values while a rotation runs;
 * the newest comes first.
 *
 * @param owner whose calls are made with them, for the record of calls
 * @param values field key → values; never printed
 */
public record Credentials(CallOwner owner, Map<String, List<Secret>> values) {

    public Credentials {
        values =
                values.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, e -> List.copyOf(e.getValue())));
    }

    /** Credentials with one value each. */
    public static Credentials of(CallOwner owner, Map<String, String> typed) {
        return new Credentials(
                owner,
                typed.entrySet().stream()
                        .filter(e -> !e.getValue().isBlank())
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        e -> List.of(Secret.of(e.getValue().strip())))));
    }

    /** The newest value of that field. */
    public Optional<Secret> find(String field) {
        return all(field).stream().findFirst();
    }

    /** The newest value; its absence is a refusal that names the field. */
    public Secret get(String field) {
        return find(field)
                .orElseThrow(
                        () ->
                                ProviderRefused.ofField(
                                        field,
                                        "integration.credential_missing",
                                        "This field is needed."));
    }

    /** Every active value of that field, newest first. */
    public List<Secret> all(String field) {
        return values.getOrDefault(field, List.of());
    }

    @Override
    public String toString() {
        return "Credentials[" + values.keySet() + "]";
    }
}
