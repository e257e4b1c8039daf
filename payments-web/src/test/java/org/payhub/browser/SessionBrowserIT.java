package org.payhub.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SameSiteAttribute;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.platform.Ids;

/** What a session of the admin allows nobody but its person. */
class SessionBrowserIT extends InChromium {

    private static final String SESSION = "JSESSIONID";

    @Test
    void logging_in_begins_a_session_under_a_new_name() {
        Owner owner = Owner.ready();
        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.context()
                    .addCookies(
                            List.of(
                                    new Cookie(SESSION, "planted-by-somebody")
                                            .setUrl(TestWorld.baseUri().toString())));

            visitor.logIn(owner);
            String first = cookie(visitor).value;
            visitor.logIn(owner);
            String second = cookie(visitor).value;

            assertThat(first).isNotEqualTo("planted-by-somebody");
            assertThat(second).isNotEqualTo(first);
            assertThat(home(first)).isEqualTo(303);
            assertThat(home(second)).isEqualTo(200);
        }
    }

    @Test
    void after_signing_out_the_old_cookie_opens_nothing() {
        Owner owner = Owner.ready();
        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);
            String session = cookie(visitor).value;

            visitor.page()
                    .locator("details.ph-pop:has(form[action$='/admin/logout']) summary")
                    .first()
                    .click();
            visitor.button("shell.signout").first().click();
            visitor.page().waitForURL("**/login?out=true");

            assertThat(home(session)).isEqualTo(303);
            assertThat(visitor.page().getByText(Words.of("login.out")).isVisible()).isTrue();
            visitor.nothingWrong();
        }
    }

    private static int home(String session) {
        return Http.get("/admin/home", Map.of("Cookie", SESSION + "=" + session)).status();
    }

    @Test
    void the_cookie_of_the_session_is_kept_from_scripts_and_other_sites() {
        Owner owner = Owner.ready();
        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);

            Cookie cookie = cookie(visitor);

            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
            assertThat(visitor.page().evaluate("document.cookie").toString())
                    .doesNotContain(SESSION);
        }
    }

    private static Cookie cookie(Visitor visitor) {
        return visitor.context().cookies().stream()
                .filter(cookie -> cookie.name.equals(SESSION))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_state_that_is_not_ours_leads_to_the_page_that_says_the_view_is_over() {
        Owner owner = Owner.ready();
        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);
            for (String state : List.of("forged", "1:2", "-1:x", ":", "rO0ABXNyAA==")) {
                APIResponse answer =
                        visitor.context()
                                .request()
                                .post(
                                        "/admin/visit-new",
                                        RequestOptions.create()
                                                .setHeader("Origin", TestWorld.baseUri().toString())
                                                .setForm(
                                                        FormData.create()
                                                                .set("new", "new")
                                                                .set("new:save", "new:save")
                                                                .set(
                                                                        "jakarta.faces.ViewState",
                                                                        state)));

                assertThat(answer.url()).as(state).endsWith("/stop/expired");
                assertThat(answer.text()).as(state).contains(Words.of("stop.expired.title"));
            }
        }
    }

    /** Another port of the same host is the same site: the cookie goes along. */
    @Test
    void a_form_on_another_origin_does_nothing_with_our_session() throws IOException {
        Owner owner = Owner.ready();
        Owner other = Owner.ready();
        try (Stranger stranger = new Stranger();
                Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);
            visitor.expectRefusals();

            stranger.sends(visitor, "/admin/logout", Map.of());
            stranger.sends(
                    visitor, "/login", Map.of("email", other.email(), "password", Owner.PASSWORD));
            stranger.sends(
                    visitor,
                    "/admin/visit-new",
                    Map.of(
                            "new", "new",
                            "new:name", "Forged",
                            "new:rows:0:service", "Forged",
                            "new:rows:0:price", "1.00",
                            "new:save", "new:save",
                            "jakarta.faces.ViewState", "stateless"));
            Response home = visitor.open("/admin/home");

            assertThat(home.status()).isEqualTo(200);
            assertThat(visitor.page().url()).endsWith("/admin/home");
            visitor.open("/admin/visits?q=Forged");
            assertThat(visitor.heading("visits.none").isVisible()).isTrue();
            assertThat(visitor.page().locator("body").innerText())
                    .contains(name(owner))
                    .doesNotContain(name(other));
        }
    }

    private static String name(Owner owner) {
        return "Test " + owner.email().substring(6, 14);
    }

    @Test
    void no_other_page_may_frame_ours() throws IOException {
        Owner owner = Owner.ready();
        try (Stranger stranger = new Stranger();
                Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);
            Response home = visitor.open("/admin/home");
            Response pay = visitor.open("/login");

            stranger.frames(visitor, "/admin/home");

            assertThat(home.headerValue("x-frame-options")).isEqualTo("DENY");
            assertThat(home.headerValue("content-security-policy"))
                    .contains("frame-ancestors 'none'");
            assertThat(pay.headerValue("x-frame-options")).isEqualTo("DENY");
            assertThat(visitor.page().frames())
                    .noneMatch(frame -> frame.url().startsWith(TestWorld.baseUri().toString()));
        }
    }

    @Test
    void what_belongs_to_another_business_is_not_there() {
        Owner owner = Owner.ready();
        TestMerchant other = TestMerchant.make().connectStripe();
        TestMerchant.Prepared theirs = other.prepare("40.00");
        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(owner);
            visitor.expectRefusals();

            for (String address :
                    List.of(
                            "/admin/visit?id=" + theirs.visit(),
                            "/admin/integration?id=" + other.integration(),
                            "/admin/visit?id=vis_nonsense")) {
                Response answer = visitor.open(address);

                assertThat(answer.status()).as(address).isEqualTo(404);
                assertThat(visitor.page().locator("body").innerText())
                        .doesNotContain("Lucía Pérez")
                        .doesNotContain(other.account().id());
                visitor.nothingWrong();
            }
        }
    }

    @Test
    void the_front_desk_is_told_which_right_a_page_needs() {
        Owner person = Owner.ready();
        frontDesk(person);
        try (Visitor visitor = Visitor.at(chromium())) {
            visitor.logIn(person);
            assertThat(visitor.page().locator("nav a[href*='integrations']").count()).isZero();
            visitor.expectRefusals();

            for (String page : List.of("integrations", "connect?provider=stripe", "webhooks")) {
                Response answer = visitor.open("/admin/" + page);
                assertThat(answer.status()).as(page).isEqualTo(403);
            }
            visitor.open("/admin/integrations");

            Page page = visitor.page();
            assertThat(visitor.heading("stop.403.title").isVisible()).isTrue();
            assertThat(page.locator("#missing").innerText())
                    .isEqualTo(Words.of("right.SEE_INTEGRATIONS"));
            assertThat(page.getByText(Words.of("role.FRONT_DESK")).isVisible()).isTrue();
            visitor.nothingWrong();
        }
    }

    /** The invitation made an owner; this business has the person at its front desk instead. */
    private static void frontDesk(Owner person) {
        try (Connection connection = TestWorld.owner();
                PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE membership SET role = 'FRONT_DESK' WHERE merchant_id ="
                                        + " ?")) {
            update.setBytes(
                    1, TestMerchant.bytes(Ids.require("mer", person.merchant().id(), "merchant")));
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A page of somebody else, on another port of the same host. */
    private static final class Stranger implements AutoCloseable {

        private final HttpServer server;
        private volatile String html = "";

        Stranger() throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/",
                    exchange -> {
                        byte[] body = html.getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders().set("Content-Type", "text/html");
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
        }

        /** The visitor opens the page and presses its button; nothing says where it goes. */
        void sends(Visitor visitor, String path, Map<String, String> fields) {
            StringBuilder form =
                    new StringBuilder("<!DOCTYPE html><title>A prize</title><form method=post")
                            .append(" action=\"")
                            .append(TestWorld.baseUri())
                            .append(path)
                            .append("\">");
            fields.forEach(
                    (name, value) ->
                            form.append("<input type=hidden name=\"")
                                    .append(name)
                                    .append("\" value=\"")
                                    .append(value)
                                    .append("\">"));
            html = form.append("<button>Win</button></form>").toString();
            visitor.page().navigate(address());
            visitor.page().locator("button").click();
            visitor.page().waitForURL(TestWorld.baseUri() + "/**");
        }

        void frames(Visitor visitor, String path) {
            html =
                    "<!DOCTYPE html><title>A game</title><iframe src=\""
                            + TestWorld.baseUri()
                            + path
                            + "\"></iframe>";
            visitor.page().navigate(address());
        }

        private String address() {
            return "http://localhost:" + server.getAddress().getPort() + "/";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
