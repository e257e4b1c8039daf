package org.payhub.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.simulator.stripe.StripeAccount;
import org.payhub.simulator.stripe.StripeSimulator;

/** From the invitation to the exported file, by mouse and keyboard only. */
class MainStoryBrowserIT extends ProviderStory {

    private static final String STRIPE = "Stripe";
    private static final String CARD = "4242424242424242";
    private static final String ANA = "Ana Torres";

    MainStoryBrowserIT() {
        super("stripe", STRIPE, Path.of("target", "screenshots"));
    }

    private static StripeSimulator simulator() {
        return TestWorld.simulator().stripe();
    }

    @AfterEach
    void letTheSimulatorGo() {
        simulator().api().readsFail(false);
        simulator().webhooks().release(1);
    }

    @Test
    void an_owner_connects_stripe_is_paid_refunds_a_part_and_exports_both() {
        Owner owner = new Owner(TestMerchant.make());
        StripeAccount account = simulator().addAccount("Estudio Alba", "ES", "eur");
        walk(
                () -> {
                    begin(owner);
                    connect(account);
                    prove();
                    makeVisit(new NewVisit(ANA, "+34 600 123 456", "Cut and colour", "60.00"));
                    String link = makeLink();
                    pay(pressPayWithoutScripts(link));
                    lookAtFinance();
                    refundPart();
                    lookAtInbox();
                    bothAreIn(export());
                });
    }

    private void begin(Owner owner) {
        page.navigate(owner.merchant().setupUrl());
        shots.takeBoth(page, "set up");
        page.getByLabel(Words.of("setup.name")).fill(Owner.NAME);
        page.getByLabel(Words.of("setup.password")).fill(Owner.PASSWORD);
        visitor.button("setup.join.button").click();
        assertThat(visitor.heading("home.first.title")).isVisible();
        shots.takeBoth(page, "first home");
        visitor.nothingWrong();

        visitor.context().clearCookies();
        visitor.open("/admin/home");
        assertThat(visitor.heading("login.title")).isVisible();
        shots.takeBoth(page, "login");
        visitor.logIn(owner);
        visitor.nothingWrong();
    }

    private void connect(StripeAccount account) {
        visitor.link("home.first.button").first().click();
        assertThat(visitor.heading("marketplace.title")).isVisible();
        assertThat(card(page)).containsText(Words.of("state.integration.not_connected"));
        page.getByLabel(Words.of("marketplace.search"), exactly()).fill("visa");
        page.waitForURL("**q=visa*");
        assertThat(card(page)).isVisible();
        shots.takeBoth(page, "marketplace");
        choose();
        visitor.button("connect.about.next").click();
        enterKeys(
                new Key("publishable_key", account.keys(false).publishable()),
                new Key("secret_key", account.keys(false).secret()));

        assertThat(visitor.heading("connect.hook.title.ours", STRIPE)).isVisible();
        assertThat(page.getByText(Words.of("connect.hook.first"), exactText())).isVisible();
        shots.take(page, "connect notifications");
        visitor.nothingWrong();
        // All keys are right, and still nothing is green: no signed event was seen.
        marketplaceSays("state.integration.action_needed", "not green yet");
        visitor.button("connect.hook.next").click();
    }

    private void prove() {
        simulator().webhooks().hold();
        payProof(CARD);
        // Paid, but nobody has said so with a signature.
        marketplaceSays("state.integration.action_needed", "paid not signed");
        simulator().webhooks().release(1);

        proofIsPassed();
        marketplaceSays("state.integration.test", "test mode");
        leaveWizard();
    }

    /** What the marketplace's card says, in a tab of its own. */
    private void marketplaceSays(String state, String what) {
        try (Page market = visitor.context().newPage()) {
            market.setViewportSize(Visitor.WIDE, 900);
            market.navigate("/admin/marketplace");
            assertThat(card(market)).containsText(Words.of(state));
            shots.take(market, "marketplace " + what);
        }
    }

    /** Answers the provider's page. */
    private String pressPayWithoutScripts(String link) {
        StringBuilder providersPage = new StringBuilder();
        onPhone(
                false,
                client -> {
                    goPay(client, link, "60.00 €", "Cut and colour", "60.00 €");
                    providersPage.append(client.page().url());
                });
        return providersPage.toString();
    }

    private void pay(String providersPage) {
        onPhone(
                true,
                client -> {
                    client.page().navigate(providersPage);
                    // Neither told nor able to ask: the browser's return alone is not believed.
                    simulator().webhooks().hold();
                    simulator().api().readsFail(true);
                    payByCard(client.page(), CARD, "card at the simulator");
                    assertThat(client.heading("pay.pending.title", STRIPE)).isVisible();
                    shots.take(client.page(), "confirming");
                    page.reload();
                    assertThat(badge("state.visit.paid")).hasCount(0);
                    shots.take(page, "visit while confirming");
                    simulator().api().readsFail(false);
                    simulator().webhooks().release(1);
                    seesPaid(client, "10:00");
                });
        visitIsPaid();
    }

    private void lookAtFinance() {
        visitor.open("/admin/payments");
        assertThat(row()).containsText("60.00");
        assertThat(row()).containsText(Words.of("state.payment.paid"));
        shots.takeBoth(page, "finance paid");
        row().getByRole(AriaRole.LINK).first().click();
        assertThat(visitor.heading("payments.where")).isVisible();
        shots.takeBoth(page, "finance payment");
        visitor.nothingWrong();
    }

    private void refundPart() {
        refund("15.50");
        visitor.open("/admin/payments");
        assertThat(row()).isVisible();
        reloadUntil(row(), "state.payment.part_refunded");
        shots.takeBoth(page, "finance refunded");
        row().getByRole(AriaRole.LINK).first().click();
        visitor.link("payments.visit").click();
        assertThat(badge("state.visit.part_refunded").first()).isVisible();
        assertThat(page.getByText("15.50 €").first()).isVisible();
        shots.takeBoth(page, "visit refunded");
    }

    private void bothAreIn(ItemisedFile file) {
        ItemisedFile hers = file.of(ANA);
        assertThat(hers.columns("reporting_category", "gross", "fee", "net", "currency"))
                .containsExactly(
                        List.of("charge", "60.00", "1.15", "58.85", "EUR"),
                        List.of("refund", "-15.50", "0.00", "-15.50", "EUR"));
        assertThat(hers.columns("provider", "livemode", "services", "card_brand", "card_last4"))
                .containsOnly(List.of("stripe", "false", "Cut and colour", "visa", "4242"));
        for (String same : List.of("payment_id", "visit_id")) {
            assertThat(hers.column(same)).containsOnly(hers.column(same).get(0));
        }
        assertThat(hers.column("refund_id").get(0)).isEmpty();
        assertThat(hers.column("refund_id").get(1)).startsWith("re_");
    }

    private Locator row() {
        return page.getByRole(AriaRole.ROW).filter(having("Ana"));
    }
}
