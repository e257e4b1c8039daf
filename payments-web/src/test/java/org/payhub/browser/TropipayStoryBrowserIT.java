package org.payhub.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
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
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.simulator.tropipay.TropipayAccount;
import org.payhub.simulator.tropipay.TropipaySimulator;

/** Tropipay by mouse and keyboard: notice, keys, proof, a paid visit, a refund with its code. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TropipayStoryBrowserIT {

    private static final String TROPIPAY = "Tropipay";
    private static final String CARD = "4900490000000501";
    private static final String CODE = "123456";
    private static final Path FOLDER = Path.of("target", "screenshots", "tropipay");

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

    @Test
    void an_owner_confirms_the_notice_connects_is_paid_and_refunds_and_approves_with_the_code() {
        Owner owner = Owner.ready();
        owner.merchant().limitKey("1000", "EUR");
        TropipayAccount account = simulator().addAccount("Casa Miramar", "EUR");
        try (Visitor visitor = Visitor.at(chromium)) {
            shots.during(
                    visitor.page(),
                    () -> {
                        visitor.logIn(owner);
                        connect(visitor, account);
                        prove(visitor);
                        String visit = owner.merchant().visit("80.00");
                        pay(visitor, visit);
                        refund(visitor, account);
                        approve(visitor, owner.merchant(), visit, account);
                        export(visitor);
                    });
        } finally {
            shots.sheet(chromium);
        }
    }

    private static TropipaySimulator simulator() {
        return TestWorld.simulator().provider(TropipaySimulator.class);
    }

    private void connect(Visitor visitor, TropipayAccount account) {
        Page page = visitor.page();
        visitor.open("/admin/marketplace");
        Locator card =
                page.getByRole(
                        AriaRole.ARTICLE,
                        new Page.GetByRoleOptions().setName(TROPIPAY).setExact(true));
        card.getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions()
                                .setName(Words.of("marketplace.connect") + " " + TROPIPAY))
                .click();
        assertThat(visitor.heading("connect.about.title", TROPIPAY)).isVisible();
        assertThat(page.getByText(Words.of("connect.notice.title", TROPIPAY))).isVisible();
        visitor.button("connect.about.next").click();
        assertThat(page.getByText(Words.of("connect.notice.needed")).first()).isVisible();
        shots.takeBoth(page, "notice not confirmed");
        page.getByText(Words.of("connect.notice.confirm")).click();
        visitor.button("connect.about.next").click();

        assertThat(visitor.heading("provider.tropipay.keys.title")).isVisible();
        page.getByLabel(Words.of("provider.tropipay.field.client_id.label"))
                .fill(account.clientId());
        Locator secret = page.getByLabel(Words.of("provider.tropipay.field.client_secret.label"));
        secret.fill(account.clientSecret());
        secret.blur();
        assertThat(page.getByText(Words.of("connect.keys.rights.all"))).isVisible();
        shots.takeBoth(page, "keys checked");
        visitor.button("connect.keys.next").click();
        assertThat(visitor.heading("connect.hook.title.ours", TROPIPAY)).isVisible();
        shots.takeBoth(page, "notifications");
        visitor.nothingWrong();
        visitor.button("connect.hook.next").click();
    }

    private void prove(Visitor visitor) {
        Page page = visitor.page();
        assertThat(visitor.heading("proof.title")).isVisible();
        Locator there = visitor.link("proof.open", TROPIPAY);
        assertThat(there).isVisible();
        shots.takeBoth(page, "proof ready");
        Page hosted = visitor.context().waitForPage(there::click);
        cardNumber(hosted).fill(CARD);
        shots.take(hosted, "proof at the simulator");
        hosted.locator("button.go").click();
        hosted.waitForURL(Pattern.compile(Pattern.quote(TestWorld.baseUri().toString()) + ".*"));
        hosted.close();
        assertThat(
                        page.getByText(
                                Words.of("proof.passed"),
                                new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        shots.takeBoth(page, "proof passed");
        visitor.nothingWrong();
        visitor.button("connect.proof.next").click();
        assertThat(visitor.heading("done.test", TROPIPAY)).isVisible();
        visitor.button("done.manage").click();
        page.waitForURL("**/admin/integration**");
        shots.takeBoth(page, "integration");
        visitor.nothingWrong();
    }

    private void pay(Visitor visitor, String visit) {
        Page page = visitor.page();
        visitor.open("/admin/visit?id=" + visit);
        visitor.button("visit.link").click();
        Locator dialog =
                page.getByRole(
                        AriaRole.DIALOG,
                        new Page.GetByRoleOptions().setName(Words.of("link.title")));
        Locator made =
                dialog.getByLabel(
                        Words.of("link.made"), new Locator.GetByLabelOptions().setExact(true));
        assertThat(made).isVisible();
        String url = made.inputValue();
        page.keyboard().press("Escape");
        try (Visitor client = Visitor.onPhone(chromium, true)) {
            shots.during(client.page(), () -> payByPhone(client, url));
        }
        page.reload();
        assertThat(badge(page, "state.visit.paid").first()).isVisible();
        shots.takeBoth(page, "visit paid");
        visitor.nothingWrong();
    }

    private void payByPhone(Visitor client, String url) {
        Page page = client.page();
        page.navigate(url);
        shots.take(page, "pay page");
        client.nothingWrong();
        client.button("pay.button", "80.00 €").click();
        page.waitForURL(TestWorld.simulator().baseUrl() + "/tropipay/**");
        shots.take(page, "at the simulator");
        cardNumber(page).fill(CARD);
        page.locator("button.go").click();
        page.waitForURL(TestWorld.baseUri() + "/pay/**");
        assertThat(page.getByRole(AriaRole.HEADING).filter(paid())).isVisible();
        shots.take(page, "client sees paid");
        client.nothingWrong();
    }

    /** The heading's words up to the visit's time. */
    private static Locator.FilterOptions paid() {
        return new Locator.FilterOptions()
                .setHasText(Words.of("pay.paid.title", "@").split("@")[0].strip());
    }

    private void refund(Visitor visitor, TropipayAccount account) {
        Page page = visitor.page();
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
                .fill("30.00");
        dialog.locator("[id='refundForm:issue']").click();
        Locator code = dialog.getByLabel(Words.of("refund.code"));
        assertThat(code).isVisible();
        assertThat(dialog).containsText(Words.of("provider.tropipay.second_factor"));
        shots.takeBoth(page, "refund wants a code");
        assertThat(simulator().books(account.id()).sum("EUR", "refunded")).isZero();

        code.fill("000000");
        dialog.locator("[id='refundForm:confirm']").click();
        assertThat(dialog).containsText(Words.of("error.refund.second_factor_wrong"));
        shots.takeBoth(page, "code not accepted");
        dialog.getByLabel(Words.of("refund.code")).fill(CODE);
        dialog.locator("[id='refundForm:confirm']").click();
        assertThat(dialog).isHidden();
        TestMerchant.await(
                "the refund",
                () -> {
                    page.reload();
                    return badge(page, "state.visit.part_refunded").count();
                },
                n -> n > 0);
        shots.takeBoth(page, "visit refunded");
        assertThat(simulator().books(account.id()).sum("EUR", "refunded")).isEqualTo(3_000);
        visitor.open("/admin/webhooks");
        shots.takeBoth(page, "webhook inbox");
        visitor.nothingWrong();
    }

    /** The booking system asks for more than its key may return alone: the owner agrees. */
    private void approve(
            Visitor visitor, TestMerchant merchant, String visit, TropipayAccount account) {
        String payment = Http.text(only(merchant.get("/payments?visit=" + visit)), "id");
        Http.Answer asked =
                merchant.post(
                        "/payments/" + payment + "/refunds",
                        "{\"amount\":{\"amount\":\"20.00\",\"currency\":\"EUR\"},"
                                + "\"reason\":\"client_cancelled\"}",
                        Map.of("Idempotency-Key", "asked-" + visit));
        assertThat(asked.json().get("needsApproval").getAsBoolean()).as(asked.body()).isTrue();
        Page page = visitor.page();
        visitor.open("/admin/visit?id=" + visit);
        shots.takeBoth(page, "a refund waits for a second person");
        visitor.button("refund.approve", "20.00 €").click();
        Locator dialog =
                page.getByRole(
                        AriaRole.DIALOG,
                        new Page.GetByRoleOptions().setName(Words.of("refund.title")));
        Locator code = dialog.getByLabel(Words.of("refund.code"));
        assertThat(code).isVisible();
        assertThat(dialog).containsText(Words.of("provider.tropipay.second_factor"));
        shots.takeBoth(page, "the approval wants a code");
        String refund = asked.text("id");
        assertThat(merchant.get("/refunds/" + refund).text("status")).isEqualTo("requested");

        code.fill("000000");
        dialog.locator("[id='refundForm:confirm']").click();
        assertThat(dialog).containsText(Words.of("error.refund.second_factor_wrong"));
        JsonObject waiting = merchant.get("/refunds/" + refund).json();
        assertThat(waiting.get("needsApproval").getAsBoolean()).as(waiting.toString()).isTrue();
        dialog.getByLabel(Words.of("refund.code")).fill(CODE);
        dialog.locator("[id='refundForm:confirm']").click();
        assertThat(dialog).isHidden();
        JsonObject done =
                TestMerchant.await(
                        "the approved refund",
                        () -> merchant.get("/refunds/" + refund).json(),
                        json -> Http.text(json, "status").equals("succeeded"));
        assertThat(Http.text(done, "approvedBy")).isEqualTo(Owner.NAME);
        assertThat(simulator().books(account.id()).sum("EUR", "refunded")).isEqualTo(5_000);
        visitor.nothingWrong();
    }

    private static JsonObject only(Http.Answer list) {
        return list.json().getAsJsonArray("items").get(0).getAsJsonObject();
    }

    private void export(Visitor visitor) {
        Page page = visitor.page();
        visitor.open("/admin/payments");
        shots.takeBoth(page, "finance");
        Download file = page.waitForDownload(() -> visitor.link("payments.export").click());
        Path saved = FOLDER.resolve("balance_itemised.csv");
        file.saveAs(saved);
        List<String> lines = lines(saved);
        assertThat(lines)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .contains("charge", "80.00", "3.30", "76.70", "tropipay"))
                .anySatisfy(line -> assertThat(line).contains("refund", "-30.00", "tropipay"));
        visitor.nothingWrong();
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

    private static Locator badge(Page page, String key) {
        return page.locator("h1 ~ .ph-badge")
                .filter(new Locator.FilterOptions().setHasText(Words.of(key)));
    }
}
