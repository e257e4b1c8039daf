package org.payhub.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.payhub.it.Http;
import org.payhub.it.StripeSender;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestMerchant.Prepared;

/** Every dialog in which money or keys are decided about. */
class DialogsBrowserIT extends InChromium {

    private static final Path FOLDER = Path.of("target", "screenshots", "dialogs");

    /** One dialog: the page, the words of its opener and of its title. */
    private record Case(String name, String page, String opener, String title) {}

    @Test
    void every_dialog_is_whole_at_a_desk_and_on_a_phone_and_gives_the_focus_back() {
        Owner owner = Owner.ready();
        List<Case> cases = cases(owner.merchant());
        List<String> wrong = new ArrayList<>();
        Shots shots = new Shots(FOLDER);

        inBothThemes(
                owner,
                (visitor, theme) ->
                        cases.forEach(each -> look(visitor, each, theme, shots, wrong)));
        shots.sheet(chromium());

        assertThat(wrong).isEmpty();
    }

    /** All that is wrong is collected: one run says everything. */
    private static void look(
            Visitor visitor, Case each, String theme, Shots shots, List<String> wrong) {
        for (int width : List.of(Visitor.WIDE, Visitor.PHONE)) {
            String at = each.name() + " " + theme + " " + width;
            visitor.page().setViewportSize(width, width == Visitor.PHONE ? 780 : 900);
            try {
                shots.during(
                        visitor.page(),
                        () -> look(visitor, each, each.name() + " " + theme, at, shots, wrong));
            } catch (AssertionError | PlaywrightException e) {
                wrong.add(at + ": " + e.getMessage());
                visitor.forget();
            }
        }
    }

    private static void look(
            Visitor visitor, Case each, String name, String at, Shots shots, List<String> wrong) {
        Page page = visitor.page();
        visitor.open("/admin/" + each.page());
        Locator opener =
                page.getByRole(AriaRole.MAIN)
                        .getByRole(AriaRole.BUTTON, named(each.opener()))
                        .first();
        opener.click();
        Locator dialog =
                page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(each.title()));
        assertThat(dialog).isVisible();
        shots.take(page, name);
        // What is said beside it comes and goes by fading: half way it has no contrast.
        page.waitForFunction("() => jQuery.active === 0");
        page.evaluate(
                "document.querySelectorAll('.ui-growl-item-container').forEach(said =>"
                        + " said.remove())");
        Axe.grave(page, at, wrong);
        if (Visitor.sideways(page) > 0) {
            wrong.add(at + ": scrolls sideways");
        }
        page.waitForFunction(
                "() => document.activeElement.closest('[role=dialog]:not([aria-hidden=true])')");
        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();
        assertThat(opener).isFocused();
        visitor.nothingWrong();
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static List<Case> cases(TestMerchant merchant) {
        merchant.connectStripe();
        Prepared paid = merchant.paid("60.00");
        Prepared held = merchant.held("80.00");
        otherAmount(merchant);
        Prepared doubtful = doubtful(merchant);
        String due = merchant.visit("25.00");
        String delivery = Http.text(merchant.first("/webhook-deliveries"), "id");
        String drawer = "payments?selected=";
        String integration = "integration?id=" + merchant.integration();
        return List.of(
                of("link", "visit?id=" + due, "visit.link", "link.title"),
                of("visit cancel", "visit?id=" + due, "visit.cancel", "visit.cancel.title"),
                of("refund", drawer + paid.payment(), "visit.refund", "refund.title"),
                of("take", drawer + held.payment(), "visit.hold.capture", "visit.capture.title"),
                of("release", drawer + held.payment(), "visit.hold.void", "visit.void.title"),
                of("review", drawer + doubtful.payment(), "review.button", "review.title"),
                of("attach", "unmatched", "unmatched.attach", "unmatched.attach"),
                of("give back", "unmatched", "unmatched.return", "unmatched.return"),
                of("leave aside", "unmatched", "unmatched.ignore", "unmatched.ignore"),
                of("replay", "webhooks?id=" + delivery, "inbox.replay", "inbox.replay.title"),
                new Case("rotate", integration, "Secret", Words.of("rotate.title")),
                new Case(
                        "disconnect",
                        integration,
                        Words.of("integration.disconnect.button"),
                        Words.of("disconnect.title", "Stripe")),
                of("person", "people", "people.invite", "people.title"),
                of("key", "api-keys", "keys.make", "keys.make"));
    }

    private static Case of(String name, String page, String opener, String title) {
        return new Case(name, page, Words.of(opener), Words.of(title));
    }

    /** Another amount than was ordered: the money waits. */
    private static void otherAmount(TestMerchant merchant) {
        String payment = merchant.prepare("40.00").payment();
        deliver(merchant, StripeSender.charge(payment, 4_100, "eur", StripeSender.fresh()));
        merchant.awaitPayment(payment, "review");
    }

    /** A hold of another amount than was ordered. */
    private static Prepared doubtful(TestMerchant merchant) {
        Prepared prepared = merchant.prepare("70.00");
        JsonObject charge =
                StripeSender.charge(prepared.payment(), 7_500, "eur", StripeSender.fresh());
        charge.addProperty("captured", false);
        charge.addProperty("amount_captured", 0);
        deliver(merchant, charge);
        merchant.awaitPayment(prepared.payment(), "review");
        return prepared;
    }

    private static void deliver(TestMerchant merchant, JsonObject charge) {
        StripeSender sender = StripeSender.to(merchant);
        sender.deliver(
                StripeSender.event("evt_" + StripeSender.fresh(), "charge.succeeded", charge));
        sender.awaitQuiet();
    }

    @Test
    void a_person_closes_a_review_with_a_reason() {
        Owner owner = Owner.ready();
        Prepared doubtful = doubtful(owner.merchant().connectStripe());
        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);
            Page page = visitor.page();
            visitor.open("/admin/payments?selected=" + doubtful.payment());

            visitor.button("review.button").click();
            Locator dialog =
                    page.getByRole(
                            AriaRole.DIALOG,
                            new Page.GetByRoleOptions().setName(Words.of("review.title")));
            Locator close =
                    dialog.getByRole(
                            AriaRole.BUTTON, named(Words.of("review.button")).setExact(true));
            close.click();
            assertThat(dialog).containsText("Say why");
            dialog.getByLabel(Words.of("unmatched.ignore.note")).fill("Agreed by telephone");
            close.click();
            assertThat(dialog).isHidden();

            assertThat(page.getByText(Words.of("review.closed"))).isVisible();
            assertThat(visitor.button("review.button")).hasCount(0);
            assertThat(owner.merchant().payment(doubtful.payment()).get("status").getAsString())
                    .isEqualTo("authorized");
            visitor.nothingWrong();
        }
    }

    @Test
    void a_reason_that_is_missing_is_said_in_the_dialog_that_asks_for_it() {
        Owner owner = Owner.ready();
        TestMerchant merchant = owner.merchant().connectStripe();
        otherAmount(merchant);
        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);
            Page page = visitor.page();
            for (String verb : List.of("unmatched.return", "unmatched.ignore")) {
                visitor.open("/admin/unmatched");
                visitor.button(verb).click();
                Locator dialog =
                        page.getByRole(
                                AriaRole.DIALOG,
                                new Page.GetByRoleOptions().setName(Words.of(verb)));

                dialog.locator(".ph-dialogfoot button").last().click();

                assertThat(dialog).containsText("Say why");
                assertThat(dialog).isVisible();
            }
            visitor.nothingWrong();
        }
    }
}
