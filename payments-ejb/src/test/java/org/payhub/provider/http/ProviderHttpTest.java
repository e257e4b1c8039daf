package org.payhub.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.payhub.provider.MovedConfig;
import org.payhub.provider.spi.CallOwner;
import org.payhub.provider.spi.ProviderUnavailable;

class ProviderHttpTest {

    private static final CallOwner OWNER = CallOwner.of(new UUID(0, 1), new UUID(0, 2));

    private final CountDownLatch silent = new CountDownLatch(1);
    private final TestWire wire = new TestWire(TestWire.says(200, "{\"ok\":true}"));
    private final ProviderHttp http =
            ProviderHttp.standalone(new MovedConfig(wire.base()), Clock.systemUTC());

    @AfterEach
    void stop() {
        silent.countDown();
        wire.close();
    }

    private ProviderCall call(String path) {
        return call("POST", path);
    }

    private ProviderCall call(String method, String path) {
        return ProviderCall.to(OWNER, "acme", "probe", method, http.address("acme", "", path));
    }

    @Test
    void an_answer_comes_back_whatever_its_status() {
        assertThat(http.send(call("/a")).text()).isEqualTo("{\"ok\":true}");
        wire.answers(TestWire.says(404, "no"));
        assertThat(http.send(call("/a")).status()).isEqualTo(404);
        wire.answers(TestWire.says(500, ""));
        assertThat(http.send(call("/a")).isSuccess()).isFalse();
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() {
        wire.answers(
                exchange -> {
                    exchange.getResponseHeaders().add("Location", wire.base() + "/elsewhere");
                    exchange.sendResponseHeaders(302, -1);
                });

        ProviderReply reply = http.send(call("/a"));

        assertThat(reply.status()).isEqualTo(302);
        assertThat(wire.calls()).isEqualTo(1);
    }

    @Test
    void silence_ends_at_the_deadline_and_may_have_arrived() {
        wire.answers(exchange -> await());
        long began = System.nanoTime();

        ProviderUnavailable silence =
                catchThrowableOfType(
                        ProviderUnavailable.class,
                        () -> http.send(call("/a").within(Duration.ofMillis(300))));

        assertThat(silence.mayHaveReachedProvider()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_body_that_drips_past_the_deadline_is_cut_off() {
        wire.answers(
                exchange -> {
                    exchange.sendResponseHeaders(200, 1_000_000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await();
                });

        ProviderUnavailable slow =
                catchThrowableOfType(
                        ProviderUnavailable.class,
                        () -> http.send(call("/a").within(Duration.ofMillis(300))));

        assertThat(slow.mayHaveReachedProvider()).isTrue();
    }

    private void await() {
        try {
            silent.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_answer_beyond_two_mebibytes_is_given_up() {
        wire.answers(
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] part = new byte[64 * 1024];
                    for (int i = 0; i < 40; i++) {
                        exchange.getResponseBody().write(part);
                    }
                });

        assertThatThrownBy(() -> http.send(call("/a")))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        e -> assertThat(e.mayHaveReachedProvider()).isTrue());
    }

    @Test
    void nobody_there_means_that_nothing_was_sent() {
        ProviderCall nowhere =
                ProviderCall.to(OWNER, "acme", "probe", "GET", URI.create("http://127.0.0.1:1/a"));

        ProviderUnavailable away =
                catchThrowableOfType(ProviderUnavailable.class, () -> http.send(nowhere));

        assertThat(away.mayHaveReachedProvider()).isFalse();
    }

    @Test
    void no_call_takes_longer_than_25_seconds() {
        assertThat(call("/a").within(Duration.ofMinutes(5)).within())
                .isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void after_failures_in_a_row_calls_pause_and_one_probe_opens_them_again() {
        SteppingClock clock = new SteppingClock();
        Circuits circuits = new Circuits(clock);
        ProviderHttp pausing =
                new ProviderHttp(new MovedConfig(wire.base()), new CallLog(), circuits, clock);
        wire.answers(TestWire.says(503, ""));
        for (int i = 0; i < 8; i++) {
            pausing.send(call("/a"));
        }

        ProviderUnavailable paused =
                catchThrowableOfType(ProviderUnavailable.class, () -> pausing.send(call("/a")));
        assertThat(paused.mayHaveReachedProvider()).isFalse();
        assertThat(wire.calls()).isEqualTo(8);
        assertThat(circuits.isPaused(new UUID(0, 2), "acme")).isTrue();
        assertThat(circuits.isPaused(new UUID(0, 3), "acme")).isFalse();

        clock.forward(Duration.ofSeconds(6));
        pausing.send(call("/a"));
        assertThat(circuits.isPaused(new UUID(0, 2), "acme")).isTrue();
        clock.forward(Duration.ofSeconds(6));
        assertThatThrownBy(() -> pausing.send(call("/a"))).isInstanceOf(ProviderUnavailable.class);

        clock.forward(Duration.ofSeconds(6));
        wire.answers(TestWire.says(200, "{}"));
        pausing.send(call("/a"));
        assertThat(circuits.isPaused(new UUID(0, 2), "acme")).isFalse();
        pausing.send(call("/a"));
    }

    @Test
    void after_the_pause_only_one_call_is_let_through_to_see() {
        SteppingClock clock = new SteppingClock();
        Circuits circuits = new Circuits(clock);
        for (int i = 0; i < 8; i++) {
            circuits.failed(call("/a"));
        }
        clock.forward(Duration.ofSeconds(6));

        assertThat(circuits.admits(call("/a"))).isTrue();
        assertThat(circuits.admits(call("/a"))).isFalse();
    }

    @Test
    void where_only_reading_fails_orders_go_on() {
        Circuits circuits = new Circuits(Clock.systemUTC());
        for (int i = 0; i < 20; i++) {
            circuits.failed(call("GET", "/a"));
        }

        assertThat(circuits.admits(call("GET", "/a"))).isFalse();
        assertThat(circuits.admits(call("POST", "/a"))).isTrue();
        assertThat(circuits.isPaused(new UUID(0, 2), "acme")).isFalse();
    }

    @Test
    void calls_to_an_address_of_our_own_say_nothing_of_the_provider_and_are_never_paused() {
        Circuits circuits = new Circuits(Clock.systemUTC());
        for (int i = 0; i < 20; i++) {
            circuits.failed(call("/a").apart());
        }
        boolean othersGoOn = circuits.admits(call("/a"));
        for (int i = 0; i < 20; i++) {
            circuits.failed(call("/a"));
        }

        circuits.succeeded(call("/a").apart());

        assertThat(othersGoOn).isTrue();
        assertThat(circuits.admits(call("/a").apart())).isTrue();
        assertThat(circuits.admits(call("/a"))).isFalse();
    }

    @Test
    void refusals_do_not_pause_calls() {
        wire.answers(TestWire.says(402, "{}"));

        for (int i = 0; i < 20; i++) {
            assertThat(http.send(call("/a")).status()).isEqualTo(402);
        }
    }

    /** A clock that a test moves by hand. */
    private static final class SteppingClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
