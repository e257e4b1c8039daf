package org.payhub.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's doors of the running application, on the loopback and with the token of this data
 * directory: seeds of the demo, a new merchant, the first set-up link.
 */
final class Operator {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration HEALTH = Duration.ofSeconds(10);

    private final String url;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();

    Operator(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** What came back; a status of 0 means nobody answered. */
    record Reply(int status, String body) {

        boolean notYet() {
            return status == 0 || status == 503;
        }

        /** What a problem document, or whatever came instead, says to a person. */
        String sentence() {
            Map<String, Object> problem = Json.object(body).orElse(Map.of());
            String detail = Json.string(problem, "detail");
            String title = Json.string(problem, "title");
            return !detail.isEmpty()
                    ? detail
                    : !title.isEmpty() ? title : "the application answered " + status;
        }
    }

    boolean isReady() {
        return send(HttpRequest.newBuilder(URI.create(url + "/health/ready")).timeout(HEALTH).GET())
                        .status()
                == 200;
    }

    /** The link for the first merchant's owner, while there is no merchant. */
    Optional<String> setUpLink() {
        Reply reply = send(request("/internal/setup").GET());
        return reply.status() == 200
                ? Json.object(reply.body())
                        .map(answer -> Json.string(answer, "setupUrl"))
                        .filter(link -> !link.isEmpty())
                : Optional.empty();
    }

    Reply post(String path, Map<String, String> body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json")
                .header("Authorization", "Bearer " + token);
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Reply(0, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply(0, "");
        }
    }
}
