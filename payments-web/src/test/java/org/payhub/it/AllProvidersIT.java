package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
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
 * What has to hold for every provider in the same way: repeats, order, races, forgeries, bad
 * bodies, silence. A provider that is added later is tried by the same.
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

    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void told_five_times_one_after_the_other_it_is_booked_once(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        List<Parcel> told = paidQuietly(candidate, opened);

        for (Parcel parcel : told) {
            for (int i = 0; i < 5; i++) {
                assertTaken(Candidate.deliver(parcel));
            }
        }
        candidate.merchant().awaitPayment(opened.payment(), "paid");
        candidate.awaitQuiet();

        assertSound(candidate);
    }

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

    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void every_order_ends_in_the_same_place(String code) {
        Candidate candidate = Candidate.connect(code);
        Random random = new Random(20261121);
        for (int round = 0; round < 4; round++) {
            Candidate.Opened opened = candidate.open();
            List<Parcel> told =
                    candidate.told(
                            () -> {
                                candidate.actor().pay(opened.page());
                                candidate
                                        .actor()
                                        .refundInCabinet(opened.page(), candidate.actor().part());
                            });
            List<Parcel> order = new ArrayList<>(told);
            order.addAll(told);
            if (round == 0) {
                Collections.reverse(order);
            } else {
                Collections.shuffle(order, random);
            }
            order.forEach(parcel -> assertTaken(Candidate.deliver(parcel)));
            candidate.merchant().awaitPayment(opened.payment(), "paid");
            // The oldest word again, long after.
            assertTaken(Candidate.deliver(told.get(0)));
        }
        TestMerchant.await(
                "returned money",
                candidate::returned,
                returned -> returned == candidate.books().returned());
        candidate.awaitQuiet();

        assertSound(candidate);
    }

    // ---- money ----

    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void of_refunds_that_together_are_too_much_only_what_fits_is_ordered(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.paid();
        String whole = candidate.actor().price();
        if (!candidate.can("refund")) {
            Http.Answer refused =
                    candidate.refund(opened.payment(), whole, UUID.randomUUID().toString());
            assertThat(refused.status()).as(refused.body()).isIn(409, 422);
            return;
        }

        List<Http.Answer> answers =
                Together.run(
                        8,
                        i ->
                                candidate.refund(
                                        opened.payment(), whole, UUID.randomUUID().toString()));

        assertThat(answers.stream().filter(a -> a.status() == 202))
                .as(answers.toString())
                .hasSize(1);
        assertThat(answers.stream().filter(a -> a.status() >= 500)).isEmpty();
        TestMerchant.await(
                "the refund",
                candidate::returned,
                returned -> returned > 0 && returned == candidate.books().returned());
        candidate.awaitQuiet();
        assertSound(candidate);
    }

    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void a_double_click_on_refund_gives_money_back_once(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.paid();
        if (!candidate.can("refund")) {
            return;
        }
        String key = UUID.randomUUID().toString();

        List<Http.Answer> answers =
                Together.run(
                        2, i -> candidate.refund(opened.payment(), candidate.actor().part(), key));

        assertThat(answers).as(answers.toString()).allMatch(a -> a.status() < 500);
        TestMerchant.await("the refund", candidate::returned, returned -> returned > 0);
        candidate.awaitQuiet();
        assertSound(candidate);
    }

    // ---- authenticity ----

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

    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void a_signature_of_one_business_opens_no_other_ones_address(String code) {
        Candidate one = Candidate.connect(code);
        Candidate other = Candidate.connect(code);
        Candidate.Opened opened = one.open();

        for (Parcel told : paidQuietly(one, opened)) {
            String path = told.address().toString().replace(one.address(), other.address());
            Http.Answer answer =
                    Candidate.deliver(told, path, told.body(), Candidate.headers(told));
            assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        }

        assertThat(other.stored()).isZero();
        assertThat(one.status(opened)).isNotEqualTo("paid");
    }

    // ---- bodies ----

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

    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void a_changed_byte_of_what_is_signed_is_refused(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        Parcel told = paidQuietly(candidate, opened).get(0);
        if (told.method().equals("GET")) {
            return;
        }
        byte[] changed = told.body().clone();
        // A digit of what is told becomes another: money, an id, a time.
        for (int i = changed.length - 1; i >= 0; i--) {
            if (changed[i] >= '0' && changed[i] <= '8') {
                changed[i]++;
                break;
            }
        }

        Http.Answer answer =
                Candidate.deliver(
                        told, told.address().toString(), changed, Candidate.headers(told));

        // A signature that covers only some fields may let it in; then the provider is asked.
        assertThat(answer.status()).as(answer.body()).isLessThan(500);
        candidate.awaitQuiet();
        assertThat(candidate.taken()).isIn(0L, candidate.books().taken());
    }

    // ---- silence ----

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

    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void whatever_comes_instead_of_an_answer_one_page_is_opened_and_paid_once(String code) {
        Candidate candidate = Candidate.connect(code);
        for (ApiFaults.Kind kind : ApiFaults.Kind.values()) {
            String visit = candidate.merchant().visit(candidate.actor().price());
            String link = candidate.merchant().link(visit).get("id").getAsString();
            candidate.actor().api().failNext(3, ApiFaults.Failure.of(kind));

            Http.Answer lost = candidate.checkout(link);

            assertThat(lost.status()).as(kind + " " + lost.body()).isIn(201, 409, 422, 503);
            candidate.actor().api().reset();
            Candidate.Opened[] opened = new Candidate.Opened[1];
            candidate.askUntil(
                    kind + ": a page after all",
                    () -> {
                        Http.Answer again = candidate.checkout(link);
                        if (again.status() != 201) {
                            Rows.change(
                                    "UPDATE payment SET unknown_since = ? WHERE visit_id = ? AND"
                                            + " unknown_since IS NOT NULL",
                                    java.time.Instant.now().minusSeconds(3_600),
                                    Rows.id(visit));
                            return false;
                        }
                        opened[0] =
                                new Candidate.Opened(
                                        visit,
                                        link,
                                        again.text("paymentId"),
                                        again.text("redirectUrl"));
                        return true;
                    });
            candidate.actor().pay(opened[0].page());
            candidate.merchant().awaitPayment(opened[0].payment(), "paid");
        }
        candidate.awaitQuiet();
        assertSound(candidate);
    }
}
