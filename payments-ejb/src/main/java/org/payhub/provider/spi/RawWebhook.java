package org.payhub.provider.spi;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A webhook as it came: method, query, headers and the exact bytes. Nothing in it is believed.
 *
 * @param kind the kind that the address named ({@code /check}, {@code ?type=pay}), lower case
 * @param headers all values of each header; look-ups ignore letter case
 * @param receivedAt our clock when the request was read
 */
public record RawWebhook(
        String method,
        Optional<String> kind,
        String query,
        Map<String, List<String>> headers,
        byte[] body,
        Instant receivedAt) {

    public RawWebhook {
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
        headers = java.util.Collections.unmodifiableMap(sorted);
        kind = kind.map(k -> k.toLowerCase(Locale.ROOT));
    }

    /** The same, at the address of that kind. */
    public RawWebhook at(String kindInAddress) {
        return new RawWebhook(method, Optional.of(kindInAddress), query, headers, body, receivedAt);
    }

    /** The header's values, none when it is absent. */
    public List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }
}
