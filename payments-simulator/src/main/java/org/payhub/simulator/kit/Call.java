package org.payhub.simulator.kit;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request as it arrived, body read to its end.
 *
 * @param method upper case
 * @param path decoded, without the query
 * @param query raw text after the question mark, empty when there is none
 * @param headers names in lower case
 * @param vars what the braces of the route's pattern matched
 */
public record Call(
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        byte[] body,
        Map<String, String> vars) {

    public Optional<String> header(String lowerCaseName) {
        List<String> values = headers.get(lowerCaseName);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** The part of the path that stood in {@code {name}}. */
    public String var(String name) {
        String value = vars.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route has no part called " + name);
        }
        return value;
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Nested parameters: of the query, overlaid with the form in the body. */
    public JsonObject params() {
        JsonObject merged = Form.parse(query);
        if (body.length > 0 && !isJson()) {
            Form.parse(bodyText()).entrySet().forEach(e -> merged.add(e.getKey(), e.getValue()));
        }
        return merged;
    }

    /** The body as a JSON object; an empty body is an empty object. */
    public JsonObject json() {
        return body.length == 0 ? new JsonObject() : Json.parse(bodyText());
    }

    /** What the caller sent, as JSON or as a form. */
    public JsonObject input() {
        return isJson() ? json() : params();
    }

    public boolean isJson() {
        return header("content-type").map(t -> t.startsWith("application/json")).orElse(false);
    }

    Call with(Map<String, String> matched) {
        return new Call(method, path, query, headers, body, matched);
    }
}
