package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts: keeps cookies, sends forms, follows nothing by itself. */
public final class Visitor {

    private static final Pattern VIEW_STATE =
            Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]+)\"");

    private final Map<String, String> cookies = new HashMap<>();

    /** Somebody nobody knows. */
    public static Visitor stranger() {
        return new Visitor();
    }

    /** The owner of a business that was just made, logged in by the set-up link. */
    public static Visitor owner(String setupUrl, String name, String password) {
        Visitor visitor = new Visitor();
        String token = setupUrl.substring(setupUrl.indexOf("token=") + 6);
        Http.Answer answer =
                visitor.post("/setup", Map.of("token", token, "name", name, "password", password));
        assertThat(answer.status()).as(answer.body()).isBetween(302, 303);
        return visitor;
    }

    /** A person who logs in. */
    public static Visitor loggedIn(String email, String password) {
        Visitor visitor = new Visitor();
        Http.Answer answer = visitor.post("/login", Map.of("email", email, "password", password));
        assertThat(answer.status()).as(answer.body()).isBetween(302, 303);
        return visitor;
    }

    public Http.Answer get(String path) {
        return send(request(path).GET());
    }

    public Http.Answer post(String path, Map<String, String> fields) {
        return post(path, fields, Map.of());
    }

    /** Posts a form with headers that a browser would add. */
    public Http.Answer post(String path, Map<String, String> fields, Map<String, String> headers) {
        String body =
                fields.entrySet().stream()
                        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                        .collect(Collectors.joining("&"));
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(TestWorld.baseUri() + path))
                        .timeout(Duration.ofSeconds(60));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private Http.Answer send(HttpRequest.Builder request) {
        Http.Answer answer = Http.send(request.build());
        answer.headers().entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase("Set-Cookie"))
                .flatMap(e -> e.getValue().stream())
                .map(cookie -> cookie.split(";", 2)[0].split("=", 2))
                .forEach(pair -> cookies.put(pair[0], pair[1]));
        return answer;
    }

    /** The value of a cookie, empty when there is none. */
    public String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    /** Plants a cookie, as an attacker would. */
    public void cookie(String name, String value) {
        cookies.put(name, value);
    }

    /** The key of the view that a page's forms send back. */
    public static String viewState(Http.Answer page) {
        Matcher found = VIEW_STATE.matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
