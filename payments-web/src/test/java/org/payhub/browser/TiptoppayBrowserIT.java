package org.payhub.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.simulator.tiptoppay.TiptoppaySimulator;
import org.payhub.simulator.tiptoppay.TiptoppaySite;

/** A business in Almaty connects TipTop Pay, is paid, returns a part and exports both. */
class TiptoppayBrowserIT extends ProviderStory {

    private static final String NAME = "TipTop Pay";
    private static final String CARD = "4000 0000 0000 3055";
    private static final String ALMATY = "Asia/Almaty";

    TiptoppayBrowserIT() {
        super("tiptoppay", NAME, Path.of("target", "screenshots-tiptoppay"));
    }

    private static TiptoppaySimulator simulator() {
        return TestWorld.simulator().provider(TiptoppaySimulator.class);
    }

    @Test
    void an_owner_connects_tiptop_pay_is_paid_refunds_a_part_and_exports_both() {
        TestMerchant merchant = TestMerchant.make("KZT", ALMATY);
        TiptoppaySite site = simulator().addSite("Алма Studio", "KZT");
        walk(
                () -> {
                    visitor.logIn(Owner.ready(merchant));
                    connect(site);
                    setCheckByHand(site);
                    payProof(CARD);
                    proofIsPassed();
                    leaveWizard();
                    String integration = page.url();
                    String visit = merchant.visit("12500.00");
                    pay(merchant, visit);
                    visitor.open("/admin/visit?id=" + visit);
                    visitIsPaid();
                    refund("2500.00");
                    visitBecomes("state.visit.part_refunded");
                    shots.takeBoth(page, "visit refunded");
                    lookAtInbox();
                    bothAreIn(export(), site);
                    lookAtLeaving(integration);
                });
    }

    private void connect(TiptoppaySite site) {
        visitor.open("/admin/marketplace");
        choose();
        visitor.button("connect.about.next").click();
        enterKeys(new Key("public_id", site.publicId()), new Key("api_secret", site.apiSecret()));
        assertThat(visitor.heading("connect.hook.title.ours", NAME)).isVisible();
    }

    /** The one step that the provider leaves to the merchant, taken in its cabinet. */
    private void setCheckByHand(TiptoppaySite site) {
        assertThat(visitor.heading("connect.hand.left", NAME)).isVisible();
        String address = page.getByLabel(Words.of("connect.hand.only", "check")).inputValue();
        shots.takeBoth(page, "one step is left");
        visitor.nothingWrong();
        inCabinet(
                site.publicId(),
                cabinet -> {
                    Locator check = cabinet.locator("form[data-type=check]");
                    check.locator("input[name=enabled]").check();
                    check.locator("input[name=address]").fill(address);
                    check.locator("button").click();
                    assertThat(cabinet.getByRole(AriaRole.STATUS)).containsText("Check");
                    shots.take(cabinet, "check set in the cabinet");
                });
        visitor.button("connect.hand.look").click();
        assertThat(visitor.heading("connect.hand.left", NAME)).hasCount(0);
        shots.takeBoth(page, "notifications set");
        visitor.button("connect.hook.next").click();
    }

    private void pay(TestMerchant merchant, String visit) {
        String link = Http.text(merchant.link(visit), "url");
        onPhone(
                true,
                client -> {
                    goPay(client, link, "12,500 ₸", "Haircut");
                    payByCard(client.page(), CARD, "card at the simulator");
                    seesPaid(client, merchant.clock(visit, ALMATY));
                });
    }

    private static void bothAreIn(ItemisedFile file, TiptoppaySite site) {
        assertThat(file.columns("reporting_category", "gross", "fee", "net", "currency"))
                .containsOnlyOnce(List.of("charge", "12500.00", "350.00", "12150.00", "KZT"));
        assertThat(file.columns("reporting_category", "gross"))
                .containsOnlyOnce(List.of("refund", "-2500.00"));
        // The proof payment of one tenge went back whole.
        assertThat(simulator().books(site.publicId(), false).refunded())
                .containsEntry("KZT", 250_100L);
    }

    /** What we cannot undo there is said before anybody leaves. */
    private void lookAtLeaving(String integration) {
        visitor.open(integration);
        visitor.button("integration.disconnect.button").click();
        assertThat(dialog("disconnect.title", NAME))
                .containsText(Words.of("provider.tiptoppay.disconnect"));
        shots.takeBoth(page, "leaving");
        visitor.nothingWrong();
    }
}
