package org.payhub.simulator.stripe;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Await;
import org.payhub.simulator.rig.Hook;

/** The hub's webhook address for Stripe's events. */
final class Receiver implements AutoCloseable {

    record Arrived(String type, String id, String signature, byte[] body) {

        static Arrived of(Hook.Arrived one) {
            JsonObject event = one.json();
            return new Arrived(
                    Json.need(event, "type"),
                    Json.need(event, "id"),
                    one.header("Stripe-Signature"),
                    one.body());
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final Hook hook = new Hook();

    String url() {
        return hook.url("/payments/prepaid/stripe");
    }

    void answer(int newStatus) {
        hook.answer(newStatus);
    }

    List<Arrived> all() {
        return hook.arrived().stream().map(Arrived::of).toList();
    }

    List<String> types() {
        return all().stream().map(Arrived::type).toList();
    }

    long count(String type) {
        return all().stream().filter(a -> a.type().equals(type)).count();
    }

    Arrived first(String type) {
        return all().stream().filter(a -> a.type().equals(type)).findFirst().orElseThrow();
    }

    void await(Predicate<Receiver> condition) {
        Await.until(() -> condition.test(this), () -> "arrived so far: " + types());
    }

    @Override
    public void close() {
        hook.close();
    }
}
