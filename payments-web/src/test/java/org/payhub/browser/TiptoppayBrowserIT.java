package org.payhub.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.simulator.tiptoppay.TiptoppaySimulator;
import org.payhub.simulator.tiptoppay.TiptoppaySite;

/** A business in Almaty connects TipTop Pay, is paid, returns a part and exports both. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TiptoppayBrowserIT {

    private static final String NAME = "TipTop Pay";
    private static final String CARD = "4000 0000 0000 3055";
    private static final Path FOLDER = Path.of("target", "screenshots-tiptoppay");

    private static Chromium chromium;

    private final Shots shots = new Shots(FOLDER);
    private TiptoppaySite site;
    private String integration;

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

    private static TiptoppaySimulator simulator() {
        return TestWorld.simulator().provider(TiptoppaySimulator.class);
    }

    @Test
    void an_owner_connects_tiptop_pay_is_paid_refunds_a_part_and_exports_both() {
        TestMerchant merchant = TestMerchant.make("KZT", "Asia/Almaty");
        site = simulator().addSite("Алма Studio", "KZT");
        try (Visitor visitor = Visitor.at(chromium)) {
            shots.during(
                    visitor.page(),
                    () -> {
                        visitor.logIn(Owner.ready(merchant));
                        connect(visitor);
                        setCheckByHand(visitor);
                        prove(visitor);
                        String visit = merchant.visit("12500.00");
                        String link = merchant.link(visit).get("url").getAsString();
                        pay(link);
                        refund(visitor, visit);
                        export(visitor);
                        lookAtLeaving(visitor);
                    });
        } finally {
            shots.sheet(chromium);
        }
    }

    private void connect(Visitor visitor) {
        Page page = visitor.page();
        visitor.open("/admin/marketplace");
        page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(NAME).setExact(true))
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions()
                                .setName(Words.of("marketplace.connect") + " " + NAME))
                .click();
        assertThat(visitor.heading("connect.about.title", NAME)).isVisible();
        shots.take(page, "connect what it does");
        visitor.button("connect.about.next").click();

        assertThat(visitor.heading("provider.tiptoppay.keys.title")).isVisible();
        page.getByLabel(Words.of("provider.tiptoppay.field.public_id.label")).fill(site.publicId());
        Locator secret = page.getByLabel(Words.of("provider.tiptoppay.field.api_secret.label"));
        secret.fill(site.apiSecret());
        secret.blur();
        assertThat(page.getByText(Words.of("connect.keys.rights.all"))).isVisible();
        shots.takeBoth(page, "connect keys checked");
        visitor.nothingWrong();
        visitor.button("connect.keys.next").click();
        assertThat(visitor.heading("connect.hook.title.ours", NAME)).isVisible();
    }

    /** The one step that the provider leaves to the merchant, taken in its cabinet. */
    private void setCheckByHand(Visitor visitor) {
        Page page = visitor.page();
        assertThat(visitor.heading("connect.hand.left", NAME)).isVisible();
        String address = page.getByLabel(Words.of("connect.hand.only", "check")).inputValue();
        shots.takeBoth(page, "one step is left");
        visitor.nothingWrong();
        try (Page cabinet = visitor.context().newPage()) {
            cabinet.navigate(
                    TestWorld.simulator().baseUrl() + "/cabinet/tiptoppay/" + site.publicId());
            Locator check = cabinet.locator("form[data-type=check]");
            check.locator("input[name=enabled]").check();
            check.locator("input[name=address]").fill(address);
            check.locator("button").click();
            assertThat(cabinet.getByRole(AriaRole.STATUS)).containsText("Check");
            shots.take(cabinet, "check set in the cabinet");
        }
        visitor.button("connect.hand.look").click();
        assertThat(visitor.heading("connect.hand.left", NAME)).hasCount(0);
        shots.takeBoth(page, "notifications set");
        visitor.button("connect.hook.next").click();
    }

    private void prove(Visitor visitor) {
        Page page = visitor.page();
        assertThat(visitor.heading("proof.title")).isVisible();
        Locator toProvider = visitor.link("proof.open", NAME);
        assertThat(toProvider).isVisible();
        shots.takeBoth(page, "proof ready");
        Page hosted = visitor.context().waitForPage(toProvider::click);
        payWithCard(hosted, "proof at the simulator");
        hosted.close();
        assertThat(page.getByText(Words.of("proof.passed"), exactText())).isVisible();
        shots.takeBoth(page, "proof passed");
        visitor.nothingWrong();
        visitor.button("connect.proof.next").click();
        assertThat(visitor.heading("done.test", NAME)).isVisible();
        visitor.button("done.manage").click();
        page.waitForURL("**/admin/integration**");
        integration = page.url();
        assertThat(page.getByText(Words.of("state.integration.test")).first()).isVisible();
        shots.takeBoth(page, "integration");
        visitor.nothingWrong();
    }

    private void payWithCard(Page hosted, String what) {
        hosted.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Card number"))
                .fill(CARD);
        shots.take(hosted, what);
        hosted.locator("button.go").click();
        hosted.waitForURL(Pattern.compile(Pattern.quote(TestWorld.baseUri().toString()) + ".*"));
    }

    private void pay(String link) {
        try (Visitor client = Visitor.onPhone(chromium, true)) {
            Page page = client.page();
            page.navigate(link);
            assertThat(page.getByText("Haircut").first()).isVisible();
            shots.take(page, "pay page");
            client.nothingWrong();
            page.getByRole(AriaRole.MAIN).getByRole(AriaRole.BUTTON).first().click();
            page.waitForURL(TestWorld.simulator().baseUrl() + "/**");
            payWithCard(page, "at the simulator");
            assertThat(page.getByText(paid()).first()).isVisible();
            shots.take(page, "client sees paid");
            client.nothingWrong();
        }
    }

    private static String paid() {
        String title = Words.of("pay.paid.title", "~");
        return title.substring(0, title.indexOf('~')).strip();
    }

    private void refund(Visitor visitor, String visit) {
        Page page = visitor.page();
        visitor.open("/admin/visit?id=" + visit);
        assertThat(badge(page, "state.visit.paid").first()).isVisible();
        shots.takeBoth(page, "visit paid");
        visitor.button("visit.refund").first().click();
        Locator dialog =
                page.getByRole(
                        AriaRole.DIALOG,
                        new Page.GetByRoleOptions().setName(Words.of("refund.title")));
        Visitor.focused(dialog);
        dialog.getByRole(
                        AriaRole.TEXTBOX,
                        new Locator.GetByRoleOptions()
                                .setName(Words.of("refund.amount"))
                                .setExact(true))
                .fill("2500.00");
        dialog.getByLabel(Words.of("refund.reason.client_cancelled")).check();
        shots.takeBoth(page, "refund");
        dialog.locator("[id='refundForm:issue']").click();
        assertThat(page.getByText(Words.of("refund.asked"), exactText())).isVisible();
        TestMerchant.await(
                "the refund's confirmation",
                () -> {
                    page.reload();
                    return page.locator("h1 ~ .ph-badge").first().innerText();
                },
                text -> text.contains(Words.of("state.visit.part_refunded")));
        shots.takeBoth(page, "visit refunded");
        visitor.open("/admin/webhooks");
        shots.takeBoth(page, "webhook inbox");
        visitor.nothingWrong();
    }

    private void export(Visitor visitor) {
        Page page = visitor.page();
        visitor.open("/admin/payments");
        shots.takeBoth(page, "finance");
        Download file = page.waitForDownload(() -> visitor.link("payments.export").click());
        Path saved = FOLDER.resolve("balance_itemised.csv");
        file.saveAs(saved);
        List<String> rows = lines(saved);

        assertThat(rows.stream().filter(r -> r.contains(",charge,12500.00,350.00,12150.00,KZT,")))
                .hasSize(1);
        assertThat(rows.stream().filter(r -> r.contains(",refund,-2500.00,"))).hasSize(1);
        // The proof payment of one tenge went back whole.
        assertThat(simulator().books(site.publicId(), false).refunded())
                .containsEntry("KZT", 250_100L);
        visitor.nothingWrong();
    }

    /** What we cannot undo there is said before anybody leaves. */
    private void lookAtLeaving(Visitor visitor) {
        Page page = visitor.page();
        visitor.open(integration);
        visitor.button("integration.disconnect.button").click();
        Locator dialog =
                page.getByRole(
                        AriaRole.DIALOG,
                        new Page.GetByRoleOptions().setName(Words.of("disconnect.title", NAME)));
        assertThat(dialog).containsText(Words.of("provider.tiptoppay.disconnect"));
        shots.takeBoth(page, "leaving");
        visitor.nothingWrong();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Locator badge(Page page, String key) {
        return page.locator("h1 ~ .ph-badge")
                .filter(new Locator.FilterOptions().setHasText(Words.of(key)));
    }

    private static Page.GetByTextOptions exactText() {
        return new Page.GetByTextOptions().setExact(true);
    }
}
