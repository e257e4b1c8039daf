package org.payhub.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void it_is_healthy_and_shows_its_providers() throws Exception {
        try (Simulator simulator = Simulator.start(0)) {
            URI base = URI.create(simulator.baseUrl());

            var health = send(HttpRequest.newBuilder(base.resolve("/health")).build());
            var home = send(HttpRequest.newBuilder(base.resolve("/cabinet")).build());

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(home.body()).contains("Stripe", "/cabinet/stripe", "Simulator");
        }
    }

    @Test
    void a_taken_port_is_named() {
        try (Simulator first = Simulator.start(0)) {
            assertThatThrownBy(() -> Simulator.start(first.port()))
                    .isInstanceOf(Simulator.PortTaken.class)
                    .hasMessage("Port " + first.port() + " is in use");
        }
    }

    @Test
    void a_page_of_another_site_cannot_press_buttons() throws Exception {
        for (String origin : new String[] {"https://elsewhere.example", "null"}) {
            assertThat(press(origin)).isEqualTo(403);
        }
    }

    private int press(String origin) throws Exception {
        try (Simulator simulator = Simulator.start(0)) {
            var answer =
                    send(
                            HttpRequest.newBuilder(
                                            URI.create(simulator.baseUrl() + "/control/reset"))
                                    .header("Origin", origin)
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build());

            return answer.statusCode();
        }
    }

    @Test
    void a_huge_body_is_refused() throws Exception {
        try (Simulator simulator = Simulator.start(0)) {
            var answer =
                    send(
                            HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/v1/refunds"))
                                    .POST(
                                            HttpRequest.BodyPublishers.ofByteArray(
                                                    new byte[(1 << 20) + 1]))
                                    .build());

            assertThat(answer.statusCode()).isEqualTo(413);
        }
    }

    @Test
    void a_damaged_state_file_stops_the_start_with_its_name(@TempDir Path data) throws IOException {
        Files.writeString(data.resolve("simulator.json"), "{half");

        assertThatThrownBy(() -> Simulator.start(0, data, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("simulator.json");
    }

    @Test
    void settings_come_from_arguments_and_environment() {
        var settings =
                SimulatorProgram.Settings.read(
                        new String[] {"--data", "x/y"},
                        Map.of(
                                "PAYHUB_SIMULATOR_PORT", "9191",
                                "PAYHUB_SIMULATOR_BASE_URL", "https://sim.example/"));
        var defaults = SimulatorProgram.Settings.read(new String[0], Map.of());

        assertThat(settings.port()).isEqualTo(9191);
        assertThat(settings.data()).isEqualTo(Path.of("x/y"));
        assertThat(settings.baseUrl()).isEqualTo("https://sim.example");
        assertThat(defaults.port()).isEqualTo(8090);
        assertThat(defaults.baseUrl()).isEqualTo("http://localhost:8090");
    }

    @Test
    void a_wrong_setting_is_named_with_the_fix() {
        assertThatThrownBy(
                        () ->
                                SimulatorProgram.Settings.read(
                                        new String[0], Map.of("PAYHUB_SIMULATOR_PORT", "many")))
                .hasMessage("PAYHUB_SIMULATOR_PORT is \"many\"; give a number from 1 to 65535");
        assertThatThrownBy(() -> SimulatorProgram.Settings.read(new String[] {"--date"}, Map.of()))
                .hasMessageContaining("--data <folder>");
    }
}
