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
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
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
import org.payhub.simulator.alppay.AlppayAccount;
import org.payhub.simulator.alppay.AlppaySimulator;

/** ALPPAY from the keys to the exported file: paid in parts, too much, by mouse and keyboard. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AlppayStoryBrowserIT {

    private static final String ALPPAY = "ALPPAY";

    /** Well spelled, and nobody's. */
    private static final String ADDRESS = "TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n";

    private static final Path FOLDER = Path.of("target", "screenshots-alppay");

    private static Chromium chromium;

    private final Shots shots = new Shots(FOLDER);

    @BeforeAll
    static void startChromium() {
        chromium = new Chromium();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @AfterAll
    static void stopChromium() {
        chromium.close();
    }

    @Test
    void an_owner_connects_alppay_and_is_paid_in_parts_and_too_much() {
        Owner owner = Owner.ready();
        AlppaySimulator alppay = TestWorld.simulator().provider(AlppaySimulator.class);
        AlppayAccount account = alppay.addAccount("Estudio Alba", "alba@estudio.example");
        try (Visitor visitor = Visitor.at(chromium)) {
            shots.during(
                    visitor.page(),
                    () -> {
                        visitor.logIn(owner);
                        connect(visitor, account);
                        prove(visitor);
                        enterRate(visitor);
                        payInParts(visitor, "Ana Torres");
                        payTooMuch(visitor, "Eva Ruiz");
                        withdraw(visitor, owner.merchant(), alppay, account);
                        export(visitor);
                    });
        } finally {
            shots.sheet(chromium);
        }
    }

    private void connect(Visitor visitor, AlppayAccount account) {
        Page page = visitor.page();
        visitor.open("/admin/marketplace");
        Locator card =
                page.getByRole(
                        AriaRole.ARTICLE,
                        new Page.GetByRoleOptions().setName(ALPPAY).setExact(true));
        shots.take(page, "marketplace");
        card.getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions()
                                .setName(Words.of("marketplace.connect") + " " + ALPPAY))
                .click();
        assertThat(visitor.heading("connect.about.title", ALPPAY)).isVisible();
        visitor.button("connect.about.next").click();

        assertThat(visitor.heading("provider.alppay.keys.title")).isVisible();
        assertThat(page.getByText(Words.of("provider.alppay.allow_list"))).isVisible();
        field(page, "api_key").fill(account.apiKey());
        field(page, "account_email").fill(account.email());
        field(page, "hmac_key").fill(account.hmacKey());
        field(page, "hmac_key").blur();
        assertThat(page.getByText(Words.of("connect.keys.rights.all"))).isVisible();
        shots.takeBoth(page, "keys checked");
        visitor.nothingWrong();
        visitor.button("connect.keys.next").click();

        assertThat(visitor.heading("connect.hook.title.hand", ALPPAY)).isVisible();
        String payments = address(page, "payment");
        String withdrawals = address(page, "withdrawal");
        assertThat(payments).endsWith("/payment");
        assertThat(withdrawals).endsWith("/withdrawal");
        assertThat(page.getByLabel(Words.of("connect.hand.support", ALPPAY)).inputValue())
                .contains(payments, withdrawals, account.email());
        shots.takeBoth(page, "addresses and the message to support");
        visitor.nothingWrong();
        try (Page cabinet = visitor.context().newPage()) {
            cabinet.navigate(TestWorld.simulator().baseUrl() + "/cabinet/alppay/" + account.id());
            cabinet.getByLabel("Payments", exactly()).fill(payments);
            cabinet.getByLabel("Withdrawals", exactly()).fill(withdrawals);
            cabinet.getByText("Set the addresses").click();
            assertThat(cabinet.getByRole(AriaRole.STATUS).first()).containsText("Support has set");
            shots.take(cabinet, "support has set them");
        }
        visitor.button("connect.hook.next").click();
    }

    private static Locator field(Page page, String key) {
        return page.getByLabel(Words.of("provider.alppay.field." + key + ".label"), exactly());
    }

    private static String address(Page page, String kind) {
        Locator field = page.getByLabel(Words.of("provider.alppay.kind." + kind), exactly());
        assertThat(field).isVisible();
        return field.inputValue();
    }

    private void prove(Visitor visitor) {
        Page page = visitor.page();
        assertThat(visitor.heading("proof.title.ordered")).isVisible();
        assertThat(page.getByText(Words.of("proof.passed"), exactText())).isVisible();
        assertThat(page.getByText(Words.of("proof.passed.text.ordered"))).isVisible();
        shots.takeBoth(page, "proven without money");
        visitor.nothingWrong();
        visitor.button("connect.proof.next").click();
        assertThat(visitor.heading("done.test", ALPPAY)).isVisible();
        visitor.button("done.manage").click();
        page.waitForURL("**/admin/integration**");
        shots.takeBoth(page, "integration");
        visitor.nothingWrong();
    }

    private void enterRate(Visitor visitor) {
        Page page = visitor.page();
        visitor.open("/admin/rates");
        visitor.button("rates.enter").click();
        Locator dialog = Visitor.focused(dialog(page, "rates.enter"));
        dialog.getByLabel(Words.of("rates.from"), exactlyIn()).selectOption("EUR");
        dialog.getByLabel(Words.of("rates.to"), exactlyIn()).selectOption("USDT:tron");
        dialog.getByLabel(Words.of("rates.value"), exactlyIn()).fill("1.2");
        dialog.getByLabel(Words.of("rates.source"), exactlyIn()).fill("Central bank, today");
        shots.takeBoth(page, "a rate");
        dialog.locator("[id='rateForm:do']").click();
        assertThat(dialog).isHidden();
        visitor.nothingWrong();
    }

    private void payInParts(Visitor visitor, String name) {
        String link = linkOf(visitor, name);
        try (Visitor client = Visitor.onPhone(chromium, true)) {
            shots.during(
                    client.page(),
                    () -> {
                        Page page = client.page();
                        page.navigate(link);
                        assertThat(page.getByText("120").first()).isVisible();
                        shots.take(page, "pay page with the coin");
                        client.button("pay.button", "100.00 €").click();
                        page.waitForURL(TestWorld.simulator().baseUrl() + "/**");
                        String invoice = page.url();
                        shots.take(page, "invoice");
                        page.locator("[data-send=part]").click();
                        assertThat(page.locator("#state")).containsText("Still missing: 72.00");
                        shots.take(page, "40 percent sent");
                        seenPayment(visitor, "state.payment.part_paid");
                        page.navigate(link);
                        assertThat(page.getByRole(AriaRole.STATUS).first()).isVisible();
                        assertThat(page.locator(".ph-pay__quote"))
                                .containsText(Words.of("pay.quote", "").strip());
                        assertThat(page.locator(".ph-pay__quote [role=timer]"))
                                .containsText(Pattern.compile("^\\d+:\\d\\d"));
                        shots.take(page, "the rest is missing");
                        client.nothingWrong();
                        page.navigate(invoice);
                        page.locator("[data-send=rest]").click();
                        assertThat(page.locator("#state")).containsText("Paid.");
                        page.locator("#back").click();
                        assertThat(client.heading("pay.paid.title", "10:00")).isVisible();
                        shots.take(page, "client sees paid");
                        client.nothingWrong();
                    });
        }
        seen(visitor, "state.visit.paid");
        assertThat(visitor.button("visit.refund")).hasCount(0);
        shots.takeBoth(visitor.page(), "visit paid in two parts");
        visitor.nothingWrong();
    }

    private void payTooMuch(Visitor visitor, String name) {
        String link = linkOf(visitor, name);
        try (Visitor client = Visitor.onPhone(chromium, true)) {
            shots.during(
                    client.page(),
                    () -> {
                        Page page = client.page();
                        page.navigate(link);
                        client.button("pay.button", "100.00 €").click();
                        page.waitForURL(TestWorld.simulator().baseUrl() + "/**");
                        page.locator("[data-send=much]").click();
                        assertThat(page.locator("#state")).containsText("more than asked");
                        shots.take(page, "too much sent");
                    });
        }
        Page page = visitor.page();
        seen(visitor, "state.visit.paid");
        shots.takeBoth(page, "visit paid too much");
        visitor.open("/admin/unmatched");
        assertThat(page.getByText("12").first()).isVisible();
        shots.takeBoth(page, "the excess waits");
        visitor.open("/admin/payments");
        shots.takeBoth(page, "finance");
        visitor.nothingWrong();
    }

    /** The booking system asks, the owner approves, ALPPAY approves and sends. */
    private void withdraw(
            Visitor visitor, TestMerchant merchant, AlppaySimulator alppay, AlppayAccount account) {
        Page page = visitor.page();
        Http.Answer asked =
                merchant.post(
                        "/withdrawals",
                        "{\"integrationId\":\""
                                + integration(merchant)
                                + "\",\"amount\":{\"amount\":\"50\",\"currency\":\"USDT:tron\"},"
                                + "\"address\":\""
                                + ADDRESS
                                + "\",\"reason\":\"To our own wallet\"}");
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        visitor.open("/admin/withdrawals");
        visitor.button("withdrawals.approve").first().click();
        Locator dialog = dialog(page, "withdrawals.approve.title");
        assertThat(dialog).containsText(ADDRESS);
        shots.takeBoth(page, "approve a withdrawal");
        dialog.locator("[id='approveForm:do']").click();
        assertThat(dialog).isHidden();
        TestMerchant.await(
                "the order at ALPPAY", () -> alppay.withdrawals(account.id()), w -> w.size() == 1);
        String key = alppay.withdrawals(account.id()).get(0).get("id").getAsString();
        alppay.approve(key);
        alppay.complete(key);
        TestMerchant.await(
                "the withdrawal",
                () -> {
                    page.reload();
                    return page.locator("table").first().innerText();
                },
                text -> text.contains(Words.of("state.withdrawal.succeeded")));
        shots.takeBoth(page, "withdrawn");
        visitor.nothingWrong();
    }

    private static String integration(TestMerchant merchant) {
        return merchant.get("/integrations")
                .json()
                .getAsJsonArray("items")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }

    private void export(Visitor visitor) {
        Page page = visitor.page();
        visitor.open("/admin/payments");
        Download file = page.waitForDownload(() -> visitor.link("payments.export").click());
        Path saved = FOLDER.resolve("balance_itemised.csv");
        file.saveAs(saved);
        List<String> lines = lines(saved);
        assertThat(lines.stream().filter(l -> l.contains("Ana Torres"))).hasSize(2);
        assertThat(lines.stream().filter(l -> l.contains("Eva Ruiz"))).hasSize(1);
        visitor.nothingWrong();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the visit's page says so of its payment. */
    private static void seenPayment(Visitor visitor, String state) {
        Page page = visitor.page();
        TestMerchant.await(
                "the payment's state",
                () -> {
                    page.reload();
                    return page.locator("main .ph-badge").allInnerTexts().toString();
                },
                text -> text.contains(Words.of(state)));
    }

    /** Waits until the visit's page says so. */
    private static void seen(Visitor visitor, String state) {
        Page page = visitor.page();
        TestMerchant.await(
                "the visit's state",
                () -> {
                    page.reload();
                    return page.locator("h1 ~ .ph-badge").allInnerTexts().toString();
                },
                text -> text.contains(Words.of(state)));
    }

    /** A visit of a hundred euros tomorrow at ten, and its link. */
    private String linkOf(Visitor visitor, String name) {
        Page page = visitor.page();
        visitor.open("/admin/visits");
        visitor.link("visits.new").first().click();
        page.getByLabel(Words.of("newvisit.name"), exactly()).fill(name);
        page.getByRole(AriaRole.MAIN)
                .getByLabel(Words.of("newvisit.phone"))
                .fill("+34 600 123 4" + (50 + name.length()));
        page.getByLabel(Words.of("newvisit.day"), exactly())
                .fill(LocalDate.now(ZoneId.of("Europe/Madrid")).plusDays(1).toString());
        page.getByLabel(Words.of("newvisit.start"), exactly()).fill("10:00");
        page.getByLabel(Words.of("newvisit.end"), exactly()).fill("11:00");
        page.getByLabel(Words.of("newvisit.line"), exactly()).fill("Colour");
        page.getByLabel(Words.of("newvisit.price") + ", EUR").fill("100.00");
        page.getByLabel(Words.of("newvisit.price") + ", EUR").blur();
        assertThat(page.getByText("100.00 €").first()).isVisible();
        visitor.button("newvisit.save").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name)))
                .isVisible();
        visitor.button("visit.link").click();
        Locator dialog = dialog(page, "link.title");
        Locator made = dialog.getByLabel(Words.of("link.made"), exactlyIn());
        assertThat(made).isVisible();
        String url = made.inputValue();
        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();
        visitor.nothingWrong();
        return url;
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
}
