package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.Parcel;

/**
 * What has to hold for every provider in the same way: repeats, forgeries, bad bodies, silence. A
 * provider that is added later is tried by the same: it is found, not listed. The row of the list
 * of faults and attacks stands before each test.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AllProvidersIT {

    private static final String PROVIDERS = "org.payhub.it.Candidate#codes";

    @AfterEach
    void everything_answers_again() {
        TestWorld.simulator()
                .providers()
                .forEach(
                        provider ->
                                provider.exam()
                                        .ifPresent(
                                                actor -> {
                                                    actor.api().reset();
                                                    actor.webhooks().dropAll(false);
                                                    actor.webhooks().copies(1);
                                                    actor.webhooks().watch(parcel -> {});
                                                }));
    }

    @AfterAll
    static void the_invariants_hold() {
        Invariants.hold();
    }

    private static void assertTaken(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }

    private static void assertSound(Candidate candidate) {
        assertThat(candidate.taken()).isEqualTo(candidate.books().taken());
        assertThat(candidate.returned()).isEqualTo(candidate.books().returned());
        assertThat(candidate.ledgerSums()).isEmpty();
        assertThat(candidate.unmatched()).isZero();
    }

    private static List<Parcel> paidQuietly(Candidate candidate, Candidate.Opened opened) {
        List<Parcel> told = candidate.told(() -> candidate.actor().pay(opened.page()));
        assertThat(told).as("what the provider tells of a payment").isNotEmpty();
        return told;
    }

    // ---- repeats and order ----

    /** Row 17. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void sixty_four_copies_at_once_are_one_effect(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        List<Parcel> told = paidQuietly(candidate, opened);

        Together.run(64, i -> Candidate.deliver(told.get(i % told.size())))
                .forEach(AllProvidersIT::assertTaken);
        told.forEach(parcel -> assertTaken(Candidate.deliver(parcel)));
        candidate.merchant().awaitPayment(opened.payment(), "paid");
        candidate.awaitQuiet();

        assertSound(candidate);
        // A question before the charge is stored too.
        assertThat(candidate.stored()).isLessThanOrEqualTo(told.size() + 1L);
    }

    // ---- money ----

    /** Where a provider wants a code: 409 whenever it is missing, and nothing stays behind. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void without_the_code_that_a_provider_wants_no_refund_is_there(String code) {
        Candidate candidate = Candidate.connect(code);
        if (candidate.actor().secondFactor().isEmpty()) {
            return;
        }
        Candidate.Opened opened = candidate.paid();
        String part = candidate.actor().part();
        String key = UUID.randomUUID().toString();

        for (int i = 0; i < 3; i++) {
            Http.Answer asked = candidate.refund(opened.payment(), part, key, Optional.empty());
            assertThat(asked.status()).as(asked.body()).isEqualTo(409);
            assertThat(asked.text("code")).isEqualTo("refund.second_factor_required");
            assertThat(refundsOf(candidate, opened)).isZero();
        }
        Http.Answer ordered = candidate.refund(opened.payment(), part, key);

        assertThat(ordered.status()).as(ordered.body()).isEqualTo(202);
        TestMerchant.await("the refund", candidate::returned, returned -> returned > 0);
        assertThat(refundsOf(candidate, opened)).isEqualTo(1);
        candidate.awaitQuiet();
        assertSound(candidate);
    }

    private static int refundsOf(Candidate candidate, Candidate.Opened opened) {
        return candidate
                .merchant()
                .get("/refunds?payment=" + opened.payment())
                .json()
                .getAsJsonArray("items")
                .size();
    }

    /** Whether the payment is paid, and with what was asked for. */
    private static boolean isAsOrdered(Candidate candidate, Candidate.Opened opened) {
        JsonObject payment = candidate.merchant().payment(opened.payment());
        return Http.text(payment, "status").equals("paid")
                && Http.text(payment, "captured.amount").equals(Http.text(payment, "amount.amount"))
                && Http.text(payment, "captured.currency")
                        .equals(Http.text(payment, "amount.currency"));
    }

    /** Row 19. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void told_again_with_another_amount_nothing_of_what_is_booked_changes(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        List<Parcel> told = paidQuietly(candidate, opened);
        told.forEach(parcel -> assertTaken(Candidate.deliver(parcel)));
        candidate.merchant().awaitPayment(opened.payment(), "paid");
        candidate.awaitQuiet();

        List<Parcel> wrong =
                Altered.each(told, Altered.amount(candidate.actor(), new BigDecimal(100), 0));
        assertThat(wrong).isNotEmpty();
        wrong.forEach(parcel -> assertThat(Candidate.deliver(parcel).status()).isBetween(200, 499));
        candidate.awaitTried();

        assertThat(isAsOrdered(candidate, opened)).isTrue();
        assertSound(candidate);
    }

    // ---- authenticity ----

    /** Row 41. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void what_is_not_signed_as_it_must_be_is_refused_and_leaves_nothing(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        Parcel told = paidQuietly(candidate, opened).get(0);
        long before = candidate.stored();

        for (Map<String, String> headers : wrongHeaders(told)) {
            Http.Answer answer =
                    Candidate.deliver(told, told.address().toString(), told.body(), headers);
            assertThat(answer.status()).as(headers + " → " + answer.body()).isBetween(400, 499);
        }

        assertThat(candidate.stored()).isEqualTo(before);
        assertThat(candidate.status(opened)).isNotEqualTo("paid");
    }

    /** Headers that bear the signature, one at a time, wrong in every way that comes to mind. */
    private static List<Map<String, String>> wrongHeaders(Parcel told) {
        List<Map<String, String>> all = new ArrayList<>();
        Map<String, String> right = Candidate.headers(told);
        List<String> signing =
                right.keySet().stream()
                        .filter(name -> name.toLowerCase(Locale.ROOT).matches(".*(sign|hmac).*"))
                        .toList();
        if (signing.isEmpty()) {
            return all;
        }
        Map<String, String> without = new LinkedHashMap<>(right);
        signing.forEach(without::remove);
        all.add(without);
        String value = right.get(signing.get(0));
        String flipped = (value.charAt(value.length() / 2) == 'a' ? 'b' : 'a') + "";
        for (String wrong :
                List.of(
                        "",
                        "x",
                        "a".repeat(64),
                        "a".repeat(63),
                        "a".repeat(5_000),
                        "=====",
                        "t=1,v1=" + "0".repeat(64),
                        value.substring(0, value.length() / 2)
                                + flipped
                                + value.substring(value.length() / 2 + 1))) {
            Map<String, String> changed = new LinkedHashMap<>(right);
            signing.forEach(name -> changed.put(name, wrong));
            all.add(changed);
        }
        return all;
    }

    // ---- bodies ----

    /** Rows 35, 47, 49, 51 and 52, not signed. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void hostile_bodies_are_refused_or_harmless_and_never_an_error_of_ours(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        Parcel told = paidQuietly(candidate, opened).get(0);
        Map<String, String> headers = Candidate.headers(told);
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("nothing", new byte[0]);
        bodies.put("deep", "[".repeat(200_000).getBytes(StandardCharsets.UTF_8));
        bodies.put("objects", "{\"a\":".repeat(30_000).getBytes(StandardCharsets.UTF_8));
        bodies.put("long number", ("{\"amount\":" + "9".repeat(100_000) + "}").getBytes());
        bodies.put("exponent", "{\"Amount\":1e1000000000,\"amount\":1e1000000000}".getBytes());
        bodies.put("not utf-8", new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, (byte) 0xfe, 0});
        bodies.put("twice", "{\"amount\":1,\"amount\":2}&Amount=1&Amount=2".getBytes());
        bodies.put("script", "<script>alert(1)</script>".getBytes());
        bodies.put("large", new byte[300 * 1024]);

        bodies.forEach(
                (name, body) -> {
                    Http.Answer answer =
                            Candidate.deliver(told, told.address().toString(), body, headers);
                    assertThat(answer.status()).as(name + " " + answer.body()).isBetween(400, 499);
                    if (name.equals("large")) {
                        assertThat(answer.status()).isEqualTo(413);
                    }
                });
        assertThat(candidate.status(opened)).isNotEqualTo("paid");
    }

    /** Row 52: texts of every kind in a notification that is good otherwise. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void strange_letters_keep_no_money_away(String code) {
        Candidate candidate = Candidate.connect(code);
        String[] strange = {
            "\"exam_note\":\"\\u0000 \\ud83d \\u202e"
                    + latin("\uD83D\uDC87 \u202Eabc \u0416")
                    + "\"",
            "exam_note=%00+%F0%9F%92%87+%E2%80%AEabc"
        };
        Candidate.Opened opened = candidate.open();
        List<Parcel> told = paidQuietly(candidate, opened);

        for (Parcel parcel : Altered.each(told, Altered.with(strange[0], strange[1]))) {
            assertTaken(Candidate.deliver(parcel));
        }

        candidate.merchant().awaitPayment(opened.payment(), "paid");
        candidate.awaitQuiet();
        assertSound(candidate);
    }

    /** The bytes of these letters, each as a letter of its own. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Row 49: nobody says how long it is. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void ten_megabytes_without_a_length_are_cut_off(String code) {
        Candidate candidate = Candidate.connect(code);

        String status = flood(URI.create(candidate.address()));

        assertThat(status).contains(" 413 ");
        assertThat(candidate.stored()).isZero();
    }

    private static String flood(URI address) {
        try (Socket socket = new Socket("localhost", address.getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(start(address, "Transfer-Encoding: chunked"));
            byte[] block = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes();
            try {
                for (int sent = 0; sent < 10 << 20; sent += 0x4000) {
                    out.write(block);
                    if (socket.getInputStream().available() > 0) {
                        break;
                    }
                }
            } catch (java.net.SocketException cutOff) {
                // What the server said before it closed is still there to be read.
                assertThat(cutOff).isNotNull();
            }
            String line =
                    new BufferedReader(
                                    new InputStreamReader(
                                            socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] start(URI address, String header) {
        return ("POST "
                        + address.getRawPath()
                        + " HTTP/1.1\r\nHost: localhost:"
                        + address.getPort()
                        + "\r\nContent-Type: application/json\r\n"
                        + header
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    // ---- silence ----

    /** Rows 22 and 70. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void with_every_webhook_lost_asking_brings_the_same_end(String code) {
        Candidate candidate = Candidate.connect(code);
        candidate.actor().webhooks().dropAll(true);
        Candidate.Opened opened = candidate.open();
        candidate.actor().pay(opened.page());

        candidate.askUntil("paid without webhooks", () -> candidate.status(opened).equals("paid"));

        assertThat(Http.text(candidate.merchant().visitOf(opened.visit()), "paymentStatus"))
                .isEqualTo("paid");
        assertSound(candidate);
    }

    /** Row 70. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void with_every_webhook_lost_the_day_list_finds_what_was_done_in_the_cabinet(String code) {
        Candidate candidate = Candidate.connect(code);
        if (!candidate.can("list_days")) {
            return;
        }
        ComparedDays days = ComparedDays.of(candidate.merchant());
        candidate.actor().webhooks().dropAll(true);
        Candidate.Opened opened = candidate.open();
        candidate.actor().pay(opened.page());
        candidate.actor().refundInCabinet(opened.page(), candidate.actor().part());

        var first = days.compareToday();
        var second =
                TestMerchant.await(
                        "nothing new",
                        days::compareToday,
                        day -> day.get("fetched").getAsInt() == 0);

        assertThat(Http.text(first, "status")).as(first.toString()).isEqualTo("done");
        assertThat(first.get("different").getAsInt()).as(first.toString()).isZero();
        assertThat(second.get("different").getAsInt()).as(second.toString()).isZero();
        assertThat(candidate.status(opened)).isEqualTo("paid");
        assertSound(candidate);
    }

    /** Rows 68 and 69: before the provider has done what was ordered, and after. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void whatever_comes_instead_of_an_answer_one_page_is_opened_and_paid_once(String code) {
        Candidate candidate = Candidate.connect(code);
        List<ApiFaults.Failure> failures = new ArrayList<>();
        for (ApiFaults.Kind kind : ApiFaults.Kind.values()) {
            failures.add(ApiFaults.Failure.of(kind));
            failures.add(ApiFaults.Failure.of(kind).afterTheEffect().on("POST"));
        }
        List<String[]> pages = new ArrayList<>();
        for (ApiFaults.Failure failure : failures) {
            String[] page = link(candidate);
            pages.add(page);
            candidate.actor().api().failNext(failure.afterEffect() ? 1 : 3, failure);
            Http.Answer lost = candidate.checkout(page[1]);
            assertThat(lost.status()).as(failure + " " + lost.body()).isIn(201, 409, 422, 503);
            candidate.actor().api().reset();
        }

        for (Candidate.Opened opened : pagesAfterAll(candidate, pages)) {
            candidate.actor().pay(opened.page());
            candidate.merchant().awaitPayment(opened.payment(), "paid");
        }

        candidate.awaitQuiet();
        assertSound(candidate);
    }

    /** A visit and a link for it. */
    private static String[] link(Candidate candidate) {
        String visit = candidate.merchant().visit(candidate.actor().price());
        return new String[] {visit, candidate.merchant().link(visit).get("id").getAsString()};
    }

    /** Asked again and again, as a patient client would; what nobody answered is asked about. */
    private static List<Candidate.Opened> pagesAfterAll(Candidate candidate, List<String[]> pages) {
        Map<String, Candidate.Opened> opened = new LinkedHashMap<>();
        candidate.askUntil(
                "pages after all",
                () -> {
                    for (String[] page : pages) {
                        if (opened.containsKey(page[1])) {
                            continue;
                        }
                        Http.Answer again = candidate.checkout(page[1]);
                        if (again.status() == 201) {
                            opened.put(
                                    page[1],
                                    new Candidate.Opened(
                                            page[0],
                                            page[1],
                                            again.text("paymentId"),
                                            again.text("redirectUrl")));
                        } else {
                            longAgo("payment", page[0], "visit_id");
                        }
                    }
                    return opened.size() == pages.size();
                });
        return List.copyOf(opened.values());
    }

    /** No request of ours can be on its way any more. */
    private static void longAgo(String table, String id, String column) {
        Rows.change(
                "UPDATE "
                        + table
                        + " SET unknown_since = ? WHERE "
                        + column
                        + " = ? AND unknown_since IS NOT NULL",
                Instant.now().minusSeconds(3_600),
                Rows.id(id));
    }
}
