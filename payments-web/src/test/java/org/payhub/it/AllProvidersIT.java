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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.Parcel;

/**
 * What has to hold for every provider in the same way: repeats, order, races, money that differs,
 * forgeries, bad bodies, silence. A provider that is added later is tried by the same: it is found,
 * not listed.
 *
 * <p>By the numbers of the list of faults and attacks, the row of each test stands before it. What
 * is not here knows no provider and holds once for all: 24 (a worker dies between effect and mark:
 * {@code CrashIT}), 25 and 26 (what always fails is put off and then a person's; pauses grow:
 * {@code InboxRowsInContainerIT}, {@code InboxIT}), 31 (a lock that is held: {@code RacesIT}), 34
 * (currencies with no and with three decimals: {@code MoneyGuardsIT} and the tests of {@code
 * Money}; here each provider has the decimals of its own money), 36 and 37 (an entry that was
 * edited or deleted: {@code MoneyGuardsIT}), 42 (what the time tells of a signature is a figure, no
 * test), 44 (our own clock is wrong: {@code ./payhub bench faults}; the sender's is here, with 43).
 * 18 and 23 want several application nodes and are not tried here at all. Of 68 the server that is
 * killed is {@code CrashIT}'s; the answer that is lost is here.
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

    /** Row 16. */
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

    /** Rows 20 and 21: the oldest word comes once more at the end. */
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

    /** Rows 27 and 30. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void of_refunds_that_together_are_too_much_only_what_fits_is_ordered(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.paid();
        String whole = candidate.actor().price();
        if (!candidate.can("refund")) {
            Http.Answer refused =
                    candidate.refund(opened.payment(), whole, UUID.randomUUID().toString());
            assertThat(refused.status()).as(refused.body()).isEqualTo(409);
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

    /** Row 27. */
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

    /** Row 30, in parts: as many as fit, and not one more. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void of_many_parts_at_once_no_more_is_returned_than_was_taken(String code) {
        Candidate candidate = Candidate.connect(code);
        if (!candidate.can("refund")) {
            return;
        }
        Candidate.Opened opened = candidate.paid();
        String part = candidate.actor().part();

        List<Http.Answer> answers =
                Together.run(
                        8, i -> candidate.refund(opened.payment(), part, UUID.randomUUID() + ""));

        assertThat(answers).as(answers.toString()).allMatch(a -> a.status() < 500);
        long ordered = answers.stream().filter(a -> a.status() == 202).count();
        assertThat(ordered).as(answers.toString()).isBetween(1L, 2L);
        TestMerchant.await(
                "the refunds",
                candidate::returned,
                returned ->
                        returned > 0
                                && returned == candidate.books().returned()
                                && returned <= candidate.taken());
        candidate.awaitQuiet();
        assertSound(candidate);
    }

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

    /** Row 28, for providers that can hold money. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void of_taking_a_hold_many_times_and_giving_it_back_one_wins(String code) {
        Candidate candidate = Candidate.connect(code);
        if (!candidate.can("capture")) {
            return;
        }
        String visit = candidate.merchant().visit(candidate.actor().price());
        String link = candidate.merchant().link(visit).get("id").getAsString();
        Http.Answer page = candidate.checkout(link, true);
        assertThat(page.status()).as(page.body()).isEqualTo(201);
        String payment = page.text("paymentId");
        candidate.actor().pay(page.text("redirectUrl"));
        candidate.merchant().awaitPayment(payment, "authorized");

        List<Http.Answer> answers =
                Together.run(
                        8,
                        i ->
                                candidate
                                        .merchant()
                                        .post(
                                                "/payments/"
                                                        + payment
                                                        + (i == 0 ? "/void" : "/capture"),
                                                "{}",
                                                Map.of(
                                                        "Idempotency-Key",
                                                        UUID.randomUUID().toString())));

        assertThat(answers).as(answers.toString()).allMatch(a -> a.status() < 500);
        assertThat(answers.stream().filter(a -> a.status() < 300))
                .as(answers.toString())
                .hasSize(1);
        boolean taken = answers.get(0).status() >= 300;
        candidate.merchant().awaitPayment(payment, taken ? "paid" : "cancelled");
        candidate.awaitQuiet();
        assertThat(candidate.taken() > 0).isEqualTo(taken);
        assertSound(candidate);
        Http.Answer late = candidate.merchant().post("/payments/" + payment + "/capture", "{}");
        assertThat(late.status()).as(late.body()).isEqualTo(409);
    }

    /** Row 29, with a second page that was opened while the first one's provider was away. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void a_visit_paid_at_two_providers_at_once_keeps_the_second_payment_for_a_person(String code) {
        Candidate one = Candidate.connect(code);
        Candidate other = Candidate.connect(otherThan(one), one.merchant());
        Candidate.Opened first = one.open();
        one.actor().api().failNext(1_000, ApiFaults.Failure.of(ApiFaults.Kind.RESET));
        Candidate.Opened second = other.open(first.visit(), first.link());

        Together.run(
                2,
                i -> {
                    (i == 0 ? one : other).actor().pay((i == 0 ? first : second).page());
                    return i;
                });
        one.actor().api().reset();
        one.askUntil(
                "both payments",
                () -> one.taken() == one.books().taken() && other.taken() == other.books().taken());
        one.awaitQuiet();
        other.awaitQuiet();

        assertThat(one.taken()).isPositive();
        assertThat(other.taken()).isPositive();
        assertThat(List.of(one.status(first), other.status(second)))
                .containsExactlyInAnyOrder("paid", "review");
        assertThat(one.unmatched()).isEqualTo(1);
        assertThat(new BigDecimal(Http.text(one.merchant().visitOf(first.visit()), "paid.amount")))
                .isEqualByComparingTo(one.actor().price());
        assertThat(one.ledgerSums()).isEmpty();
    }

    /** Another provider at which the same business can be paid, if possible in its own money. */
    private static String otherThan(Candidate one) {
        return Candidate.codes()
                .filter(code -> !code.equals(one.code()))
                .filter(code -> one.takes(code, one.actor().currency()))
                .min(Comparator.comparing(code -> !currencyOf(code).equals(one.actor().currency())))
                .orElseThrow();
    }

    private static String currencyOf(String code) {
        return TestWorld.simulator()
                .provider(code)
                .flatMap(provider -> provider.exam())
                .map(actor -> actor.coin().orElse(actor.currency()))
                .orElseThrow();
    }

    /** Rows 32, 33 and 35: signed by the provider, and not what was ordered. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void money_that_was_not_ordered_is_never_called_paid(String code) {
        Candidate candidate = Candidate.connect(code);
        List<UnaryOperator<String>> changes =
                List.of(
                        Altered.amount(candidate.actor(), BigDecimal.ONE, 1),
                        Altered.amount(candidate.actor(), new BigDecimal(100), 0),
                        Altered.amount(candidate.actor(), BigDecimal.TEN.pow(40), 0),
                        Altered.currency(candidate.actor()));
        for (UnaryOperator<String> change : changes) {
            Candidate.Opened opened = candidate.open();
            List<Parcel> told = paidQuietly(candidate, opened);
            List<Parcel> wrong = Altered.each(told, change);
            assertThat(wrong).as("what the change changes").isNotEmpty();

            for (Parcel parcel : wrong) {
                assertThat(Candidate.deliver(parcel).status()).isLessThan(500);
            }
            candidate.awaitTried();
            boolean read = isAsOrdered(candidate, opened);
            told.forEach(parcel -> assertTaken(Candidate.deliver(parcel)));
            candidate.awaitTried();

            // Either the provider was asked and said what is true, or a person has to look.
            candidate
                    .merchant()
                    .awaitPayment(
                            opened.payment(),
                            p -> List.of("paid", "review").contains(Http.text(p, "status")));
            if (!read && !isAsOrdered(candidate, opened)) {
                assertThat(candidate.status(opened)).isEqualTo("review");
                assertThat(candidate.unmatched()).isPositive();
            }
            assertThat(candidate.ledgerSums()).isEmpty();
        }
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

        List<Map<String, String>> wrongHeaders = wrongHeaders(told);
        List<byte[]> wrongBodies = wrongBodies(told);
        for (Map<String, String> headers : wrongHeaders) {
            Http.Answer answer =
                    Candidate.deliver(told, told.address().toString(), told.body(), headers);
            assertThat(answer.status()).as(headers + " → " + answer.body()).isBetween(400, 499);
        }
        for (byte[] body : wrongBodies) {
            Http.Answer answer =
                    Candidate.deliver(
                            told, told.address().toString(), body, Candidate.headers(told));
            assertThat(answer.status())
                    .as(new String(body, StandardCharsets.UTF_8) + " → " + answer.body())
                    .isBetween(400, 499);
        }
        assertThat(wrongHeaders.size() + wrongBodies.size()).as("tries").isGreaterThan(5);

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

    /** The same where the signature stands in the body: wrong in every spelling, and left out. */
    private static List<byte[]> wrongBodies(Parcel told) {
        String member = "(?i)\"([a-z_]*signature[a-z0-9_]*)\"\\s*:\\s*\"[^\"]*\"";
        List<byte[]> all = new ArrayList<>();
        all.add(Altered.bytes(told, text -> text.replaceAll(member, "\"no_$1\":\"\"")));
        for (String wrong :
                List.of("", "x", "a".repeat(64), "a".repeat(63), "a".repeat(5_000), "=====")) {
            all.add(
                    Altered.bytes(
                            told, text -> text.replaceAll(member, "\"$1\":\"" + wrong + "\"")));
        }
        all.removeIf(body -> Arrays.equals(body, told.body()));
        return all;
    }

    /** Row 46. */
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

    /**
     * Rows 43 and 44: where a signature has a time, it is good for minutes only; where it has none,
     * the same words are the same event for ever.
     */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void what_was_signed_long_ago_is_refused_or_a_repeat(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        List<Parcel> told = paidQuietly(candidate, opened);
        told.forEach(parcel -> assertTaken(Candidate.deliver(parcel)));
        candidate.merchant().awaitPayment(opened.payment(), "paid");
        candidate.awaitQuiet();
        long stored = candidate.stored();

        for (Parcel parcel : told) {
            Map<String, String> young = parcel.headers(Instant.now());
            for (Duration off : List.of(Duration.ofMinutes(-10), Duration.ofMinutes(10))) {
                Map<String, String> headers = parcel.headers(Instant.now().plus(off));
                Http.Answer answer =
                        Candidate.deliver(
                                parcel,
                                parcel.address().toString(),
                                parcel.body(),
                                new LinkedHashMap<>(headers));
                if (headers.equals(young)) {
                    assertTaken(answer);
                } else {
                    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
                }
            }
        }
        candidate.awaitQuiet();

        assertThat(candidate.stored()).isEqualTo(stored);
        assertSound(candidate);
    }

    /** Row 45. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void while_a_secret_is_replaced_both_are_good_and_then_only_the_new_one(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        Parcel told = paidQuietly(candidate, opened).get(0);
        Map<String, String> byTheFirst = Candidate.headers(told);
        String address = told.address().toString();
        if (!candidate.rollSecret(24)) {
            return;
        }

        assertTaken(Candidate.deliver(told, address, told.body(), byTheFirst));
        Candidate.Opened next = candidate.open();
        List<Parcel> since = paidQuietly(candidate, next);
        Parcel later = since.get(0);
        Map<String, String> byTheSecond = Candidate.headers(later);
        assertTaken(Candidate.deliver(later, address, later.body(), byTheSecond));
        since.forEach(parcel -> assertTaken(Candidate.deliver(parcel)));
        candidate.merchant().awaitPayment(next.payment(), "paid");
        candidate.rollSecret(0);
        Candidate.Opened last = candidate.open();
        List<Parcel> now = paidQuietly(candidate, last);

        // What is cached of the secrets is gone within half a minute.
        TestMerchant.await(
                "the old secrets are not good any more",
                () ->
                        Candidate.deliver(later, address, later.body(), byTheSecond).status()
                                + Candidate.deliver(told, address, told.body(), byTheFirst)
                                        .status(),
                status -> status >= 800);
        now.forEach(parcel -> assertTaken(Candidate.deliver(parcel)));
        candidate.merchant().awaitPayment(last.payment(), "paid");
        candidate.awaitQuiet();
        assertThat(candidate.ledgerSums()).isEmpty();
    }

    /** Row 48. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void what_nobody_has_heard_of_is_stored_and_changes_nothing(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        List<Parcel> told = candidate.told(() -> candidate.actor().decline(opened.page()));
        List<Parcel> strange = new ArrayList<>();
        told.forEach(
                parcel -> Altered.of(parcel, Altered.unheardOf(parcel)).ifPresent(strange::add));
        long before = candidate.stored();

        strange.forEach(parcel -> assertTaken(Candidate.deliver(parcel)));
        candidate.awaitTried();

        assertThat(strange).isNotEmpty();
        assertThat(candidate.stored()).isGreaterThan(before);
        assertThat(candidate.status(opened)).isNotIn("paid", "part_paid", "authorized");
        assertThat(candidate.taken()).isZero();
        assertThat(candidate.ledgerSums()).isEmpty();
    }

    /** Row 67: the news is changed on the way, and the signature is as it was. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void bad_news_edited_into_good_news_pays_nothing(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        List<Parcel> told = candidate.told(() -> candidate.actor().decline(opened.page()));
        int edited = 0;
        for (Parcel parcel : told) {
            byte[] better = Altered.bytes(parcel, Altered.goodNews());
            if (!Arrays.equals(better, parcel.body())) {
                edited++;
                Http.Answer answer =
                        Candidate.deliver(
                                parcel,
                                parcel.address().toString(),
                                better,
                                Candidate.headers(parcel));
                assertThat(answer.status()).as(answer.body()).isLessThan(500);
            }
        }
        candidate.awaitQuiet();

        assertThat(edited).as("edited of " + told.size()).isPositive();
        assertThat(candidate.status(opened)).isNotIn("paid", "part_paid", "authorized", "review");
        assertThat(candidate.taken()).isZero();
        told.forEach(parcel -> assertTaken(Candidate.deliver(parcel)));
        candidate.awaitQuiet();
        assertSound(candidate);
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

    /** Row 41. */
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

    /** Rows 47, 51, 52 and 53: signed by the provider, and no less hostile. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void signed_and_broken_is_refused_or_harmless_and_answered_soon(String code) {
        Candidate candidate = Candidate.connect(code);
        Candidate.Opened opened = candidate.open();
        Parcel told = candidate.told(() -> candidate.actor().decline(opened.page())).get(0);
        Map<String, UnaryOperator<String>> changes = new LinkedHashMap<>();
        changes.put("twice", text -> text.startsWith("{") ? doubled(text) : text + "&" + text);
        changes.put("cut", text -> text.substring(0, text.length() / 2));
        changes.put("deep", Altered.with("\"x\":" + "[".repeat(100_000), "x=" + "[".repeat(99)));
        changes.put(
                "long number",
                Altered.with("\"amount\":" + "9".repeat(100_000), "Amount=" + "9".repeat(9_999)));
        changes.put(
                "exponent", Altered.with("\"amount\":1e1000000000", "PaymentAmount=1e1000000000"));
        changes.put("many", Altered.with(manyMembers(), manyParts()));
        changes.put(
                "regular expression",
                Altered.with(
                        "\"x\":\"" + "a".repeat(200_000) + "!\"",
                        "x=" + "a".repeat(200_000) + "!"));
        changes.put("nothing", text -> "");
        changes.put("null", text -> "null");

        changes.forEach(
                (name, change) -> {
                    Parcel parcel = Altered.of(told, change).orElseThrow();
                    long begin = System.nanoTime();
                    Http.Answer answer = Candidate.deliver(parcel);
                    assertThat(answer.status()).as(name + " " + answer.body()).isBetween(200, 499);
                    assertThat(Duration.ofNanos(System.nanoTime() - begin))
                            .as(name)
                            .isLessThan(Duration.ofSeconds(10));
                });
        candidate.awaitTried();

        assertThat(candidate.status(opened)).isNotIn("paid", "part_paid", "authorized", "review");
        assertThat(candidate.taken()).isZero();
        assertThat(candidate.ledgerSums()).isEmpty();
    }

    /** Every member once more, with nothing in it. */
    private static String doubled(String json) {
        java.util.regex.Matcher first =
                java.util.regex.Pattern.compile("\"([A-Za-z_]+)\"\\s*:").matcher(json);
        StringBuilder twice = new StringBuilder("{");
        for (int i = 0; i < 2 && first.find(); i++) {
            twice.append('"').append(first.group(1)).append("\":null,");
        }
        return twice + json.substring(1);
    }

    private static String manyMembers() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 15_000; i++) {
            many.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
        }
        return many.toString();
    }

    private static String manyParts() {
        StringBuilder many = new StringBuilder("k=1");
        for (int i = 0; i < 15_000; i++) {
            many.append("&k").append(i).append("=1");
        }
        return many.toString();
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

    /** Row 50: slow senders at every provider's address, and the others are not held up. */
    @Test
    void slow_senders_are_cut_off_and_hold_nobody_up() throws IOException {
        List<Candidate> candidates = Candidate.codes().map(Candidate::connect).toList();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 25 * candidates.size(); i++) {
                URI address = URI.create(candidates.get(i % candidates.size()).address());
                Socket socket = new Socket("localhost", address.getPort());
                slow.add(socket);
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(start(address, "Content-Length: 5000"));
                socket.getOutputStream().write('{');
            }

            for (Candidate candidate : candidates) {
                candidate.paid();
            }

            for (Socket socket : slow) {
                byte[] said = socket.getInputStream().readNBytes(12);
                assertThat(new String(said, StandardCharsets.US_ASCII)).isIn("HTTP/1.1 408", "");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        for (Candidate candidate : candidates) {
            candidate.awaitQuiet();
            assertSound(candidate);
        }
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

    /** Row 68: the money has left, and the answer that says so is lost. */
    @ParameterizedTest
    @MethodSource(PROVIDERS)
    void a_refund_whose_answer_is_lost_is_made_once(String code) {
        Candidate candidate = Candidate.connect(code);
        if (!candidate.can("refund")) {
            return;
        }
        candidate.actor().webhooks().dropAll(true);
        Candidate.Opened opened = candidate.open();
        candidate.actor().pay(opened.page());
        candidate.askUntil("paid", () -> candidate.status(opened).equals("paid"));
        candidate
                .actor()
                .api()
                .failNext(
                        1, ApiFaults.Failure.of(ApiFaults.Kind.RESET).afterTheEffect().on("POST"));
        String part = candidate.actor().part();

        Http.Answer first = candidate.refund(opened.payment(), part, UUID.randomUUID().toString());
        Http.Answer second = candidate.refund(opened.payment(), part, UUID.randomUUID().toString());

        assertThat(first.status()).as(first.body()).isIn(202, 503);
        candidate.actor().api().reset();
        candidate.askUntil(
                "the refund",
                () -> {
                    longAgo("refund", opened.payment(), "payment_id");
                    return candidate.returned() > 0
                            && candidate.returned() == candidate.books().returned();
                });
        if (first.status() == 202 && first.text("status").equals("unknown")) {
            assertThat(second.status()).as(second.body()).isEqualTo(409);
            assertThat(candidate.books().returned() * 2).isLessThan(candidate.books().taken());
        }
        candidate.awaitQuiet();
        assertSound(candidate);
    }

    /** Row 69: a call that is not answered ends by itself, and holds nothing meanwhile. */
    @Test
    void while_all_providers_are_silent_everything_else_goes_on() throws Exception {
        List<Candidate> candidates = Candidate.codes().map(Candidate::connect).toList();
        List<CompletableFuture<Http.Answer>> asked = new ArrayList<>();
        List<String[]> pages = new ArrayList<>();
        for (Candidate candidate : candidates) {
            String[] page = link(candidate);
            pages.add(page);
            candidate.actor().api().hangBeforeEffect("");
            asked.add(CompletableFuture.supplyAsync(() -> candidate.checkout(page[1])));
        }

        for (Candidate candidate : candidates) {
            TestMerchant.await(
                    candidate.code() + " is asked",
                    () -> candidate.actor().api().held(),
                    held -> held > 0);
        }
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            long begin = System.nanoTime();
            candidate.merchant().visitOf(pages.get(i)[0]);
            candidate.merchant().link(candidate.merchant().visit(candidate.actor().price()));
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("others wait for " + candidate.code())
                    .isLessThan(Duration.ofSeconds(10));
        }
        for (CompletableFuture<Http.Answer> one : asked) {
            Http.Answer answer = one.get(60, TimeUnit.SECONDS);
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        }

        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            candidate.actor().api().reset();
            Candidate.Opened opened =
                    pagesAfterAll(candidate, List.<String[]>of(pages.get(i))).get(0);
            candidate.actor().pay(opened.page());
            candidate.merchant().awaitPayment(opened.payment(), "paid");
            candidate.awaitQuiet();
            assertSound(candidate);
        }
    }
}
