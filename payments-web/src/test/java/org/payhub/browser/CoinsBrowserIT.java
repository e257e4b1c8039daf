package org.payhub.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;

/** Coins as people meet them: choosing one, entering rates, sending money out. */
class CoinsBrowserIT extends InChromium {

    private static final Path FOLDER = Path.of("target", "screenshots", "coins");

    @Test
    void a_client_chooses_a_coin_without_scripts_and_is_told_what_is_missing() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        Coins coins = Coins.connect(merchant).rate("USDT:tron", "1.087").rate("USDC:tron", "1.09");
        JsonObject link = merchant.link(merchant.visit("30.00"));
        String address = Http.text(link, "url");
        Shots shots = new Shots(FOLDER.resolve("pay"));

        try (Visitor client = Visitor.onPhone(chromium(), false)) {
            Page page = client.page();
            shots.during(
                    page,
                    () -> {
                        page.navigate(address);
                        shots.takeBoth(page, "choose");
                        client.nothingWrong();
                        page.locator("input[value='alppay/USDT:tron']").check();
                        page.locator("form button[type=submit]").click();
                        page.waitForURL("**/alppay/**");
                        coins.rate("USDT:tron", "2");
                        page.navigate(address);
                        shots.takeBoth(page, "promised");
                        client.nothingWrong();
                        // What was promised stands; the other coin is reckoned anew.
                        assertThat(page.locator("form")).containsText("32.610000");
                        assertThat(page.locator("form")).containsText("32.700000");
                        assertThat(page.locator(".ph-pay__quote"))
                                .containsText(Words.of("pay.quote", "").strip());
                        String payments = "/payments?visit=" + Http.text(link, "visit");
                        String payment = Http.text(merchant.first(payments), "id");
                        Coins.alppay().send(coins.key(payment), "10");
                        merchant.awaitPayment(payment, "part_paid");
                        page.navigate(address);
                        shots.takeBoth(page, "begun");
                        client.nothingWrong();
                        assertThat(page.locator("body")).containsText("22.610000");
                        assertThat(page.locator(".ph-pay__quote"))
                                .containsText(Words.of("pay.quote", "").strip());
                        Coins.alppay().sendRest(coins.key(payment));
                        merchant.awaitPayment(payment, "paid");
                        page.navigate(address);
                        shots.takeBoth(page, "paid");
                        client.nothingWrong();
                    });
        }
    }

    @Test
    void an_owner_enters_a_rate_and_approves_what_a_key_asked_for() {
        Owner owner = Owner.ready();
        Coins coins = Coins.connect(owner.merchant());
        String withdrawal = coins.withdrawal("12.5");
        Shots shots = new Shots(FOLDER.resolve("admin"));

        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);
            Page page = visitor.page();
            shots.during(
                    page,
                    () -> {
                        enterRate(visitor, shots);
                        approve(visitor, shots);
                        String key =
                                await(owner.merchant(), withdrawal, "pending")
                                        .get("providerWithdrawalId")
                                        .getAsString();
                        Coins.alppay().approve(key);
                        Coins.alppay().complete(key);
                        await(owner.merchant(), withdrawal, "succeeded");
                        visitor.open("/admin/withdrawals");
                        shots.takeBoth(page, "arrived");
                        assertThat(page.locator("table"))
                                .containsText(Words.of("state.withdrawal.succeeded"));
                        visitor.nothingWrong();
                    });
        }
    }

    private static void enterRate(Visitor visitor, Shots shots) {
        Page page = visitor.page();
        visitor.open("/admin/rates");
        shots.take(page, "no rates");
        visitor.button("rates.enter").click();
        Locator dialog = Visitor.focused(page.getByRole(AriaRole.DIALOG));
        dialog.getByLabel(Words.of("rates.value"), exact()).fill("0");
        dialog.getByLabel(Words.of("rates.source")).fill("The bank's page, 10:00");
        visitor.button("rates.button").click();
        assertThat(dialog.locator(".ui-message-error").first()).isVisible();
        shots.takeBoth(page, "a rate of nothing");
        dialog.getByLabel(Words.of("rates.value"), exact()).fill("1.087");
        visitor.button("rates.button").click();
        assertThat(dialog).isHidden();
        assertThat(page.locator("table")).containsText("1.087");
        shots.takeBoth(page, "rates");
        visitor.nothingWrong();
    }

    private static Locator.GetByLabelOptions exact() {
        return new Locator.GetByLabelOptions().setExact(true);
    }

    private static void approve(Visitor visitor, Shots shots) {
        Page page = visitor.page();
        visitor.open("/admin/withdrawals");
        visitor.button("withdrawals.ask").click();
        Locator dialog = Visitor.focused(page.getByRole(AriaRole.DIALOG));
        dialog.getByLabel(Words.of("withdrawals.amount")).fill("1");
        dialog.getByLabel(Words.of("withdrawals.address"))
                .fill("TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4m");
        dialog.getByLabel(Words.of("withdrawals.reason")).fill("A mistyped address");
        visitor.button("withdrawals.ask.button").click();
        assertThat(dialog.locator(".ui-message-error").first()).isVisible();
        shots.takeBoth(page, "a wrong address");
        dialog.getByLabel(Words.of("withdrawals.address")).fill(Coins.ADDRESS);
        visitor.button("withdrawals.ask.button").click();
        assertThat(dialog).isHidden();
        assertThat(page.locator("table")).containsText("A mistyped address");
        shots.takeBoth(page, "requested");
        visitor.button("withdrawals.approve").first().click();
        assertThat(dialog).containsText(Coins.ADDRESS);
        shots.takeBoth(page, "approve");
        dialog.locator("button.ui-button-danger").click();
        assertThat(page.locator("table")).containsText(Words.of("state.withdrawal.pending"));
        shots.takeBoth(page, "sent");
        visitor.nothingWrong();
    }

    @Test
    void an_owner_takes_what_came_for_all_that_was_asked() {
        Owner owner = Owner.ready();
        TestMerchant merchant = owner.merchant();
        Coins coins = Coins.connect(merchant).rate("USDT:tron", "1.2");
        String payment = coins.invoice("100.00");
        Coins.alppay().send(coins.key(payment), "115");
        Coins.alppay().expire(coins.key(payment));
        merchant.awaitPayment(payment, p -> Http.text(p, "invoiceOutcome").equals("underpaid"));
        Shots shots = new Shots(FOLDER.resolve("shortfall"));

        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);
            shots.during(visitor.page(), () -> acceptShortfall(visitor, payment, shots));
        }

        JsonObject accepted = merchant.payment(payment);
        assertThat(Http.text(accepted, "status")).isEqualTo("paid");
        assertThat(Http.text(accepted, "captured.amount")).isEqualTo("115.000000");
        assertThat(Http.text(merchant.visitOf(Http.text(accepted, "visit")), "due.amount"))
                .isEqualTo("0.00");
    }

    private static void acceptShortfall(Visitor visitor, String payment, Shots shots) {
        Page page = visitor.page();
        visitor.open("/admin/payments?selected=" + payment);
        shots.takeBoth(page, "too little came");
        visitor.nothingWrong();
        visitor.button("payments.short.accept").click();
        Locator dialog = Visitor.focused(page.getByRole(AriaRole.DIALOG));
        assertThat(dialog).containsText("115.000000");
        assertThat(dialog).containsText("100.00");
        dialog.getByLabel(Words.of("unmatched.ignore.note")).fill("Close enough");
        shots.takeBoth(page, "accept it");
        visitor.button("payments.short.accept.button").click();
        assertThat(dialog).isHidden();
        assertThat(visitor.button("payments.short.accept")).hasCount(0);
        assertThat(page.locator(".ph-drawer__head .ph-badge"))
                .hasText(Words.of("state.payment.paid"));
        assertThat(page.locator("tr[aria-selected=true] .ph-badge"))
                .hasText(Words.of("state.payment.paid"));
        shots.takeBoth(page, "accepted");
        visitor.nothingWrong();
    }

    private static JsonObject await(TestMerchant merchant, String withdrawal, String status) {
        return TestMerchant.await(
                "withdrawal " + status,
                () -> merchant.get("/withdrawals/" + withdrawal).json(),
                json -> Http.text(json, "status").equals(status));
    }
}
