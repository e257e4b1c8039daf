package org.payhub.it;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Plain HTTP to the application under test. */
public final class Http {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    private Http() {}

    /** What came back. */
    public record Answer(int status, String body, Map<String, java.util.List<String>> headers) {

        /** The body as an object. */
        public JsonObject json() {
            JsonElement element = JsonParser.parseString(body);
            return element.getAsJsonObject();
        }

        /** A text by its path: {@code price.amount}. */
        public String text(String path) {
            return Http.text(json(), path);
        }

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .flatMap(e -> e.getValue().stream())
                    .findFirst()
                    .orElse("");
        }
    }

    /** A text by its path in an object; empty where it is null or absent. */
    public static String text(JsonObject object, String path) {
        JsonElement at = object;
        for (String name : path.split("\\.")) {
            if (!at.isJsonObject() || !at.getAsJsonObject().has(name)) {
                return "";
            }
            at = at.getAsJsonObject().get(name);
        }
        return at.isJsonNull() ? "" : at.isJsonPrimitive() ? at.getAsString() : at.toString();
    }

    public static Answer get(String path, Map<String, String> headers) {
        return send(request(path, headers).GET().build());
    }

    public static Answer post(String path, String body, Map<String, String> headers) {
        return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public static Answer post(String path, byte[] body, Map<String, String> headers) {
        return send(
                request(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
    }

    private static HttpRequest.Builder request(String path, Map<String, String> headers) {
        URI uri = path.startsWith("http") ? URI.create(path) : TestWorld.baseUri().resolve(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        return request;
    }

    public static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    CLIENT.send(
                            request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body(), response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
