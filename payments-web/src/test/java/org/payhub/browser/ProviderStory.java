package org.payhub.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;

/**
 * The steps that the stories of all providers share, from the marketplace to the exported file, by
 * mouse and keyboard only. Every step takes its pictures, and says what has to be seen at its end;
 * what only one provider has stands between them in its own story.
 */
abstract class ProviderStory extends InChromium {

    private static final String BADGES = "h1 ~ .ph-badge";

    private final String code;
    private final String name;
    private final Path folder;

    final Shots shots;
    Visitor visitor;
    Page page;

    /** The story of the provider of that code and name. */
    ProviderStory(String code, String name, Path folder) {
        this.code = code;
        this.name = name;
        this.folder = folder;
        this.shots = new Shots(folder);
    }

    /** The owner's walk, at a desk. */
    final void walk(Runnable story) {
        try (Visitor desk = Visitor.at(chromium())) {
            visitor = desk;
            page = desk.page();
            shots.during(page, story);
        } finally {
            shots.sheet(chromium());
        }
    }

    /** The client's walk: somebody else's phone, without a login. */
    final void onPhone(boolean scripts, Consumer<Visitor> story) {
        try (Visitor client = Visitor.onPhone(chromium(), scripts)) {
            shots.during(client.page(), () -> story.accept(client));
        }
    }

    // ---- connecting ----

