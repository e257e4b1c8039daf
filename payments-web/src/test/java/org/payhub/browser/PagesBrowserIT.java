package org.payhub.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;

/** Every page of the admin, as it is drawn for an owner with some money in the books. */
class PagesBrowserIT extends InChromium {

    private static final Path ADMIN = Path.of("src", "main", "webapp", "admin");
    private static final Path FOLDER = Path.of("target", "screenshots", "pages");

    @Test
    void every_page_is_whole_in_light_and_dark_at_a_desk_and_on_a_phone() throws IOException {
        Owner owner = Owner.ready();
        List<String> pages = pages(owner.merchant());
        List<String> wrong = new ArrayList<>();
        Shots shots = new Shots(FOLDER);

        inBothThemes(
                owner,
                (visitor, theme) ->
                        pages.forEach(page -> look(visitor, page, theme, shots, wrong)));
        shots.sheet(chromium());

        assertThat(wrong).isEmpty();
    }

    /** Longer words than English ones must find their room too; nothing may be left in English. */
    @Test
    void every_page_fits_in_every_language_at_a_desk_and_on_a_phone() throws IOException {
        Owner owner = Owner.ready();
        List<String> pages = pages(owner.merchant());
        List<String> wrong = new ArrayList<>();

        for (String language : List.of("es", "ru", "kk")) {
            Shots shots = new Shots(FOLDER.resolveSibling("pages-" + language));
            try (Visitor visitor = Visitor.at(chromium())) {
                visitor.logIn(owner);
                visitor.language(language);
                for (String page : pages) {
                    read(visitor, page, language, shots, wrong);
                }
            }
            shots.sheet(chromium());
        }

        assertThat(wrong).isEmpty();
    }

    private static void read(
            Visitor visitor, String address, String language, Shots shots, List<String> wrong) {
        Page page = visitor.page();
        page.setViewportSize(Visitor.WIDE, 900);
        String at = address + " in " + language;
        visitor.open("/admin/" + address);
        try {
            visitor.nothingWrong();
        } catch (AssertionError e) {
            wrong.add(at + ": " + e.getMessage());
            visitor.forget();
        }
        if (!language.equals(page.locator("html").getAttribute("lang"))) {
            wrong.add(at + ": the page says that it is in another language");
        }
        for (int width : new int[] {Visitor.WIDE, Visitor.PHONE}) {
            page.setViewportSize(width, width == Visitor.WIDE ? 900 : 780);
            int over = Visitor.sideways(page);
            if (over > 0) {
                wrong.add(at + ": scrolls sideways by " + over + " px at " + width);
            }
        }
        shots.take(page, address.replaceAll("\\?.*", ""));
    }

    /** All that is wrong is collected: one run says everything. */
    private static void look(
            Visitor visitor, String address, String theme, Shots shots, List<String> wrong) {
        Page page = visitor.page();
        page.setViewportSize(Visitor.WIDE, 900);
        String at = address + " " + theme;
        Response answer = visitor.open("/admin/" + address);
        if (answer.status() != 200) {
            wrong.add(at + ": status " + answer.status());
            return;
        }
        try {
            visitor.nothingWrong();
        } catch (AssertionError e) {
            wrong.add(at + ": " + e.getMessage());
            visitor.forget();
        }
        if (page.locator("h1").count() != 1) {
            wrong.add(at + ": " + page.locator("h1").count() + " h1");
        }
        String name = address.replaceAll("\\?.*", "") + " " + theme;
        Axe.grave(page, at + " 1440", wrong);
        shots.take(page, name);
        page.setViewportSize(Visitor.PHONE, 780);
        int over = Visitor.sideways(page);
        if (over > 0) {
            wrong.add(at + ": scrolls sideways by " + over + " px at 360");
        }
        Axe.grave(page, at + " 360", wrong);
        shots.take(page, name);
    }

    /** The addresses of all pages; those that show one thing are given one to show. */
    private static List<String> pages(TestMerchant merchant) throws IOException {
        merchant.connectStripe();
        TestMerchant.Prepared paid = merchant.paid("40.00");
        Http.Answer refund = merchant.refund(paid.payment(), "12.50");
        assertThat(refund.status()).as(refund.body()).isBetween(200, 202);
        merchant.prepare("25.00");
        Coins coins = Coins.connect(merchant).rate("USDT:tron", "1.087");
        String coin = coins.invoice("30.00");
        Coins.alppay().send(coins.key(coin), "40");
        merchant.awaitPayment(coin, "paid");
        coins.withdrawal("12.5");
        Map<String, String> asked =
                Map.of(
                        "visit", "?id=" + paid.visit(),
                        "payments", "?selected=" + paid.payment(),
                        "integration", "?id=" + merchant.integration(),
                        "connect", "?provider=stripe",
                        "webhook", "?id=" + Http.text(merchant.first("/webhook-deliveries"), "id"),
                        "find", "?q=Luc");
        List<String> more = List.of("payments?selected=" + coin, "withdrawals?payment=" + coin);
        try (Stream<Path> files = Files.walk(ADMIN)) {
            return Stream.concat(
                            more.stream(),
                            files.map(file -> ADMIN.relativize(file).toString())
                                    .filter(name -> name.endsWith(".xhtml"))
                                    .map(name -> name.substring(0, name.length() - 6))
                                    .map(name -> name + asked.getOrDefault(name, "")))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_refund_that_failed_is_on_the_first_page_with_the_way_to_its_visit() {
        Owner owner = Owner.ready();
        TestMerchant merchant = owner.merchant().connectStripe();
        TestMerchant.Prepared paid = merchant.paid("40.00");
        Http.Answer refund = merchant.refund(paid.payment(), "12.50");
        String path = "/refunds/" + refund.text("id");
        TestMerchant.await(
                "the refund",
                () -> merchant.get(path).text("status"),
                status -> status.equals("succeeded"));
        TestWorld.simulator()
                .stripe()
                .act("refund_fails", merchant.get(path).text("providerRefundId"), Map.of());
        TestMerchant.await(
                "its failure",
                () -> merchant.get(path).text("status"),
                status -> status.equals("failed"));

        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);
            Page page = visitor.page();
            Locator need =
                    page.getByRole(AriaRole.LISTITEM)
                            .filter(
                                    new Locator.FilterOptions()
                                            .setHasText(
                                                    Words.of(
                                                            "home.needs.refund.failed",
                                                            "12.50 €")));
            new Shots(FOLDER).take(page, "home with a failed refund");
            need.getByRole(AriaRole.LINK).click();
            page.waitForURL("**/admin/visit?id=" + paid.visit());

            assertThat(page.locator("main").innerText()).contains("12.50");
            visitor.nothingWrong();
        }
    }

    @Test
    void a_person_logs_in_by_keyboard_alone() {
        Owner owner = Owner.ready();
        try (Visitor visitor = Visitor.at(chromium())) {
            Page page = visitor.page();
            visitor.open("/login");

            page.keyboard().press("Tab");
            String first = (String) page.evaluate("document.activeElement.getAttribute('href')");
            page.keyboard().press("Tab");
            page.keyboard().type(owner.email());
            page.keyboard().press("Tab");
            page.keyboard().type(Owner.PASSWORD);
            page.keyboard().press("Tab");
            String last = (String) page.evaluate("document.activeElement.id");
            page.keyboard().press("Enter");
            page.waitForURL("**/admin/home");

            assertThat(first).isEqualTo("#main");
            assertThat(last).isEqualTo("login");
            visitor.nothingWrong();
        }
    }
}
