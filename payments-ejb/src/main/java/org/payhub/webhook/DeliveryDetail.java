package org.payhub.webhook;

import java.util.List;
import java.util.Optional;
import org.payhub.finance.Change;

/**
 * One webhook with what it said. Signatures and personal data in headers and body are covered.
 *
 * @param body as text, redacted; empty once it was erased
 * @param bodyHash SHA-256 of the exact bytes, in hexadecimal; it stays when the body goes
 * @param says what it says in our words, one sentence each
 */
public record DeliveryDetail(
        DeliveryRow row,
        List<HeaderLine> headers,
        Optional<String> body,
        String bodyHash,
        int bodySize,
        List<String> says,
        List<Change> changes) {

    public DeliveryDetail {
        headers = List.copyOf(headers);
        says = List.copyOf(says);
        changes = List.copyOf(changes);
    }

    /** One header line. */
    public record HeaderLine(String name, String value) {}
}
