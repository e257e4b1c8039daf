package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.ApiFaults.Failure;

/** One business with two providers at once: the client chooses, and pays once. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SeveralProvidersIT {

    private static final String FIRST = "stripe";
    private static final String SECOND = "tropipay";
    private static final Pattern CHOICE =
            Pattern.compile("<input type=\"radio\" name=\"provider\" value=\"([a-z]+)\"([^>]*)>");

    private final TestMerchant merchant = TestMerchant.make();
    private final Candidate first = Candidate.connect(FIRST, merchant);
    private final String firstId = merchant.integration();
    private final Candidate second = Candidate.connect(SECOND, merchant);

    @AfterEach
    void everything_answers_again() {
        for (Candidate candidate : List.of(first, second)) {
            candidate.actor().api().reset();
            candidate.actor().webhooks().dropAll(false);
        }
    }

    /** So many fail that the provider is left alone for a whole minute. */
    private static final int CLIENTS = 12;

    /** By then a call of ours is over, whatever the provider does. */
    private static final Duration DEADLINE = Duration.ofSeconds(25);

    /** A link, and where its page is. */
    private record Link(String visit, String id, String path) {}

    private Link link() {
        String visit = merchant.visit("25.00");
        JsonObject link = merchant.link(visit);
        String url = Http.text(link, "url");
        return new Link(visit, Http.text(link, "id"), url.substring(url.indexOf("/pay/")));
    }

    private static List<String> offered(Http.Answer page) {
        List<String> codes = new ArrayList<>();
        Matcher found = CHOICE.matcher(page.body());
        while (found.find()) {
            codes.add(found.group(1));
        }
        return codes;
    }

    private static String preselected(Http.Answer page) {
        Matcher found = CHOICE.matcher(page.body());
        while (found.find()) {
            if (found.group(2).contains("checked")) {
                return found.group(1);
            }
        }
        return "";
    }

    private static Http.Answer choose(Link link, String provider) {
        return Visitor.stranger().post(link.path(), Map.of("provider", provider));
    }

    @Test
    void the_client_chooses_in_the_merchants_order_which_two_buttons_change() {
        Link link = link();
        Http.Answer before = Visitor.stranger().get(link.path());
        Visitor owner =
                Visitor.owner(merchant.setupUrl(), "Ana Ruiz", "correct horse battery staple");
        String page = "/admin/integration?id=" + firstId;

        press(owner, page, "Move Stripe down");
        Http.Answer moved = Visitor.stranger().get(link.path());
        press(owner, page, "Move Stripe up");
        Http.Answer back = Visitor.stranger().get(link.path());

        assertThat(offered(before)).containsExactly(FIRST, SECOND);
        assertThat(preselected(before)).isEqualTo(FIRST);
        assertThat(offered(moved)).containsExactly(SECOND, FIRST);
        assertThat(preselected(moved)).isEqualTo(SECOND);
        assertThat(offered(back)).containsExactly(FIRST, SECOND);
        Http.Answer chosen = choose(link, SECOND);
        assertThat(chosen.status()).as(chosen.body()).isEqualTo(303);
        second.actor().pay(chosen.header("Location"));
        TestMerchant.await(
                "paid visit",
                () -> Http.text(merchant.visitOf(link.visit()), "paymentStatus"),
                "paid"::equals);
    }

    private static void press(Visitor owner, String path, String label) {
        Http.Answer page = owner.get(path);
        Matcher button =
                Pattern.compile("<button([^>]*aria-label=\"" + label + "\"[^>]*)>")
                        .matcher(page.body());
        assertThat(button.find()).as(label + " in " + page.body()).isTrue();
        Matcher name = Pattern.compile("name=\"([^\"]+)\"").matcher(button.group(1));
        assertThat(name.find()).isTrue();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("jakarta.faces.ViewState", Visitor.viewState(page));
        Matcher nonce = Pattern.compile("nonce=\"([^\"]+)\"").matcher(page.body());
        assertThat(nonce.find()).isTrue();
        fields.put("primefaces.nonce", nonce.group(1));
        String form = name.group(1).substring(0, name.group(1).indexOf(':'));
        fields.put(form, form);
        fields.put(name.group(1), name.group(1));
        Http.Answer answer = owner.post(path, fields);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void where_one_does_not_answer_the_client_is_told_and_the_next_one_is_offered_first() {
        Link link = link();
        first.actor()
                .api()
                .failNext(3, Failure.of(ApiFaults.Kind.RESET).on("POST /v1/checkout/sessions"));

        Http.Answer told = choose(link, FIRST);
        Http.Answer other = choose(link, SECOND);

        assertThat(told.status()).isEqualTo(503);
        assertThat(told.body()).contains("Stripe does not answer").contains("Nothing was charged");
        assertThat(preselected(told)).isEqualTo(SECOND);
        assertThat(told.body()).contains("Does not answer at the moment");
        assertThat(other.status()).as(other.body()).isEqualTo(303);
        second.actor().pay(other.header("Location"));
        TestMerchant.await(
                "paid visit",
                () -> Http.text(merchant.visitOf(link.visit()), "paymentStatus"),
                "paid"::equals);
        assertThat(merchant.get("/unmatched").json().getAsJsonArray("items")).isEmpty();
    }

    @Test
    void one_that_keeps_failing_is_offered_last_until_it_answers_again() {
        first.actor().api().failNext(60, Failure.status(500).on("POST /v1/checkout/sessions"));
        for (int i = 0; i < 4; i++) {
            choose(link(), FIRST);
        }
        Http.Answer page = Visitor.stranger().get(link().path());

        assertThat(offered(page)).containsExactly(SECOND, FIRST);
        assertThat(preselected(page)).isEqualTo(SECOND);
        first.actor().api().reset();
        TestMerchant.await(
                "the merchant's order again",
                () -> {
                    choose(link(), FIRST);
                    return offered(Visitor.stranger().get(link().path()));
                },
                List.of(FIRST, SECOND)::equals);
    }

    /** What a client was told, and how long that took. */
    private record Told(Http.Answer page, Duration after) {}

    private static Told timed(Link link, String provider) {
        Instant began = Instant.now();
        Http.Answer page = choose(link, provider);
        return new Told(page, Duration.between(began, Instant.now()));
    }

    @Test
    void half_a_minute_of_silence_ends_at_our_deadline_and_keeps_nobody_else_waiting() {
        List<Link> links = Stream.generate(this::link).limit(CLIENTS).toList();
        Instant began = Instant.now();
        first.actor().api().hang("POST /v1/checkout/sessions");

        CompletableFuture<List<Told>> waiting =
                CompletableFuture.supplyAsync(
                        () -> Together.inPool(CLIENTS, CLIENTS, i -> timed(links.get(i), FIRST)));
        TestMerchant.await("held calls", () -> first.actor().api().held(), held -> held == CLIENTS);
        for (String table : List.of("payment", "visit", "payment_link", "integration")) {
            Awaitility.await(table + " unlocked")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> isUnlocked(table));
        }
        Link elsewhere = link();
        second.actor().pay(choose(elsewhere, SECOND).header("Location"));
        TestMerchant.await(
                "a visit paid meanwhile",
                () -> Http.text(merchant.visitOf(elsewhere.visit()), "paymentStatus"),
                "paid"::equals);
        assertThat(first.actor().api().held()).as("still silent").isEqualTo(CLIENTS);
        List<Told> told = waiting.orTimeout(60, TimeUnit.SECONDS).join();
        Link later = link();
        Http.Answer page = Visitor.stranger().get(later.path());
        Told atOnce = timed(later, FIRST);
        // Whom nobody answered pays at the other one.
        Http.Answer other = choose(links.get(0), SECOND);
        assertThat(other.status()).as(other.body()).isEqualTo(303);
        second.actor().pay(other.header("Location"));
        TestMerchant.await(
                "paid visit",
                () -> Http.text(merchant.visitOf(links.get(0).visit()), "paymentStatus"),
                "paid"::equals);
        Awaitility.await("half a minute")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Instant.now().isAfter(began.plusSeconds(30)));
        first.actor().api().release();

        assertThat(told)
                .allSatisfy(
                        each -> {
                            assertThat(each.page().status()).isEqualTo(503);
                            assertThat(each.after()).isBetween(DEADLINE, DEADLINE.plusSeconds(15));
                            assertThat(preselected(each.page())).isEqualTo(SECOND);
                        });
        assertThat(offered(page)).containsExactly(SECOND, FIRST);
        assertThat(atOnce.page().status()).isEqualTo(503);
        assertThat(atOnce.after()).isLessThan(Duration.ofSeconds(10));
        assertThat(unanswered()).isEqualTo(CLIENTS);
    }

    private long unanswered() {
        return Rows.number(
                "SELECT COUNT(*) FROM payment WHERE merchant_id = ? AND unknown_what IS NOT NULL",
                Rows.id(merchant.id()));
    }

    private boolean isUnlocked(String table) {
        try (Connection connection = TestWorld.owner();
                PreparedStatement query =
                        Rows.prepare(
                                connection,
                                "SELECT id FROM "
                                        + table
                                        + " WHERE merchant_id = ? FOR UPDATE NOWAIT",
                                Rows.id(merchant.id()))) {
            connection.setAutoCommit(false);
            query.executeQuery();
            connection.rollback();
            return true;
        } catch (SQLException locked) {
            return false;
        }
    }

    @Test
    void opening_a_page_at_the_other_provider_closes_the_first_one() {
        Link link = link();
        Http.Answer one = choose(link, FIRST);
        Http.Answer two = choose(link, SECOND);

        assertThat(two.status()).as(two.body()).isEqualTo(303);
        assertThatThrownBy(() -> first.actor().pay(one.header("Location")))
                .isInstanceOf(IllegalArgumentException.class);
        second.actor().pay(two.header("Location"));
        TestMerchant.await(
                "paid visit",
                () -> Http.text(merchant.visitOf(link.visit()), "paymentStatus"),
                "paid"::equals);
        assertThat(first.books().taken() + second.books().taken()).isEqualTo(2_500);
    }

    /** Tropipay takes a page out of its lists, but lets whoever has its address pay there. */
    @Test
    void a_page_that_its_provider_cannot_close_is_paid_into_suspense() {
        Link link = link();
        Http.Answer old = choose(link, SECOND);
        Http.Answer last = choose(link, FIRST);
        assertThat(last.status()).as(last.body()).isEqualTo(303);
        first.actor().pay(last.header("Location"));
        TestMerchant.await(
                "paid visit",
                () -> Http.text(merchant.visitOf(link.visit()), "paymentStatus"),
                "paid"::equals);

        second.actor().pay(old.header("Location"));

        TestMerchant.await(
                "money for a person",
                () -> merchant.get("/unmatched").json().getAsJsonArray("items").size(),
                size -> size == 1);
        assertThat(Http.text(merchant.visitOf(link.visit()), "paid.amount")).isEqualTo("25.00");
        assertThat(merchant.balances()).containsEntry("suspense", "-25.00");
        assertThat(first.ledgerSums()).isEmpty();
    }

    /** The same with nobody told of it: the provider's own list of the day has it. */
    @Test
    void money_on_a_page_that_was_deleted_is_found_on_the_list_of_the_day() {
        Link link = link();
        Http.Answer old = choose(link, SECOND);
        Http.Answer last = choose(link, FIRST);
        first.actor().pay(last.header("Location"));
        awaitPaid(link);
        second.actor().webhooks().dropAll(true);
        second.actor().pay(old.header("Location"));

        JsonObject day =
                ComparedDays.of(merchant).compare(merchant.integration(), ComparedDays.today());

        assertThat(Http.text(day, "status")).as(day.toString()).isEqualTo("done");
        assertThat(day.get("fetched").getAsInt()).as(day.toString()).isPositive();
        assertThat(merchant.get("/unmatched").json().getAsJsonArray("items")).hasSize(1);
        assertThat(Http.text(merchant.visitOf(link.visit()), "paid.amount")).isEqualTo("25.00");
        assertThat(second.taken()).isEqualTo(second.books().taken()).isEqualTo(2_500);
        assertThat(merchant.balances()).containsEntry("suspense", "-25.00");
        assertThat(first.ledgerSums()).isEmpty();
    }

    /** Deleted, and nothing else was paid: then it is what the visit waits for. */
    @Test
    void money_on_a_page_that_was_deleted_pays_the_visit_that_still_wants_it() {
        Link link = link();
        Http.Answer old = choose(link, SECOND);
        Http.Answer last = choose(link, FIRST);
        second.actor().pay(old.header("Location"));
        awaitPaid(link);

        Http.Answer again = choose(link, FIRST);

        assertThat(again.status()).as(again.body()).isNotEqualTo(303);
        assertThat(merchant.get("/unmatched").json().getAsJsonArray("items")).isEmpty();
        first.actor().pay(last.header("Location"));
        TestMerchant.await(
                "the second payment for a person",
                () -> merchant.get("/unmatched").json().getAsJsonArray("items").size(),
                size -> size == 1);
        assertThat(Http.text(merchant.visitOf(link.visit()), "paid.amount")).isEqualTo("25.00");
        assertThat(first.ledgerSums()).isEmpty();
    }

    @Test
    void a_page_whose_provider_is_away_keeps_nobody_from_the_other_and_is_closed_later() {
        Link link = link();
        Http.Answer one = choose(link, FIRST);
        first.actor().api().failNext(1_000, Failure.of(ApiFaults.Kind.RESET));

        Http.Answer two = choose(link, SECOND);
        Http.Answer back = choose(link, FIRST);

        assertThat(one.status()).isEqualTo(303);
        assertThat(two.status()).as(two.body()).isEqualTo(303);
        assertThat(back.status()).as(back.body()).isEqualTo(503);
        first.actor().api().reset();
        first.askUntil(
                "the first page is closed",
                () -> Http.text(paymentAt(link, FIRST), "status").equals("expired"));
        assertThatThrownBy(() -> first.actor().pay(one.header("Location")))
                .isInstanceOf(IllegalArgumentException.class);
        Http.Answer same = choose(link, SECOND);
        second.actor().pay(same.header("Location"));
        awaitPaid(link);
        assertThat(first.books().taken()).isZero();
        assertThat(merchant.get("/unmatched").json().getAsJsonArray("items")).isEmpty();
    }

    private JsonObject paymentAt(Link link, String provider) {
        for (var item : merchant.visitOf(link.visit()).getAsJsonArray("payments")) {
            JsonObject payment = item.getAsJsonObject();
            if (Http.text(payment, "provider").equals(provider)) {
                return payment;
            }
        }
        throw new AssertionError("no payment at " + provider);
    }

    private void awaitPaid(Link link) {
        TestMerchant.await(
                "paid visit",
                () -> Http.text(merchant.visitOf(link.visit()), "paymentStatus"),
                "paid"::equals);
    }

    @Test
    void who_paid_at_one_before_its_webhook_came_is_not_sent_to_the_other() {
        Link link = link();
        Http.Answer one = choose(link, FIRST);
        first.actor().webhooks().dropAll(true);
        first.actor().pay(one.header("Location"));

        Http.Answer two = choose(link, SECOND);

        assertThat(two.status()).as(two.body()).isNotEqualTo(303);
        assertThat(second.books().taken()).isZero();
    }

    @Test
    void a_second_payment_for_a_paid_visit_is_held_for_a_person() {
        Link link = link();
        Http.Answer one = choose(link, FIRST);
        Http.Answer two = choose(link, SECOND);
        assertThat(one.status()).isEqualTo(303);
        second.actor().pay(two.header("Location"));
        TestMerchant.await(
                "paid visit",
                () -> Http.text(merchant.visitOf(link.visit()), "paymentStatus"),
                "paid"::equals);
        String late = "";
        for (var item : merchant.visitOf(link.visit()).getAsJsonArray("payments")) {
            JsonObject payment = item.getAsJsonObject();
            if (Http.text(payment, "provider").equals(FIRST)) {
                late = Http.text(payment, "id");
            }
        }
        StripeSender sender = StripeSender.to(merchant.connected(firstId));

        // The page could not be paid any more; the money comes all the same.
        sender.deliver(
                StripeSender.event(
                        "evt_" + StripeSender.fresh(),
                        "charge.succeeded",
                        StripeSender.charge(late, 2_500, "eur", StripeSender.fresh())));
        merchant.awaitPayment(late, "review");

        assertThat(Http.text(merchant.visitOf(link.visit()), "paid.amount")).isEqualTo("25.00");
        assertThat(Http.text(merchant.visitOf(link.visit()), "paymentStatus")).isEqualTo("review");
        assertThat(merchant.get("/unmatched").json().getAsJsonArray("items")).hasSize(1);
        assertThat(merchant.balances()).containsEntry("suspense", "-25.00");
        assertThat(first.ledgerSums()).isEmpty();
        Invariants.hold();
    }
}
