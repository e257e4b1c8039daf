package org.payhub.ear;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.payhub.launcher.EmbeddedDatabase;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.stripe.StripeAccount;

/**
 * The EAR on a full server does the main job. Not among the tests of every build, because it needs
 * the server's distribution: {@code payments-ear/smoke.sh} runs it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EarSmoke {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final int PORT_BASE = 28_000;
    private static final String OPERATOR = "smoke-operator-token";
    private static final String KEY = "phk_smoke0000000000000000000000";

    private static EmbeddedDatabase database;
    private static Simulator simulator;
    private static FullServer server;
    private static JsonObject seeded;
    private static String payment;
    private static String visit;

    @BeforeAll
    static void start() {
        database =
                EmbeddedDatabase.start(
                        TARGET.resolve("smoke-data"), TARGET.resolve("smoke-mariadb"));
        simulator = Simulator.start(0);
        Map<String, String> settings = new HashMap<>();
        server =
                new FullServer(
                        TARGET.resolve("server").resolve("payara6"),
                        TARGET.resolve("smoke-domains"),
                        PORT_BASE,
                        settings);
        settings.put("PAYHUB_BASE_URL", server.baseUrl());
        settings.put("PAYHUB_HTTP_PORT", server.baseUrl().replaceAll(".*:", ""));
        settings.put("PAYHUB_DB_URL", database.jdbcUrl());
        settings.put("PAYHUB_DB_USER", database.appUser());
        settings.put("PAYHUB_DB_PASSWORD", database.appPassword());
        settings.put("PAYHUB_DB_OWNER_USER", database.ownerUser());
        settings.put("PAYHUB_DB_OWNER_PASSWORD", database.ownerPassword());
        settings.put("PAYHUB_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]));
        settings.put("PAYHUB_OPERATOR_TOKEN", OPERATOR);
        settings.put("PAYHUB_SIMULATOR_BASE_URL", simulator.baseUrl());
        simulator
                .apiBases()
                .forEach(
                        (code, base) ->
                                settings.put(
                                        "PAYHUB_" + code.toUpperCase(Locale.ROOT) + "_API_BASE",
                                        base));
        server.start();
        server.deploy(TARGET.resolve("payments.ear"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (simulator != null) {
            simulator.close();
        }
        if (database != null) {
            database.stop();
        }
    }

    @Test
    @Order(1)
    void it_is_ready_and_takes_its_first_merchants() {
        HttpResponse<String> ready = await(() -> server.get("/health/ready"), 200);
        HttpResponse<String> seed =
                server.post(
                        "/internal/demo-seed",
                        "{\"apiKey\":\"" + KEY + "\"}",
                        "Authorization",
                        "Bearer " + OPERATOR,
                        "Content-Type",
                        "application/json");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(seed.statusCode()).as(seed.body()).isEqualTo(200);
        seeded = json(seed);
    }

    @Test
    @Order(2)
    void the_owner_logs_in_and_sees_pages() {
        JsonObject owner = seeded.getAsJsonArray("users").get(0).getAsJsonObject();
        HttpResponse<String> form = server.get("/login");
        HttpResponse<String> login =
                server.post(
                        "/login",
                        "email="
                                + encoded(owner.get("email").getAsString())
                                + "&password="
                                + encoded(owner.get("password").getAsString()),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
        String cookie = login.headers().firstValue("Set-Cookie").orElse("").replaceAll(";.*", "");

        assertThat(form.statusCode()).isEqualTo(200);
        assertThat(login.statusCode()).as(login.body()).isBetween(302, 303);
        for (String page : new String[] {"/admin/home", "/admin/visits", "/admin/payments"}) {
            HttpResponse<String> shown = server.get(page, "Cookie", cookie);
            assertThat(shown.statusCode()).as(page).isEqualTo(200);
            assertThat(shown.body()).as(page).contains("</html>");
        }
    }

    @Test
    @Order(3)
    void stripe_is_connected() {
        StripeAccount account = simulator.stripe().addAccount("Smoke", "ES", "eur");
        HttpResponse<String> connected =
                api(
                        "/integrations",
                        "{\"provider\":\"stripe\",\"credentials\":{\"publishable_key\":\""
                                + account.keys(false).publishable()
                                + "\",\"secret_key\":\""
                                + account.keys(false).secret()
                                + "\"}}");

        assertThat(connected.statusCode()).as(connected.body()).isEqualTo(201);
    }

    @Test
    @Order(4)
    void a_client_pays_and_the_callback_makes_it_paid() {
        visit =
                made(api(
                                "/visits",
                                "{\"client\":{\"name\":\"Lucía Pérez\",\"email\":"
                                        + "\"lucia@example.com\",\"phone\":\"+34600123456\"},"
                                        + "\"services\":[\"Haircut\"],\"startsAt\":\""
                                        + Instant.now().plus(1, ChronoUnit.DAYS)
                                        + "\",\"price\":{\"amount\":\"40.00\","
                                        + "\"currency\":\"EUR\"}}"))
                        .get("id")
                        .getAsString();
        String link =
                made(api("/visits/" + visit + "/payment-links", "{}")).get("id").getAsString();
        JsonObject checkout =
                made(api("/payment-links/" + link + "/checkout", "{\"provider\":\"stripe\"}"));
        payment = checkout.get("paymentId").getAsString();
        String url = checkout.get("redirectUrl").getAsString();

        simulator.stripe().pay(url.substring(url.lastIndexOf('/') + 1), "4242424242424242");
        HttpResponse<String> paid =
                await(
                        () -> server.get("/api/v1/payments/" + payment, "Authorization", bearer()),
                        answer -> answer.body().contains("\"status\":\"paid\""));

        assertThat(json(paid).get("status").getAsString()).as(paid.body()).isEqualTo("paid");
    }

    @Test
    @Order(5)
    void the_report_shows_the_money() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        HttpResponse<String> report =
                await(
                        () ->
                                server.get(
                                        "/api/v1/reports/balance_itemised.v1?format=csv&from="
                                                + today.minusDays(1)
                                                + "&to="
                                                + today.plusDays(2),
                                        "Authorization",
                                        bearer()),
                        answer -> answer.body().contains(",charge,40.00,"));

        assertThat(report.statusCode()).as(report.body()).isEqualTo(200);
        assertThat(report.body()).contains(",charge,40.00,");
    }

    private static HttpResponse<String> api(String path, String body) {
        return server.post(
                "/api/v1" + path,
                body,
                "Authorization",
                bearer(),
                "Content-Type",
                "application/json");
    }

    private static String bearer() {
        return "Bearer " + KEY;
    }

    private static JsonObject made(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> await(Supplier<HttpResponse<String>> ask, int status) {
        return await(ask, answer -> answer.statusCode() == status);
    }

    /** The last answer, as wanted or not, after at most a minute. */
    private static HttpResponse<String> await(
            Supplier<HttpResponse<String>> ask,
            java.util.function.Predicate<HttpResponse<String>> wanted) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        HttpResponse<String> answer = ask.get();
        while (!wanted.test(answer) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            answer = ask.get();
        }
        return answer;
    }
}