    /** The provider's card on an open marketplace. */
    final Locator card(Page marketplace) {
        return marketplace.getByRole(
                AriaRole.ARTICLE, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** From an open marketplace to the first step of the wizard. */
    final void choose() {
        Locator connect =
                card(page)
                        .getByRole(
                                AriaRole.LINK,
                                new Locator.GetByRoleOptions()
                                        .setName(Words.of("marketplace.connect") + " " + name));
        connect.click();
        assertThat(visitor.heading("connect.about.title", name)).isVisible();
        shots.take(page, "connect what it does");
    }

    /** A field of the wizard and what the owner types into it. */
    record Key(String field, String value) {}

    /** Types the keys, sees them accepted with all rights, and goes on. */
    final void enterKeys(Key... keys) {
        assertThat(visitor.heading("provider." + code + ".keys.title")).isVisible();
        Locator last = null;
        for (Key key : keys) {
            last =
                    page.getByLabel(
                            Words.of("provider." + code + ".field." + key.field() + ".label"),
                            exactly());
            last.fill(key.value());
        }
        last.blur();
        assertThat(page.getByText(Words.of("connect.keys.rights.all"))).isVisible();
        shots.takeBoth(page, "connect keys checked");
        visitor.nothingWrong();
        visitor.button("connect.keys.next").click();
    }

    /** A page of the simulator on which the provider's customer sets what we cannot. */
    final void inCabinet(String account, Consumer<Page> deed) {
        try (Page cabinet = visitor.context().newPage()) {
            cabinet.navigate(TestWorld.simulator().baseUrl() + "/cabinet/" + code + "/" + account);
            deed.accept(cabinet);
        }
    }

    /** Pays the proof with that card at the provider's, and is back at ours. */
    final void payProof(String card) {
        assertThat(visitor.heading("proof.title")).isVisible();
        Locator there = visitor.link("proof.open", name);
        assertThat(there).isVisible();
        shots.takeBoth(page, "proof ready");
        Page hosted = visitor.context().waitForPage(there::click);
        payByCard(hosted, card, "proof at the simulator");
        hosted.waitForURL(Pattern.compile(Pattern.quote(TestWorld.baseUri().toString()) + ".*"));
        shots.take(hosted, "proof came back");
        hosted.close();
    }

    final void proofIsPassed() {
        assertThat(page.getByText(Words.of("proof.passed"), exactText())).isVisible();
        shots.takeBoth(page, "proof passed");
        visitor.nothingWrong();
    }

    /** From the passed proof to the integration, which is in test mode. */
    final void leaveWizard() {
        visitor.button("connect.proof.next").click();
        assertThat(visitor.heading("done.test", name)).isVisible();
        shots.takeBoth(page, "connected");
        visitor.button("done.manage").click();
        page.waitForURL("**/admin/integration**");
        assertThat(page.getByText(Words.of("state.integration.test")).first()).isVisible();
        shots.takeBoth(page, "integration");
        visitor.nothingWrong();
    }

    // ---- a visit ----

    /** What a visit is made of; it is tomorrow from ten to eleven, in euros. */
    record NewVisit(String client, String phone, String line, String price) {}

    final void makeVisit(NewVisit made) {
        visitor.open("/admin/visits");
        shots.takeBoth(page, "visits");
        visitor.link("visits.new").first().click();
        page.getByLabel(Words.of("newvisit.name"), exactly()).fill(made.client());
        // The bar above has a field for phone numbers too.
        page.getByRole(AriaRole.MAIN).getByLabel(Words.of("newvisit.phone")).fill(made.phone());
        page.getByLabel(Words.of("newvisit.day"), exactly())
                .fill(LocalDate.now(ZoneId.of("Europe/Madrid")).plusDays(1).toString());
        page.getByLabel(Words.of("newvisit.start"), exactly()).fill("10:00");
        page.getByLabel(Words.of("newvisit.end"), exactly()).fill("11:00");
        page.getByLabel(Words.of("newvisit.line"), exactly()).fill(made.line());
        Locator price = page.getByLabel(Words.of("newvisit.price") + ", EUR");
        price.fill(made.price());
        price.blur();
        assertThat(page.getByText(made.price() + " €")).isVisible();
        shots.takeBoth(page, "new visit");
        visitor.button("newvisit.save").click();
        assertThat(
                        page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(made.client())))
                .isVisible();
        shots.take(page, "visit");
        visitor.nothingWrong();
    }

    /** The link of the open visit, which is also copied and drawn. */
    final String makeLink() {
        visitor.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        visitor.button("visit.link").click();
        Locator dialog = dialog("link.title");
        Locator made = dialog.getByLabel(Words.of("link.made"), exactlyIn());
        assertThat(made).isVisible();
        String url = made.inputValue();
        assertThat(url).startsWith(TestWorld.baseUri() + "/pay/");
        assertThat(page.getByText(Words.of("visit.copied"))).isVisible();
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(url);
        assertThat(
                        dialog.getByRole(
                                AriaRole.IMG,
                                new Locator.GetByRoleOptions().setName(Words.of("link.qr"))))
                .isVisible();
        shots.takeBoth(page, "payment link copied");
        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();
        visitor.nothingWrong();
        return url;
    }

    // ---- paying ----

    /** The client opens the link, sees these words, and goes to the provider's page. */
    final void goPay(Visitor client, String link, String amount, String... words) {
        Page phone = client.page();
        phone.navigate(link);
        for (String each : words) {
            assertThat(phone.getByText(each).first()).isVisible();
        }
        shots.take(phone, "pay page");
        client.nothingWrong();
        client.button("pay.button", amount).click();
        phone.waitForURL(TestWorld.simulator().baseUrl() + "/**");
        shots.take(phone, "at the simulator");
    }

    /** Types the card at the provider's and presses its button. */
    final void payByCard(Page hosted, String card, String what) {
        hosted.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Card number"))
                .fill(card);
        shots.take(hosted, what);
        hosted.locator("button.go").click();
    }

    /** Our page says that all is paid, and when the visit is. */
    final void seesPaid(Visitor client, String time) {
        assertThat(client.heading("pay.paid.title", time)).isVisible();
        shots.take(client.page(), "client sees paid");
        client.nothingWrong();
    }

    /** The open visit, looked at once more, is paid. */
    final void visitIsPaid() {
        page.reload();
        assertThat(badge("state.visit.paid").first()).isVisible();
        shots.takeBoth(page, "visit paid");
        visitor.nothingWrong();
    }

    /** What the open visit says of itself. */
    final Locator badge(String state) {
        return page.locator(BADGES).filter(having(Words.of(state)));
    }

    /** Looks at the open page again and again until it says so at that place. */
    final void reloadUntil(Locator place, String state) {
        TestMerchant.await(
                state + " at " + page.url(),
                () -> {
                    page.reload();
                    return place.allInnerTexts().toString();
                },
                text -> text.contains(Words.of(state)));
    }

    /** Looks at the open visit again and again until it says so of itself. */
    final void visitBecomes(String state) {
        reloadUntil(page.locator(BADGES), state);
    }

    // ---- giving back ----

    /** The dialog of the open visit, or of its payment, with that amount in it. */
    final Locator openRefund(String amount) {
        visitor.button("visit.refund").first().click();
        Locator dialog = Visitor.focused(dialog("refund.title"));
        dialog.getByRole(
                        AriaRole.TEXTBOX,
                        new Locator.GetByRoleOptions()
                                .setName(Words.of("refund.amount"))
                                .setExact(true))
                .fill(amount);
        return dialog;
    }

    static void issue(Locator refundDialog) {
        refundDialog.locator("[id='refundForm:issue']").click();
    }

    /** Gives back that much because the client cancelled. */
    final void refund(String amount) {
        Locator dialog = openRefund(amount);
        dialog.getByLabel(Words.of("refund.reason.client_cancelled")).check();
        shots.takeBoth(page, "refund");
        issue(dialog);
        assertThat(page.getByText(Words.of("refund.asked"), exactText())).isVisible();
        assertThat(dialog).isHidden();
        shots.take(page, "refund asked for");
    }

    // ---- looking back ----

    final void lookAtInbox() {
        visitor.open("/admin/webhooks");
        shots.takeBoth(page, "webhook inbox");
        visitor.nothingWrong();
    }

    /** Saves what the payments' page exports. */
    final ItemisedFile export() {
        visitor.open("/admin/payments");
        shots.takeBoth(page, "finance");
        Download file = page.waitForDownload(() -> visitor.link("payments.export").click());
        Path saved = folder.resolve("balance_itemised.csv");
        file.saveAs(saved);
        visitor.nothingWrong();
        return ItemisedFile.read(saved);
    }

    // ---- finding ----

    /** The dialog with that title. */
    final Locator dialog(String title, Object... values) {
        return page.getByRole(
                AriaRole.DIALOG, new Page.GetByRoleOptions().setName(Words.of(title, values)));
    }

    static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    static Locator.GetByLabelOptions exactlyIn() {
        return new Locator.GetByLabelOptions().setExact(true);
    }

    static Page.GetByTextOptions exactText() {
        return new Page.GetByTextOptions().setExact(true);
    }
}
