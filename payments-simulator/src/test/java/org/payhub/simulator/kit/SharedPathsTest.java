package org.payhub.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.rig.Browser;

/** What every imitated provider has at the same address and with the same words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedPathsTest {

    private final Browser browser = new Browser();
    private Simulator simulator;

    @BeforeAll
    void start() {
        simulator = Simulator.start(0);
    }

    @AfterEach
    void normal() {
        simulator.providers().forEach(Provider::reset);
    }

    @AfterAll
    void stop() {
        simulator.close();
    }

    List<ImitatedProvider> providers() {
        return simulator.providers().stream().map(ImitatedProvider.class::cast).toList();
    }

    private HttpResponse<String> control(ImitatedProvider provider, String path, JsonObject body) {
        return browser.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        simulator.baseUrl() + "/control/" + provider.code() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private JsonObject look(ImitatedProvider provider, String path) {
        HttpResponse<String> answer =
                browser.get(simulator.baseUrl() + "/control/" + provider.code() + path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    /** The address of the first account's cabinet. */
    private String cabinet(ImitatedProvider provider) {
        return simulator.baseUrl()
                + browser.get(simulator.baseUrl() + "/cabinet/" + provider.code())
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void every_switch_can_be_set_by_a_program_and_put_back(ImitatedProvider provider) {
        control(provider, "/webhooks", Json.of("delayMillis", 5, "copies", 2, "hold", true));
        control(provider, "/api", Json.of("slowMillis", 1, "hang", "POST /none"));
        control(provider, "/api/fail", Json.of("calls", 3, "kind", "html", "match", "POST /none"));
        control(provider, "/clock", Json.of("offsetSeconds", 60));
        control(provider, "/clock", Json.of("advanceSeconds", 5));

        JsonObject set = look(provider, "");
        control(provider, "/reset", new JsonObject());
        JsonObject normal = look(provider, "");

        assertThat(Json.number(Json.child(set, "webhooks"), "copies")).isEqualTo(2);
        assertThat(Json.flag(Json.child(set, "webhooks"), "holding")).isTrue();
        assertThat(Json.number(Json.child(set, "api"), "failingCallsLeft")).isEqualTo(3);
        assertThat(Json.need(Json.child(set, "api"), "hang")).isEqualTo("POST /none");
        assertThat(Json.number(set, "clockOffsetSeconds")).isEqualTo(65);
        assertThat(Json.number(Json.child(normal, "webhooks"), "copies")).isEqualTo(1);
        assertThat(Json.number(Json.child(normal, "api"), "failingCallsLeft")).isZero();
        assertThat(provider.clock().offset()).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void a_wrong_input_is_a_sentence(ImitatedProvider provider) {
        HttpResponse<String> copies = control(provider, "/webhooks", Json.of("copies", 0));
        HttpResponse<String> delivery =
                control(provider, "/webhooks/resend", Json.of("delivery", "none"));
        HttpResponse<String> deed = control(provider, "/do/fly/none", new JsonObject());

        assertThat(List.of(copies, delivery, deed))
                .allSatisfy(
                        answer -> {
                            assertThat(answer.statusCode()).isEqualTo(400);
                            assertThat(Json.need(Json.parse(answer.body()), "detail")).isNotBlank();
                        });
    }

    @ParameterizedTest
    @MethodSource("providers")
    void books_requests_and_deliveries_can_be_read(ImitatedProvider provider) {
        assertThat(look(provider, "/books").size()).isPositive();
        assertThat(Json.number(look(provider, "/requests"), "count")).isZero();
        assertThat(Json.children(look(provider, "/deliveries"), "deliveries")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void the_cabinet_sets_the_same_switches_and_says_so(ImitatedProvider provider) {
        String page = cabinet(provider);

        HttpResponse<String> said =
                browser.post(
                        page + "/switches",
                        Map.of("switch", "webhooks", "delayMillis", "7", "copies", "3"));
        browser.post(page + "/switches", Map.of("switch", "api", "slowMillis", "1"));
        browser.post(page + "/switches", Map.of("switch", "clock", "minutes", "2"));
        browser.post(page + "/switches", Map.of("switch", "fail", "calls", "4", "kind", "empty"));
        browser.post(page + "/switches", Map.of("switch", "hang"));
        JsonObject all = look(provider, "");

        assertThat(said.statusCode()).isEqualTo(303);
        assertThat(said.headers().firstValue("Location")).hasValueSatisfying(this::saysSet);
        assertThat(Json.number(Json.child(all, "webhooks"), "copies")).isEqualTo(3);
        assertThat(Json.number(Json.child(all, "api"), "slowMillis")).isEqualTo(1);
        assertThat(Json.number(Json.child(all, "api"), "failingCallsLeft")).isEqualTo(4);
        assertThat(Json.need(Json.child(all, "api"), "hang")).isEqualTo("POST ");
        assertThat(provider.clock().offset()).isEqualTo(Duration.ofMinutes(2));
        assertThat(browser.get(page).body()).contains("Let go of 0 held answers", "value=\"3\"");
    }

    private void saysSet(String address) {
        assertThat(browser.get(simulator.baseUrl() + address).body())
                .contains("The switch is set.", "class=\"say good\"");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void a_switch_that_does_not_fit_is_refused_in_the_cabinet(ImitatedProvider provider) {
        String page = cabinet(provider);

        for (Map<String, String> wrong :
                List.of(
                        Map.of("switch", "nonsense"),
                        Map.of("switch", "fail", "calls", "1", "kind", "nonsense"),
                        Map.of("switch", "clock", "minutes", "1.5"),
                        Map.of("switch", "webhooks", "delayMillis", "x", "copies", "2"))) {
            assertThat(browser.post(page + "/switches", wrong).headers().firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).endsWith("failed=true"));
        }
        assertThat(Json.number(Json.child(look(provider, ""), "webhooks"), "copies")).isEqualTo(1);
    }
}
