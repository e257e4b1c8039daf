package org.payhub.web.webhook;

import java.util.List;
import java.util.stream.Collectors;
import org.payhub.webhook.DeliveryDetail.HeaderLine;

/** A webhook as a command for a terminal. What is covered stays covered, so it proves nothing. */
final class CurlText {

    private CurlText() {}

    static String of(String url, List<HeaderLine> headers, String body) {
        return "curl -X POST "
                + quoted(url)
                + headers.stream()
                        .map(h -> " \\\n  -H " + quoted(h.name() + ": " + h.value()))
                        .collect(Collectors.joining())
                + " \\\n  --data-raw "
                + quoted(body)
                + "\n";
    }

    /** In single quotes, in which a shell changes nothing; a quote itself is stepped out of. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
