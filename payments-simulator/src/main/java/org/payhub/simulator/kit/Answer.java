package org.payhub.simulator.kit;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP answer.
 *
 * @param status HTTP status; {@link #CUT} means that the connection is closed without any answer
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {

    /** Stands in for a status when the caller must see a broken connection. */
    public static final int CUT = -1;

    public static Answer json(int status, JsonElement body) {
        return text(status, "application/json", Json.pretty(body));
    }

    public static Answer html(int status, String body) {
        return text(status, "text/html; charset=utf-8", body)
                .with("Cache-Control", "no-store")
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "same-origin")
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; script-src"
                                + " 'unsafe-inline'; img-src data:; base-uri 'none';"
                                + " frame-ancestors 'none'");
    }

    public static Answer text(int status, String contentType, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType);
        return new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** 303: the browser continues with a GET. */
    public static Answer seeOther(String location) {
        return text(303, "text/plain; charset=utf-8", "").with("Location", location);
    }

    /** No status, no body: the connection just ends. */
    public static Answer cut() {
        return new Answer(CUT, Map.of(), new byte[0]);
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
