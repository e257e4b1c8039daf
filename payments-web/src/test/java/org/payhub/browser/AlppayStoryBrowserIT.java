package org.payhub.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.simulator.alppay.AlppayAccount;

/** ALPPAY from the keys to the exported file: paid in parts, too much, by mouse and keyboard. */
class AlppayStoryBrowserIT extends ProviderStory {

    private static final String ALPPAY = "ALPPAY";
    private static final String ANA = "Ana Torres";
    private static final String EVA = "Eva Ruiz";
    private static final String PRICE = "100.00 €";

    AlppayStoryBrowserIT() {
        super("alppay", ALPPAY, Path.of("target", "screenshots-alppay"));
    }

    @Test
    void an_owner_connects_alppay_and_is_paid_in_parts_and_too_much() {
        Owner owner = Owner.ready();
        AlppayAccount account = Coins.alppay().addAccount("Estudio Alba", "alba@estudio.example");
        walk(
                () -> {
                    visitor.logIn(owner);
                    connect(account);
                    prove();
                    enterRate();
                    payInParts(linkOf(ANA, "+34 600 123 460"));
                    payTooMuch(linkOf(EVA, "+34 600 123 458"));
                    withdraw(owner.merchant(), account);
                    allIsIn(export());
                });
    }

    private void connect(AlppayAccount account) {
        visitor.open("/admin/marketplace");
        shots.take(page, "marketplace");
        choose();
        visitor.button("connect.about.next").click();
        assertThat(page.getByText(Words.of("provider.alppay.allow_list"))).isVisible();
        enterKeys(
                new Key("api_key", account.apiKey()),
                new Key("account_email", account.email()),
                new Key("hmac_key", account.hmacKey()));

        assertThat(visitor.heading("connect.hook.title.hand", ALPPAY)).isVisible();
        String payments = address("payment");
        String withdrawals = address("withdrawal");
        assertThat(payments).endsWith("/payment");
        assertThat(withdrawals).endsWith("/withdrawal");
        assertThat(page.getByLabel(Words.of("connect.hand.support", ALPPAY)).inputValue())
                .contains(payments, withdrawals, account.email());
        shots.takeBoth(page, "addresses and the message to support");
        visitor.nothingWrong();
        inCabinet(
                account.id(),
                cabinet -> {
                    cabinet.getByLabel("Payments", exactly()).fill(payments);
                    cabinet.getByLabel("Withdrawals", exactly()).fill(withdrawals);
                    cabinet.getByText("Set the addresses").click();
                    assertThat(cabinet.getByRole(AriaRole.STATUS).first())
                            .containsText("Support has set");
                    shots.take(cabinet, "support has set them");
                });
        visitor.button("connect.hook.next").click();
    }

    private String address(String kind) {
        Locator field = page.getByLabel(Words.of("provider.alppay.kind." + kind), exactly());
        assertThat(field).isVisible();
        return field.inputValue();
    }

    /** An order and its signed webhook prove the integration: no money has to move. */
    private void prove() {
        assertThat(visitor.heading("proof.title.ordered")).isVisible();
        assertThat(page.getByText(Words.of("proof.passed.text.ordered"))).isVisible();
        proofIsPassed();
        leaveWizard();
    }

    private void enterRate() {
        visitor.open("/admin/rates");
        visitor.button("rates.enter").click();
        Locator dialog = Visitor.focused(dialog("rates.enter"));
        dialog.getByLabel(Words.of("rates.from"), exactlyIn()).selectOption("EUR");
        dialog.getByLabel(Words.of("rates.to"), exactlyIn()).selectOption("USDT:tron");
        dialog.getByLabel(Words.of("rates.value"), exactlyIn()).fill("1.2");
        dialog.getByLabel(Words.of("rates.source"), exactlyIn()).fill("Central bank, today");
        shots.takeBoth(page, "a rate");
        dialog.locator("[id='rateForm:do']").click();
        assertThat(dialog).isHidden();
        visitor.nothingWrong();
    }

    private String linkOf(String client, String phone) {
        makeVisit(new NewVisit(client, phone, "Colour", "100.00"));
        return makeLink();
    }

    private void payInParts(String link) {
        onPhone(
                true,
                client -> {
                    goPay(client, link, PRICE, "120");
                    Page phone = client.page();
                    String invoice = phone.url();
                    phone.locator("[data-send=part]").click();
                    assertThat(phone.locator("#state")).containsText("Still missing: 72.00");
                    shots.take(phone, "40 percent sent");
                    reloadUntil(page.locator("main .ph-badge"), "state.payment.part_paid");
                    phone.navigate(link);
                    assertThat(phone.getByRole(AriaRole.STATUS).first()).isVisible();
                    assertThat(phone.locator(".ph-pay__quote"))
                            .containsText(Words.of("pay.quote", "").strip());
                    assertThat(phone.locator(".ph-pay__quote [role=timer]"))
                            .containsText(Pattern.compile("^\\d+:\\d\\d"));
                    shots.take(phone, "the rest is missing");
                    client.nothingWrong();
                    phone.navigate(invoice);
                    phone.locator("[data-send=rest]").click();
                    assertThat(phone.locator("#state")).containsText("Paid.");
                    phone.locator("#back").click();
                    seesPaid(client, "10:00");
                });
        visitBecomes("state.visit.paid");
        assertThat(visitor.button("visit.refund")).hasCount(0);
        shots.takeBoth(page, "visit paid in two parts");
        visitor.nothingWrong();
    }

    private void payTooMuch(String link) {
        onPhone(
                true,
                client -> {
                    goPay(client, link, PRICE);
                    client.page().locator("[data-send=much]").click();
                    assertThat(client.page().locator("#state")).containsText("more than asked");
                    shots.take(client.page(), "too much sent");
                });
        visitBecomes("state.visit.paid");
        shots.takeBoth(page, "visit paid too much");
        visitor.open("/admin/unmatched");
        assertThat(page.getByText("12").first()).isVisible();
        shots.takeBoth(page, "the excess waits");
        visitor.nothingWrong();
    }

    /** The booking system asks, the owner approves, ALPPAY approves and sends. */
    private void withdraw(TestMerchant merchant, AlppayAccount account) {
        Coins.at(merchant, Http.text(merchant.first("/integrations"), "id")).withdrawal("50");
        visitor.open("/admin/withdrawals");
        visitor.button("withdrawals.approve").first().click();
        Locator dialog = dialog("withdrawals.approve.title");
        assertThat(dialog).containsText(Coins.ADDRESS);
        shots.takeBoth(page, "approve a withdrawal");
        dialog.locator("[id='approveForm:do']").click();
        assertThat(dialog).isHidden();
        TestMerchant.await(
                "the order at ALPPAY",
                () -> Coins.alppay().withdrawals(account.id()),
                orders -> orders.size() == 1);
        String order = Http.text(Coins.alppay().withdrawals(account.id()).get(0), "id");
        Coins.alppay().approve(order);
        Coins.alppay().complete(order);
        reloadUntil(page.locator("table").first(), "state.withdrawal.succeeded");
        shots.takeBoth(page, "withdrawn");
        visitor.nothingWrong();
    }

    private static void allIsIn(ItemisedFile file) {
        assertThat(file.of(ANA).rows()).hasSize(2);
        assertThat(file.of(EVA).rows()).hasSize(1);
    }
}
