package org.payhub.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.payhub.it.TestWorld;

/**
 * One person at one browser, with cookies of their own. Whatever goes wrong on a page of ours while
 * they look at it is noted, and {@link #nothingWrong} fails on it.
 */
final class Visitor implements AutoCloseable {

    static final int WIDE = 1440;
    static final int PHONE = 360;

    /** A Faces text without an entry in the bundle, or an expression that was not evaluated. */
    private static final Pattern MISSING = Pattern.compile("\\?\\?\\?|#\\{|\\{\\d}");

    private final BrowserContext context;
    private final Page page;
    private final List<String> wrong = new ArrayList<>();
    private boolean refusalsExpected;

    private Visitor(Chromium chromium, Browser.NewContextOptions options) {
        context =
                chromium.browser()
                        .newContext(
                                options.setBaseURL(TestWorld.baseUri().toString())
                                        .setLocale("en-GB")
                                        .setTimezoneId("Europe/Madrid"));
        // A loaded machine is slow; nothing here waits this long when it works.
        context.setDefaultTimeout(60_000);
        context.addInitScript(
                "addEventListener('securitypolicyviolation', e => console.error('CSP '"
                        + " + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile));");
        context.onConsoleMessage(
                message -> {
                    if (message.type().equals("error") && !expected(message.text())) {
                        wrong.add(message.page().url() + " console: " + message.text());
                    }
                });
        context.onWebError(error -> wrong.add("page error: " + error.error()));
        context.onResponse(
                answer -> {
                    if (answer.status() >= 400 && !(refusalsExpected && isPage(answer))) {
                        wrong.add(answer.status() + " " + answer.url());
                    }
                });
        page = context.newPage();
    }

    /** At a desk. */
    static Visitor at(Chromium chromium) {
        return new Visitor(chromium, new Browser.NewContextOptions().setViewportSize(WIDE, 900));
    }

    /** With a phone in the hand. */
    static Visitor onPhone(Chromium chromium, boolean scripts) {
        return new Visitor(
                chromium,
                new Browser.NewContextOptions()
                        .setViewportSize(PHONE, 780)
                        .setHasTouch(true)
                        .setJavaScriptEnabled(scripts));
    }

    private static boolean isPage(Response answer) {
        return answer.request().isNavigationRequest();
    }

    private boolean expected(String message) {
        return refusalsExpected && message.startsWith("Failed to load resource");
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** From here on pages may answer 403 and 404. */
    void expectRefusals() {
        refusalsExpected = true;
    }

    /** The theme that the person has chosen. */
    void theme(String theme) {
        context.addCookies(
                List.of(new Cookie("payhub_theme", theme).setUrl(TestWorld.baseUri().toString())));
    }

    /** The language that the person has chosen. */
    void language(String language) {
        context.addCookies(
                List.of(
                        new Cookie("payhub_language", language)
                                .setUrl(TestWorld.baseUri().toString())));
    }

    Response open(String path) {
        return page.navigate(path);
    }

    void logIn(Owner owner) {
        open("/login");
        page.getByLabel(Words.of("login.email")).fill(owner.email());
        page.getByLabel(Words.of("login.password")).fill(Owner.PASSWORD);
        button("login.button").click();
        page.waitForURL("**/admin/home");
    }

    Locator button(String key, Object... values) {
        return named(AriaRole.BUTTON, key, values);
    }

    Locator link(String key, Object... values) {
        return named(AriaRole.LINK, key, values);
    }

    Locator heading(String key, Object... values) {
        return named(AriaRole.HEADING, key, values);
    }

    private Locator named(AriaRole role, String key, Object... values) {
        return page.getByRole(
                role, new Page.GetByRoleOptions().setName(exactly(Words.of(key, values))));
    }

    /** The whole name; what an icon's font adds is no letter of it. */
    private static Pattern exactly(String name) {
        String escaped =
                name.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0").replaceAll("\\s+", "\\\\s+");
        return Pattern.compile("^[\\s\\ue000-\\uf8ff]*" + escaped + "[\\s\\ue000-\\uf8ff]*$");
    }

    /**
     * The dialog once it has the focus. It takes it a moment after it is shown, and what is typed
     * into another field at that very moment goes to its first one.
     */
    static Locator focused(Locator dialog) {
        PlaywrightAssertions.assertThat(dialog.locator(":focus")).hasCount(1);
        return dialog;
    }

    /** No error, nothing refused by policy, no resource missing, no text missing. */
    void nothingWrong() {
        assertThat(wrong).as("seen at " + page.url()).isEmpty();
        assertThat(page.locator("body").innerText()).doesNotContainPattern(MISSING);
    }

    /** By how many pixels the page is wider than the window. */
    static int sideways(Page page) {
        return ((Number)
                        page.evaluate(
                                "document.documentElement.scrollWidth -"
                                        + " document.documentElement.clientWidth"))
                .intValue();
    }

    /** What was noted so far was told. */
    void forget() {
        wrong.clear();
    }

    @Override
    public void close() {
        context.close();
    }
}
