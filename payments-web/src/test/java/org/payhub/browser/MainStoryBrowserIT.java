package org.payhub.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.simulator.stripe.StripeAccount;

/** From the invitation to the exported file, by mouse and keyboard only. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class MainStoryBrowserIT {

    private static final String STRIPE = "Stripe";
    private static final String CARD = "4242424242424242";
    private static final List<String> EXACT =
            List.of(
                    "reporting_category",
                    "gross",
                    "fee",
                    "net",
                    "currency",
                    "provider",
                    "livemode",
                    "services",
                    "card_brand",
                    "card_last4");
    private static final Path FOLDER = Path.of("target", "screenshots");

    private static Chromium chromium;

    private final Shots shots = new Shots(FOLDER);

    @BeforeAll
    static void startChromium() {
        chromium = new Chromium();
        // A loaded machine is slow, and a poll comes every few seconds.
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @AfterAll
    static void stopChromium() {
        chromium.close();
    }

    @AfterEach
    void letTheSimulatorGo() {
        TestWorld.simulator().stripe().api().readsFail(false);
        TestWorld.simulator().stripe().webhooks().release(1);
    }

    @Test
    void an_owner_connects_stripe_is_paid_refunds_a_part_and_exports_both() {
        Owner owner = new Owner(TestMerchant.make());
        StripeAccount account =
                TestWorld.simulator().stripe().addAccount("Estudio Alba", "ES", "eur");
        try (Visitor visitor = Visitor.at(chromium)) {
            shots.during(
                    visitor.page(),
                    () -> {
                        begin(visitor, owner);
                        connect(visitor, account);
                        prove(visitor);
                        makeVisit(visitor);
                        String link = makeLink(visitor);
                        String providersPage = pressPayWithoutScripts(link);
                        pay(visitor, providersPage);
                        refund(visitor);
                        export(visitor);
                    });
        } finally {
            shots.sheet(chromium);
        }
    }

    private void begin(Visitor visitor, Owner owner) {
        Page page = visitor.page();
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

    private void connect(Visitor visitor, StripeAccount account) {
        Page page = visitor.page();
        visitor.link("home.first.button").first().click();
        assertThat(visitor.heading("marketplace.title")).isVisible();
        Locator card = card(page);
        assertThat(card).containsText(Words.of("state.integration.not_connected"));
        page.getByLabel(Words.of("marketplace.search"), exactly()).fill("visa");
        page.waitForURL("**q=visa*");
        assertThat(card).isVisible();
        shots.takeBoth(page, "marketplace");
        card.getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions()
                                .setName(Words.of("marketplace.connect") + " " + STRIPE))
                .click();

        assertThat(visitor.heading("connect.about.title", STRIPE)).isVisible();
        shots.take(page, "connect what it does");
        visitor.button("connect.about.next").click();

        assertThat(visitor.heading("provider.stripe.keys.title")).isVisible();
        page.getByLabel(Words.of("provider.stripe.field.publishable_key.label"))
                .fill(account.keys(false).publishable());
        Locator secret = page.getByLabel(Words.of("provider.stripe.field.secret_key.label"));
        secret.fill(account.keys(false).secret());
        secret.blur();
        assertThat(page.getByText(Words.of("connect.keys.rights.all"))).isVisible();
        shots.takeBoth(page, "connect keys checked");
        visitor.button("connect.keys.next").click();

        assertThat(visitor.heading("connect.hook.title.ours", STRIPE)).isVisible();
        assertThat(page.getByText(Words.of("connect.hook.first"), exactText())).isVisible();
        shots.take(page, "connect notifications");
        visitor.nothingWrong();
        // All keys are right, and still nothing is green: no signed event was seen.
        assertStatus(visitor.context(), "state.integration.action_needed", "not green yet");
        visitor.button("connect.hook.next").click();
    }

    private void prove(Visitor visitor) {
        Page page = visitor.page();
        assertThat(visitor.heading("proof.title")).isVisible();
        Locator toStripe = visitor.link("proof.open", STRIPE);
        assertThat(toStripe).isVisible();
        shots.takeBoth(page, "proof ready");
        TestWorld.simulator().stripe().webhooks().hold();
        Page hosted = visitor.context().waitForPage(toStripe::click);
        cardNumber(hosted).fill(CARD);
        shots.take(hosted, "proof at the simulator");
        hosted.locator("button.go").click();
        hosted.waitForURL(Pattern.compile(Pattern.quote(TestWorld.baseUri().toString()) + ".*"));
        shots.take(hosted, "proof came back");
        hosted.close();
        // Paid, but nobody has said so with a signature.
        assertStatus(visitor.context(), "state.integration.action_needed", "paid not signed");
        TestWorld.simulator().stripe().webhooks().release(1);

        assertThat(page.getByText(Words.of("proof.passed"), exactText())).isVisible();
        shots.takeBoth(page, "proof passed");
        visitor.nothingWrong();
        assertStatus(visitor.context(), "state.integration.test", "test mode");
        visitor.button("connect.proof.next").click();
        assertThat(visitor.heading("done.test", STRIPE)).isVisible();
        shots.takeBoth(page, "connected");
        visitor.button("done.manage").click();
        assertThat(page.getByText(Words.of("state.integration.test")).first()).isVisible();
        page.waitForURL("**/admin/integration**");
        shots.takeBoth(page, "integration");
        visitor.nothingWrong();
    }

    /** What the marketplace's card says, in a tab of its own. */
    private void assertStatus(BrowserContext context, String state, String what) {
        try (Page market = context.newPage()) {
            market.setViewportSize(Visitor.WIDE, 900);
            market.navigate("/admin/marketplace");
            assertThat(card(market)).containsText(Words.of(state));
            shots.take(market, "marketplace " + what);
        }
    }

    private static Locator card(Page page) {
        return page.getByRole(
                AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(STRIPE).setExact(true));
    }

    private void makeVisit(Visitor visitor) {
        Page page = visitor.page();
        visitor.open("/admin/visits");
        shots.takeBoth(page, "no visits yet");
        visitor.link("visits.new").first().click();
        page.getByLabel(Words.of("newvisit.name"), exactly()).fill("Ana Torres");
        // The bar above has a field for phone numbers too.
        page.getByRole(AriaRole.MAIN)
                .getByLabel(Words.of("newvisit.phone"))
                .fill("+34 600 123 456");
        page.getByLabel(Words.of("newvisit.day"), exactly())
                .fill(LocalDate.now(ZoneId.of("Europe/Madrid")).plusDays(1).toString());
        page.getByLabel(Words.of("newvisit.start"), exactly()).fill("10:00");
        page.getByLabel(Words.of("newvisit.end"), exactly()).fill("11:00");
        page.getByLabel(Words.of("newvisit.line"), exactly()).fill("Cut and colour");
        page.getByLabel(Words.of("newvisit.price") + ", EUR").fill("60.00");
        page.getByLabel(Words.of("newvisit.price") + ", EUR").blur();
        assertThat(page.getByText("60.00 €")).isVisible();
        shots.takeBoth(page, "new visit");
        visitor.button("newvisit.save").click();
        assertThat(
                        page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName("Ana Torres")))
                .isVisible();
        shots.take(page, "visit");
        visitor.nothingWrong();
    }

    private String makeLink(Visitor visitor) {
        Page page = visitor.page();
        visitor.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        visitor.button("visit.link").click();
        Locator dialog = dialog(page, "link.title");
        assertThat(dialog.getByLabel(Words.of("link.made"), exactlyIn())).isVisible();
        String url = dialog.getByLabel(Words.of("link.made"), exactlyIn()).inputValue();
        assertThat(page.getByText(Words.of("visit.copied"))).isVisible();
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(url);
        assertThat(
                        dialog.getByRole(
                                AriaRole.IMG,
                                new Locator.GetByRoleOptions().setName(Words.of("link.qr"))))
                .isVisible();
        assertThat(url).startsWith(TestWorld.baseUri() + "/pay/");
        shots.takeBoth(page, "payment link copied");
        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();
        visitor.nothingWrong();
        return url;
    }

    /** Somebody else's phone, without login and without scripts; answers the provider's page. */
    private String pressPayWithoutScripts(String link) {
        try (Visitor client = Visitor.onPhone(chromium, false)) {
            Page page = client.page();
            page.navigate(link);
            assertThat(page.getByText("Cut and colour").first()).isVisible();
            assertThat(page.getByText("60.00 €").first()).isVisible();
            shots.take(page, "pay page without scripts");
            client.nothingWrong();
            client.button("pay.button", "60.00 €").click();
            page.waitForURL(TestWorld.simulator().baseUrl() + "/**");
            return page.url();
        }
    }

    private void pay(Visitor visitor, String providersPage) {
        try (Visitor client = Visitor.onPhone(chromium, true)) {
            shots.during(client.page(), () -> payAtTheSimulator(visitor, client, providersPage));
        }
        Page page = visitor.page();
        page.reload();
        assertThat(badge(page, "state.visit.paid").first()).isVisible();
        shots.takeBoth(page, "visit paid");
        visitor.open("/admin/payments");
        assertThat(row(page)).containsText("60.00");
        assertThat(row(page)).containsText(Words.of("state.payment.paid"));
        shots.takeBoth(page, "finance");
        row(page).getByRole(AriaRole.LINK).first().click();
        assertThat(visitor.heading("payments.where")).isVisible();
        shots.takeBoth(page, "finance payment");
        visitor.nothingWrong();
    }

    private void payAtTheSimulator(Visitor visitor, Visitor client, String providersPage) {
        Page page = client.page();
        page.navigate(providersPage);
        shots.take(page, "at the simulator");
        // Neither told nor able to ask: the browser's return alone is not believed.
        TestWorld.simulator().stripe().webhooks().hold();
        TestWorld.simulator().stripe().api().readsFail(true);
        cardNumber(page).fill(CARD);
        page.locator("button.go").click();
        assertThat(client.heading("pay.pending.title", STRIPE)).isVisible();
        shots.take(page, "confirming");
        visitor.page().reload();
        assertThat(badge(visitor.page(), "state.visit.paid")).hasCount(0);
        shots.take(visitor.page(), "visit while confirming");
        TestWorld.simulator().stripe().api().readsFail(false);
        TestWorld.simulator().stripe().webhooks().release(1);
        assertThat(client.heading("pay.paid.title", "10:00")).isVisible();
        shots.take(page, "client sees paid");
        client.nothingWrong();
    }

    private void refund(Visitor visitor) {
        Page page = visitor.page();
        visitor.button("visit.refund").click();
        Locator dialog = Visitor.focused(dialog(page, "refund.title"));
        dialog.getByRole(AriaRole.TEXTBOX, exactlyNamed("refund.amount")).fill("15.50");
        dialog.getByLabel(Words.of("refund.reason.client_cancelled")).check();
        shots.takeBoth(page, "refund");
        dialog.locator("[id='refundForm:issue']").click();
        assertThat(page.getByText(Words.of("refund.asked"), exactText())).isVisible();
        assertThat(dialog).isHidden();
        shots.take(page, "refund asked for");
        visitor.open("/admin/payments");
        assertThat(row(page)).isVisible();
        TestMerchant.await(
                "the refund's confirmation",
                () -> {
                    page.reload();
                    return row(page).innerText();
                },
                text -> text.contains(Words.of("state.payment.part_refunded")));
        shots.takeBoth(page, "finance refunded");
        row(page).getByRole(AriaRole.LINK).first().click();
        visitor.link("payments.visit").click();
        assertThat(badge(page, "state.visit.part_refunded").first()).isVisible();
        assertThat(page.getByText("15.50 €").first()).isVisible();
        shots.takeBoth(page, "visit refunded");
        visitor.open("/admin/webhooks");
        shots.takeBoth(page, "webhook inbox");
        visitor.nothingWrong();
    }

    private void export(Visitor visitor) {
        Page page = visitor.page();
        visitor.open("/admin/payments");
        Download file = page.waitForDownload(() -> visitor.link("payments.export").click());
        Path saved = FOLDER.resolve("balance_itemised.csv");
        file.saveAs(saved);
        List<Map<String, String>> hers =
                rows(saved).stream()
                        .filter(row -> row.get("client_name").equals("Ana Torres"))
                        .toList();
        assertThat(hers)
                .extracting(row -> EXACT.stream().map(row::get).toList())
                .containsExactly(
                        List.of(
                                "charge",
                                "60.00",
                                "1.15",
                                "58.85",
                                "EUR",
                                "stripe",
                                "false",
                                "Cut and colour",
                                "visa",
                                "4242"),
                        List.of(
                                "refund",
                                "-15.50",
                                "0.00",
                                "-15.50",
                                "EUR",
                                "stripe",
                                "false",
                                "Cut and colour",
                                "visa",
                                "4242"));
        assertThat(hers)
                .extracting(row -> row.get("payment_id"))
                .containsOnly(hers.get(0).get("payment_id"));
        assertThat(hers)
                .extracting(row -> row.get("visit_id"))
                .containsOnly(hers.get(0).get("visit_id"));
        assertThat(hers.get(0).get("refund_id")).isEmpty();
        assertThat(hers.get(1).get("refund_id")).startsWith("re_");
        visitor.nothingWrong();
    }

    /**
     * The file's rows by the names of its columns; no text of this story needs a quotation mark.
     */
    private static List<Map<String, String>> rows(Path file) {
        List<String> lines = lines(file);
        String[] names = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertThat(cells).as(line).hasSameSizeAs(names);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Locator cardNumber(Page simulators) {
        return simulators.getByRole(
                AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Card number"));
    }

    private static Locator row(Page page) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Ana"));
    }

    private static Locator badge(Page page, String key) {
        return page.locator("h1 ~ .ph-badge")
                .filter(new Locator.FilterOptions().setHasText(Words.of(key)));
    }

    private static Locator dialog(Page page, String title) {
        return page.getByRole(
                AriaRole.DIALOG, new Page.GetByRoleOptions().setName(Words.of(title)));
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static Locator.GetByLabelOptions exactlyIn() {
        return new Locator.GetByLabelOptions().setExact(true);
    }

    private static Page.GetByTextOptions exactText() {
        return new Page.GetByTextOptions().setExact(true);
    }

    private static Locator.GetByRoleOptions exactlyNamed(String key) {
        return new Locator.GetByRoleOptions().setName(Words.of(key)).setExact(true);
    }
}
