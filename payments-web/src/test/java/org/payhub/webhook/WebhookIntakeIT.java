package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.payhub.webhook.SignedPost.event;
import static org.payhub.webhook.SignedPost.freshId;
import static org.payhub.webhook.SignedPost.signature;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.simulator.stripe.StripeAccount;

/** What reaches the addresses that providers call, and what is left of it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class WebhookIntakeIT {

    private static final String BARE = "/payments/prepaid/stripe";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitStatus(SignedPost sender, String id, String... statuses) {
        TestMerchant.await("delivery of " + id, () -> sender.stored(id), List.of(statuses)::equals);
    }

    @Test
    void an_event_is_stored_once_however_often_it_comes() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();

        for (int i = 0; i < 6; i++) {
            assertThat(sender.send(event(id, "thing.happened", "")).status()).isEqualTo(200);
        }

        assertThat(sender.stored(id)).hasSize(1);
    }

    @Test
    void sixty_four_copies_at_once_leave_one_row_and_are_all_thanked_for() throws Exception {
        SignedPost sender = SignedPost.connect();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(freshId());
        }
        CyclicBarrier start = new CyclicBarrier(64);
        ExecutorService threads = Executors.newFixedThreadPool(64);
        List<Future<List<Integer>>> answers = new ArrayList<>();

        for (int copy = 0; copy < 64; copy++) {
            answers.add(
                    threads.submit(
                            () -> {
                                List<Integer> statuses = new ArrayList<>();
                                for (String id : ids) {
                                    start.await();
                                    statuses.add(
                                            sender.send(event(id, "thing.happened", "")).status());
                                }
                                return statuses;
                            }));
        }

        for (Future<List<Integer>> answer : answers) {
            assertThat(answer.get()).containsOnly(200);
        }
        threads.shutdown();
        for (String id : ids) {
            assertThat(sender.stored(id)).hasSize(1);
        }
    }

    @Test
    void the_same_event_with_another_amount_is_kept_as_a_conflict_and_thanked_for() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();

        int first = sender.send(event(id, "thing.happened", ",\"amount\":100")).status();
        awaitStatus(sender, id, "ignored");
        int second = sender.send(event(id, "thing.happened", ",\"amount\":101")).status();

        assertThat(List.of(first, second)).containsOnly(200);
        awaitStatus(sender, id, "ignored", "conflict");
    }

    @Test
    void the_same_event_in_other_bytes_is_a_repeat() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();
        String body = event(id, "thing.happened", ",\"amount\":100");

        sender.send(body);
        Http.Answer again = sender.send(body.replace("{\"id\"", "{ \"more\": 1, \"id\""));

        assertThat(again.status()).isEqualTo(200);
        assertThat(sender.stored(id)).hasSize(1);
    }

    @Test
    void an_event_of_an_unknown_kind_is_kept_and_ignored() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();

        assertThat(sender.send(event(id, "thing.never_heard_of", "")).status()).isEqualTo(200);

        awaitStatus(sender, id, "ignored");
    }

    @Test
    void nothing_that_is_not_genuine_leaves_more_than_a_count() {
        SignedPost sender = SignedPost.connect();
        byte[] body = bytes(event(freshId(), "thing.happened", ""));
        String right = signature(sender.secret(), body, Instant.now());
        String hex = right.substring(right.indexOf("v1=") + 3);
        String time = right.substring(0, right.indexOf(','));
        List<String> wrong =
                List.of(
                        "",
                        ",",
                        "t",
                        "v1",
                        "t=,v1=",
                        "t=abc,v1=" + hex,
                        "t=99999999999999999999,v1=" + hex,
                        "t=-1,v1=" + hex,
                        time,
                        "v1=" + hex,
                        time + ",v1=" + hex.substring(1),
                        time + ",v1=" + hex + "0",
                        time + ",v1=" + hex.toUpperCase(java.util.Locale.ROOT),
                        time + ",v1=" + "z".repeat(64),
                        time + ",v0=" + hex,
                        time
                                + ",v1="
                                + hex.replace(hex.charAt(0), hex.charAt(0) == 'a' ? 'b' : 'a'),
                        time + ",v1=" + "0".repeat(64) + ",v1=" + "1".repeat(64),
                        "t=0," + right.substring(right.indexOf("v1")),
                        signature("whsec_another", body, Instant.now()),
                        right.repeat(2_000).substring(0, 6_000));

        for (String header : wrong) {
            assertThat(SignedPost.send(sender.keyedPath(), body, header).status())
                    .as(header.substring(0, Math.min(80, header.length())))
                    .isEqualTo(400);
        }
        Http.Answer none = Http.post(sender.keyedPath(), body, Map.of());

        assertThat(none.status()).isEqualTo(400);
        assertThat(sender.storedInAll()).isZero();
        TestMerchant.await("count", () -> sender.refused("signature_wrong"), count -> count >= 3);
        TestMerchant.await("count", () -> sender.refused("signature_missing"), count -> count >= 1);
    }

    @Test
    void one_changed_byte_is_refused() {
        SignedPost sender = SignedPost.connect();
        byte[] body = bytes(event(freshId(), "thing.happened", ""));
        String signature = signature(sender.secret(), body, Instant.now());
        for (int at : new int[] {0, 7, body.length / 2, body.length - 1}) {
            byte[] changed = body.clone();
            changed[at] ^= 1;

            assertThat(SignedPost.send(sender.keyedPath(), changed, signature).status())
                    .isEqualTo(400);
        }
        assertThat(sender.storedInAll()).isZero();
    }

    @Test
    void a_signed_time_outside_the_window_is_refused_and_counted_as_such() {
        SignedPost sender = SignedPost.connect();
        byte[] body = bytes(event(freshId(), "thing.happened", ""));
        Instant now = Instant.now();

        int old =
                SignedPost.send(
                                sender.keyedPath(),
                                body,
                                signature(sender.secret(), body, now.minusSeconds(361)))
                        .status();
        int early =
                SignedPost.send(
                                sender.keyedPath(),
                                body,
                                signature(sender.secret(), body, now.plusSeconds(3_600)))
                        .status();
        int recent =
                SignedPost.send(
                                sender.keyedPath(),
                                body,
                                signature(sender.secret(), body, now.minusSeconds(240)))
                        .status();

        assertThat(List.of(old, early, recent)).containsExactly(400, 400, 200);
        TestMerchant.await("count", () -> sender.refused("stale"), count -> count == 1);
    }

    @Test
    void bodies_that_are_signed_and_no_event_are_refused() {
        SignedPost sender = SignedPost.connect();
        List<String> bodies =
                List.of(
                        "",
                        "null",
                        "[]",
                        "\"x\"",
                        "{}",
                        "plain text",
                        "{\"object\":null}",
                        "{\"id\":\"evt_1\"}",
                        "{\"type\":\"a.b\"}",
                        "{\"id\":5,\"type\":\"a.b\"}",
                        "{\"id\":\"evt_1\",\"type\":\"a.b\",\"id\":\"evt_2\"}",
                        "[".repeat(100_000),
                        "{\"id\":\"evt_1\",\"type\":\"a.b\",\"n\":" + "9".repeat(100) + "}",
                        "{\"id\":\"" + "e".repeat(300) + "\",\"type\":\"a.b\"}");

        for (String body : bodies) {
            assertThat(sender.send(body).status())
                    .as(body.substring(0, Math.min(60, body.length())))
                    .isEqualTo(400);
        }
        byte[] noText = {'{', '"', (byte) 0xFF, (byte) 0xFE, '"', ':', '1', '}'};
        assertThat(sender.send(sender.keyedPath(), noText).status()).isEqualTo(400);
        assertThat(sender.storedInAll()).isZero();
    }

    @Test
    void fields_that_events_may_lack_are_not_missed() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();

        Http.Answer answer =
                sender.send(
                        "{\"id\":\""
                                + id
                                + "\",\"type\":\"thing.happened\",\"data\":{\"object\":{}}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(sender.stored(id)).hasSize(1);
    }

    @Test
    void texts_of_every_script_and_the_bytes_as_they_came_are_kept() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();
        String odd = ",\"note\":\"Zoë Жук 💇 \\u0000 \\ud800 \\u202e ﷽\"";

        assertThat(sender.send(event(id, "thing.happened", odd)).status()).isEqualTo(200);

        awaitStatus(sender, id, "ignored");
        String delivery =
                Http.text(sender.merchant().first("/webhook-deliveries?text=" + id), "id");
        Http.Answer detail = sender.merchant().get("/webhook-deliveries/" + delivery);
        assertThat(detail.status()).isEqualTo(200);
        assertThat(detail.body()).contains("Zoë Жук 💇");
    }

    @Test
    void the_signature_of_one_merchant_is_nothing_at_another() {
        SignedPost one = SignedPost.connect();
        SignedPost other = SignedPost.connect();
        byte[] body = bytes(event(freshId(), "thing.happened", ""));

        Http.Answer answer =
                SignedPost.send(
                        other.keyedPath(), body, signature(one.secret(), body, Instant.now()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(one.storedInAll() + other.storedInAll()).isZero();
    }

    @Test
    void on_the_address_for_all_the_signature_tells_whose_it_is() {
        SignedPost one = SignedPost.connect();
        SignedPost other = SignedPost.connect();
        String id = freshId();

        Http.Answer answer = other.send(BARE, bytes(event(id, "thing.happened", "")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(other.stored(id)).hasSize(1);
        assertThat(one.stored(id)).isEmpty();
        assertThat(
                        SignedPost.send(
                                        BARE,
                                        bytes(event(freshId(), "thing.happened", "")),
                                        "t=1,v1=" + "0".repeat(64))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void one_account_at_two_merchants_tells_both_on_the_address_for_all() {
        StripeAccount account = TestWorld.simulator().stripe().addAccount("Shared", "ES", "eur");
        String secret = "whsec_" + freshId();
        SignedPost one = SignedPost.connect(secret, account);
        SignedPost other = SignedPost.connect(secret, account);
        String id = freshId();

        Http.Answer answer = one.send(BARE, bytes(event(id, "thing.happened", "")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(one.stored(id)).hasSize(1);
        assertThat(other.stored(id)).hasSize(1);
    }

    @Test
    void of_two_with_one_account_the_payment_that_is_spoken_of_decides() {
        StripeAccount account = TestWorld.simulator().stripe().addAccount("Shared", "ES", "eur");
        String secret = "whsec_" + freshId();
        SignedPost one = SignedPost.connect(secret, account);
        SignedPost other = SignedPost.connect(secret, account);
        TestMerchant.Prepared prepared = other.merchant().prepare("15.00");
        String id = freshId();
        String body =
                event(id, "checkout.session.seen", "")
                        .replace("obj_" + id, prepared.session())
                        .replace("\"object\":\"thing\"", "\"object\":\"checkout.session\"");

        Http.Answer answer = one.send(BARE, bytes(body));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(other.stored(id)).hasSize(1);
        assertThat(one.stored(id)).isEmpty();
    }

    @Test
    void while_a_secret_is_replaced_both_are_good_and_then_only_the_new_one() {
        SignedPost sender = SignedPost.connect();
        String next = "whsec_" + freshId();
        String last = "whsec_" + freshId();

        rotate(sender, next, 24);
        assertThat(sentWith(sender, sender.secret())).isEqualTo(200);
        assertThat(sentWith(sender, next)).isEqualTo(200);

        rotate(sender, last, 0);
        assertThat(sentWith(sender, last)).isEqualTo(200);
        assertThat(sentWith(sender, next)).isEqualTo(400);
        assertThat(sentWith(sender, sender.secret())).isEqualTo(400);
    }

    private static void rotate(SignedPost sender, String secret, int hours) {
        Http.Answer rotated =
                sender.merchant()
                        .post(
                                "/integrations/" + sender.integration() + "/rotate",
                                "{\"credentials\":{\"webhook_secret\":\""
                                        + secret
                                        + "\"},\"overlapHours\":\""
                                        + hours
                                        + "\"}");
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
        assertThat(rotated.body()).doesNotContain(secret);
    }

    private static int sentWith(SignedPost sender, String secret) {
        byte[] body = bytes(event(freshId(), "thing.happened", ""));
        return SignedPost.send(sender.keyedPath(), body, signature(secret, body, Instant.now()))
                .status();
    }

    @Test
    void an_event_of_the_other_mode_is_kept_and_changes_nothing() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();

        Http.Answer answer =
                sender.send(
                        event(id, "thing.happened", "")
                                .replace("\"livemode\":false", "\"livemode\":true"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(sender.stored(id)).containsExactly("ignored");
        assertThat(sender.merchant().get("/integrations/" + sender.integration()).text("status"))
                .isEqualTo("ACTION_NEEDED");
    }

    @Test
    void the_bytes_decide_and_not_what_the_sender_calls_them() {
        SignedPost sender = SignedPost.connect();
        for (String type :
                List.of(
                        "application/x-www-form-urlencoded",
                        "text/plain; charset=no-such-charset",
                        "multipart/form-data; boundary=x")) {
            String id = freshId();
            byte[] body = bytes(event(id, "thing.happened", ""));

            Http.Answer answer =
                    Http.post(
                            sender.keyedPath(),
                            body,
                            Map.of(
                                    "Stripe-Signature",
                                    signature(sender.secret(), body, Instant.now()),
                                    "Content-Type",
                                    type));

            assertThat(answer.status()).as(type).isEqualTo(200);
            assertThat(sender.stored(id)).hasSize(1);
        }
    }

    @Test
    void compressed_bytes_are_not_unpacked() throws java.io.IOException {
        SignedPost sender = SignedPost.connect();
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream out = new java.util.zip.GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(zeros);
            }
        }
        byte[] bomb = packed.toByteArray();

        Http.Answer answer =
                Http.post(
                        sender.keyedPath(),
                        bomb,
                        Map.of(
                                "Stripe-Signature",
                                signature(sender.secret(), bomb, Instant.now()),
                                "Content-Encoding",
                                "gzip"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(sender.storedInAll()).isZero();
    }

    @Test
    void nobodys_address_is_not_found_and_makes_no_session() {
        byte[] body = bytes(event(freshId(), "thing.happened", ""));

        for (String path :
                List.of(
                        "/payments/prepaid/nosuchprovider",
                        BARE + "/00000000000000000000000000",
                        BARE + "/x/check",
                        BARE + "/" + "k".repeat(500))) {
            Http.Answer answer = SignedPost.send(path, body, "t=1,v1=00");

            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void a_browser_that_looks_at_the_address_is_told_nothing() {
        SignedPost sender = SignedPost.connect();

        Http.Answer answer = Http.get(sender.keyedPath(), Map.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }
}
