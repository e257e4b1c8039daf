package org.payhub.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.simulator.tropipay.TropipayAccount;
import org.payhub.simulator.tropipay.TropipaySimulator;

/** Tropipay by mouse and keyboard: notice, keys, proof, a paid visit, a refund with its code. */
class TropipayStoryBrowserIT extends ProviderStory {

    private static final String TROPIPAY = "Tropipay";
    private static final String CARD = "4900490000000501";
    private static final String CODE = "123456";

    TropipayStoryBrowserIT() {
        super("tropipay", TROPIPAY, Path.of("target", "screenshots", "tropipay"));
    }

    private static TropipaySimulator simulator() {
        return TestWorld.simulator().provider(TropipaySimulator.class);
    }

    private static long refunded(TropipayAccount account) {
        return simulator().books(account.id()).sum("EUR", "refunded");
    }

    @Test
    void an_owner_confirms_the_notice_connects_is_paid_and_refunds_and_approves_with_the_code() {
        Owner owner = Owner.ready();
        TestMerchant merchant = owner.merchant();
        merchant.limitKey("1000", "EUR");
        TropipayAccount account = simulator().addAccount("Casa Miramar", "EUR");
        walk(
                () -> {
                    visitor.logIn(owner);
                    connect(account);
                    payProof(CARD);
                    proofIsPassed();
                    leaveWizard();
                    String visit = merchant.visit("80.00");
                    pay(merchant, visit);
                    refundWithCode(account);
                    lookAtInbox();
                    approveWithCode(merchant, visit, account);
                    bothAreIn(export());
                });
    }

    private void connect(TropipayAccount account) {
        visitor.open("/admin/marketplace");
        choose();
        assertThat(page.getByText(Words.of("connect.notice.title", TROPIPAY))).isVisible();
        visitor.button("connect.about.next").click();
        assertThat(page.getByText(Words.of("connect.notice.needed")).first()).isVisible();
        shots.takeBoth(page, "notice not confirmed");
        page.getByText(Words.of("connect.notice.confirm")).click();
        visitor.button("connect.about.next").click();
        enterKeys(
                new Key("client_id", account.clientId()),
                new Key("client_secret", account.clientSecret()));
        assertThat(visitor.heading("connect.hook.title.ours", TROPIPAY)).isVisible();
        shots.takeBoth(page, "notifications");
        visitor.nothingWrong();
        visitor.button("connect.hook.next").click();
    }

    private void pay(TestMerchant merchant, String visit) {
        visitor.open("/admin/visit?id=" + visit);
        String link = makeLink();
        onPhone(
                true,
                client -> {
                    goPay(client, link, "80.00 €");
                    assertThat(client.page().url()).contains("/tropipay/");
                    payByCard(client.page(), CARD, "card at the simulator");
                    client.page().waitForURL(TestWorld.baseUri() + "/pay/**");
                    seesPaid(client, merchant.clock(visit, "Europe/Madrid"));
                });
        visitIsPaid();
    }

    private void refundWithCode(TropipayAccount account) {
        Locator dialog = openRefund("30.00");
        issue(dialog);
        wantsCode(dialog, "refund wants a code");
        assertThat(refunded(account)).isZero();

        confirmWrongly(dialog);
        shots.takeBoth(page, "code not accepted");
        confirm(dialog);
        visitBecomes("state.visit.part_refunded");
        shots.takeBoth(page, "visit refunded");
        assertThat(refunded(account)).isEqualTo(3_000);
    }

    /** The booking system asks for more than its key may return alone: the owner agrees. */
    private void approveWithCode(TestMerchant merchant, String visit, TropipayAccount account) {
        String payment = Http.text(merchant.first("/payments?visit=" + visit), "id");
        Http.Answer asked =
                merchant.refund(payment, "20.00", Map.of("Idempotency-Key", "asked-" + visit));
        assertThat(asked.json().get("needsApproval").getAsBoolean()).as(asked.body()).isTrue();
        String refund = "/refunds/" + asked.text("id");
        visitor.open("/admin/visit?id=" + visit);
        shots.takeBoth(page, "a refund waits for a second person");
        visitor.button("refund.approve", "20.00 €").click();
        Locator dialog = dialog("refund.title");
        wantsCode(dialog, "the approval wants a code");
        assertThat(merchant.get(refund).text("status")).isEqualTo("requested");

        confirmWrongly(dialog);
        JsonObject waiting = merchant.get(refund).json();
        assertThat(waiting.get("needsApproval").getAsBoolean()).as(waiting.toString()).isTrue();
        confirm(dialog);
        JsonObject done =
                TestMerchant.await(
                        "the approved refund",
                        () -> merchant.get(refund).json(),
                        json -> Http.text(json, "status").equals("succeeded"));
        assertThat(Http.text(done, "approvedBy")).isEqualTo(Owner.NAME);
        assertThat(refunded(account)).isEqualTo(5_000);
        visitor.nothingWrong();
    }

    private void wantsCode(Locator dialog, String what) {
        assertThat(code(dialog)).isVisible();
        assertThat(dialog).containsText(Words.of("provider.tropipay.second_factor"));
        shots.takeBoth(page, what);
    }

    private static void confirmWrongly(Locator dialog) {
        code(dialog).fill("000000");
        dialog.locator("[id='refundForm:confirm']").click();
        assertThat(dialog).containsText(Words.of("error.refund.second_factor_wrong"));
    }

    private static void confirm(Locator dialog) {
        code(dialog).fill(CODE);
        dialog.locator("[id='refundForm:confirm']").click();
        assertThat(dialog).isHidden();
    }

    private static Locator code(Locator dialog) {
        return dialog.getByLabel(Words.of("refund.code"));
    }

    private static void bothAreIn(ItemisedFile file) {
        assertThat(file.columns("reporting_category", "gross", "fee", "net", "provider"))
                .contains(List.of("charge", "80.00", "3.30", "76.70", "tropipay"));
        assertThat(file.columns("reporting_category", "gross", "provider"))
                .contains(List.of("refund", "-30.00", "tropipay"));
    }
}
