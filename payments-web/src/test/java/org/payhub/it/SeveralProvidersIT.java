package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
