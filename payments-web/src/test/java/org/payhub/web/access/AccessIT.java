package org.payhub.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.access.TestPeople;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.it.Visitor;
import org.payhub.platform.Ids;
import org.payhub.tenancy.Role;

@RunAsClient
@ExtendWith(ArquillianExtension.class)
class AccessIT {

    private static final String SESSION = "JSESSIONID";

    @Test
    void whoever_is_not_logged_in_is_led_to_the_log_in_and_back() {
        Visitor stranger = Visitor.stranger();

        for (String path : List.of("/admin/home", "/admin/home.xhtml", "/admin/visit?id=x")) {
            Http.Answer answer = stranger.get(path);

            assertThat(answer.status()).as(path).isEqualTo(303);
            assertThat(answer.header("Location")).startsWith("/login?next=%2Fadmin%2F");
        }
        assertThat(stranger.get("/").header("Location")).endsWith("/admin/home");
        assertThat(stranger.cookie(SESSION)).isEmpty();
    }

    @Test
    void nothing_but_a_log_in_makes_a_session() {
        for (String path :
                List.of(
                        "/login",
                        "/setup?token=x",
                        "/pay/unknown",
                        "/stop/404",
                        "/nowhere",
                        "/health/ready",
                        "/api/v1/visits")) {
            assertThat(Visitor.stranger().get(path).header("Set-Cookie")).as(path).isEmpty();
        }
        for (String path : List.of("/payments/prepaid/stripe", "/payments/prepaid/stripe/abc")) {
            Http.Answer hook = Http.post(path, "{}", Map.of("Content-Type", "application/json"));

            assertThat(hook.header("Set-Cookie")).as(path).isEmpty();
        }
    }

    @Test
    void the_session_has_a_new_name_after_the_log_in_and_its_cookie_is_kept_close() {
        TestPeople.Business business = TestPeople.business();
        Visitor visitor = Visitor.stranger();
        visitor.cookie(SESSION, "0123456789abcdef0123456789ab");

        Http.Answer answer =
                visitor.post(
                        "/login",
                        Map.of("email", business.email(), "password", TestPeople.PASSWORD));

        String cookie = answer.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
        assertThat(visitor.cookie(SESSION)).isNotEqualTo("0123456789abcdef0123456789ab");
        assertThat(visitor.get("/admin/password").status()).isEqualTo(200);

        String first = visitor.cookie(SESSION);
        visitor.post("/login", Map.of("email", business.email(), "password", TestPeople.PASSWORD));
        assertThat(visitor.cookie(SESSION)).isNotEqualTo(first);
    }

    @Test
    void signing_out_ends_the_session_and_only_our_own_button_does_it() {
        Visitor visitor = TestPeople.business().owner();

        Http.Answer foreign =
                visitor.post("/admin/logout", Map.of(), Map.of("Sec-Fetch-Site", "cross-site"));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(visitor.get("/admin/password").status()).isEqualTo(200);

        visitor.post("/admin/logout", Map.of(), Map.of("Sec-Fetch-Site", "same-origin"));
        assertThat(visitor.get("/admin/password").status()).isEqualTo(303);
    }

    @Test
    void a_log_in_that_another_site_sends_is_refused() {
        TestPeople.Business business = TestPeople.business();

        Http.Answer answer =
                Visitor.stranger()
                        .post(
                                "/login",
                                Map.of("email", business.email(), "password", TestPeople.PASSWORD),
                                Map.of("Sec-Fetch-Site", "cross-site"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void after_the_log_in_nobody_is_led_to_a_foreign_place() {
        TestPeople.Business business = TestPeople.business();

        for (String next : List.of("//evil.example", "https://evil.example", "/\\evil.example")) {
            Http.Answer answer =
                    Visitor.stranger()
                            .post(
                                    "/login",
                                    Map.of(
                                            "email",
                                            business.email(),
                                            "password",
                                            TestPeople.PASSWORD,
                                            "next",
                                            next));

            assertThat(answer.header("Location")).as(next).isEqualTo("/admin/home");
        }
    }

    @Test
    void wrong_passwords_slow_down_and_tell_nothing_of_the_account() {
        TestPeople.Business business = TestPeople.business();
        String unknown = "nobody-" + UUID.randomUUID() + "@example.com";

        for (String email : List.of(business.email(), unknown)) {
            for (int tries = 0; tries < 3; tries++) {
                assertThat(refused(email).status()).as(email).isEqualTo(401);
            }
            Http.Answer slow = refused(email);
            assertThat(slow.status()).as(email).isEqualTo(429);
            assertThat(slow.body()).contains("You can try again in").contains(email);
        }
        // Slowed down, never locked out.
        TestMerchant.await(
                "the log-in",
                () ->
                        Visitor.stranger()
                                .post(
                                        "/login",
                                        Map.of(
                                                "email",
                                                business.email(),
                                                "password",
                                                TestPeople.PASSWORD)),
                answer -> answer.status() == 302 || answer.status() == 303);
        forgetFailures();
    }

    private static Http.Answer refused(String email) {
        return Visitor.stranger()
                .post("/login", Map.of("email", email, "password", "not the password"));
    }

    /** All tests come from one address; what this one did must not slow the others down. */
    private static void forgetFailures() {
        try (Connection connection = TestWorld.owner();
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM login_failure")) {
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_person_who_is_switched_off_is_out_at_once() throws SQLException {
        TestPeople.Business business = TestPeople.business();
        String email = TestPeople.add(business.merchant(), Role.MANAGER);
        Visitor manager = Visitor.loggedIn(email, TestPeople.PASSWORD);
        assertThat(manager.get("/admin/password").status()).isEqualTo(200);

        try (Connection connection = TestWorld.owner();
                PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE hub_user SET disabled = TRUE WHERE email = ?")) {
            update.setString(1, email);
            update.executeUpdate();
        }

        Http.Answer gone =
                TestMerchant.await(
                        "the session",
                        () -> manager.get("/admin/password"),
                        answer -> answer.status() == 303);
        assertThat(gone.header("Location")).contains("away=true");
    }

    @Test
    void a_page_beyond_the_role_names_the_right_and_who_can_grant_it() {
        TestPeople.Business business = TestPeople.business();
        Visitor frontDesk = TestPeople.person(business.merchant(), Role.FRONT_DESK);

        for (String path :
                List.of("/admin/people", "/admin/people.xhtml", "/admin/audit", "/admin/ledger")) {
            Http.Answer answer = frontDesk.get(path);

            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.body()).contains("Missing right").contains("Olga Owner");
        }
        assertThat(frontDesk.get("/admin/audit-export").status()).isEqualTo(403);
    }

    @Test
    void what_the_right_was_taken_from_is_gone_with_the_next_change() throws SQLException {
        TestPeople.Business business = TestPeople.business();
        String email = TestPeople.add(business.merchant(), Role.OWNER);
        Visitor second = Visitor.loggedIn(email, TestPeople.PASSWORD);
        Http.Answer page = second.get("/admin/people");
        assertThat(page.status()).isEqualTo(200);

        try (Connection connection = TestWorld.owner();
                PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE membership m JOIN hub_user u ON u.id = m.user_id SET"
                                        + " m.role = 'AUDITOR' WHERE u.email = ?")) {
            update.setString(1, email);
            update.executeUpdate();
        }
        Http.Answer replayed =
                second.post(
                        "/admin/people",
                        Map.of(
                                "jakarta.faces.ViewState", Visitor.viewState(page),
                                "list", "list",
                                "list:invite", "list:invite"));

        assertThat(replayed.status()).isEqualTo(403);
    }

    @Test
    void a_form_without_the_pages_own_key_changes_nothing() {
        TestPeople.Business business = TestPeople.business();

        Http.Answer answer =
                business.owner()
                        .post(
                                "/admin/people",
                                Map.of(
                                        "personForm", "personForm",
                                        "personForm:name", "Mallory",
                                        "personForm:email", "mallory@example.com",
                                        "personForm:role", "OWNER",
                                        "personForm:do", "personForm:do"));

        assertThat(answer.body()).doesNotContain("mallory@example.com");
        assertThat(peopleOf(business.merchant())).isEqualTo(1);
    }

    @Test
    void another_persons_view_is_not_taken_over() {
        TestPeople.Business business = TestPeople.business();
        Http.Answer page = business.owner().get("/admin/people");
        Visitor auditor = TestPeople.person(business.merchant(), Role.AUDITOR);
        Visitor manager = TestPeople.person(business.merchant(), Role.MANAGER);

        for (Visitor other : List.of(auditor, manager)) {
            other.post(
                    "/admin/people",
                    Map.of(
                            "jakarta.faces.ViewState", Visitor.viewState(page),
                            "personForm", "personForm",
                            "personForm:name", "Mallory",
                            "personForm:email", "mallory@example.com",
                            "personForm:role", "OWNER",
                            "role", "OWNER",
                            "personForm:do", "personForm:do"));
        }

        assertThat(peopleOf(business.merchant())).isEqualTo(3);
    }

    private static int peopleOf(String merchant) {
        try (Connection connection = TestWorld.owner();
                PreparedStatement query =
                        connection.prepareStatement(
                                "SELECT COUNT(*) FROM membership WHERE merchant_id = ?")) {
            query.setBytes(1, TestMerchant.bytes(Ids.require("mer", merchant, "merchant")));
            try (var result = query.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void every_answer_tells_the_browser_what_to_refuse() {
        Visitor owner = TestPeople.business().owner();

        for (String path : List.of("/login", "/admin/password", "/nowhere", "/admin/nowhere")) {
            Http.Answer answer = owner.get(path);

            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).as(path).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).as(path).isEqualTo("same-origin");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Cache-Control")).as(path).contains("no-store");
            String policy = answer.header("Content-Security-Policy");
            assertThat(policy).as(path).contains("frame-ancestors 'none'").contains("'nonce-");
            // The page's nonce is appended to the policy's end, so that must be the scripts' part.
            assertThat(policy.replaceFirst(";\\s*$", "").replaceFirst(".*;", "").strip())
                    .as(path)
                    .startsWith("script-src 'self'");
        }
        Http.Answer api = Http.get("/api/v1/visits", Map.of());
        assertThat(api.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(api.header("Cache-Control")).contains("no-store");
    }

    @Test
    void a_page_that_breaks_shows_a_reference_and_nothing_of_the_inside() {
        Visitor owner = TestPeople.business().owner();

        for (String path : List.of("/nowhere", "/admin/nowhere", "/admin/visit?id=%00", "/stop")) {
            Http.Answer answer = owner.get(path);

            assertThat(answer.status()).as(path).isGreaterThanOrEqualTo(400);
            assertThat(answer.body())
                    .as(path)
                    .doesNotContain("Exception")
                    .doesNotContain("org.payhub")
                    .doesNotContain("Payara");
        }
    }

    @Test
    void the_operators_doors_are_shut_without_the_token() {
        for (Map<String, String> headers :
                List.of(
                        Map.of("X-Forwarded-For", "10.0.0.1"),
                        Map.of("X-Forwarded-For", "10.0.0.1", "Authorization", "Bearer wrong"))) {
            assertThat(Http.get("/internal/setup", headers).status()).isEqualTo(401);
            assertThat(Http.post("/internal/health/ledger", "", headers).status()).isEqualTo(401);
        }
        assertThat(Http.post("/internal/merchants", "{}", Map.of()).status()).isIn(401, 415);
        assertThat(Http.get("/internal/health", Map.of("X-Forwarded-For", "10.0.0.1")).status())
                .isEqualTo(401);
    }

    @Test
    void a_set_up_link_opens_once() {
        String email = "owner-" + UUID.randomUUID() + "@example.com";
        String body =
                "{\"name\":\"Salon\",\"currency\":\"KZT\",\"timeZone\":\"Asia/Almaty\","
                        + "\"location\":\"Main\",\"ownerEmail\":\""
                        + email
                        + "\"}";
        String url =
                Http.post(
                                "/internal/merchants",
                                body,
                                Map.of(
                                        "Authorization",
                                        "Bearer " + TestWorld.operatorToken(),
                                        "Content-Type",
                                        "application/json"))
                        .text("setupUrl");
        String token = url.substring(url.indexOf("token=") + 6);

        Http.Answer weak =
                Visitor.stranger()
                        .post("/setup", Map.of("token", token, "name", "Ana", "password", "short"));
        assertThat(weak.status()).isEqualTo(422);
        assertThat(weak.body()).contains("at least 12").contains("value=\"Ana\"");
        Visitor.owner(url, "Ana", TestPeople.PASSWORD);
        Http.Answer again =
                Visitor.stranger()
                        .post(
                                "/setup",
                                Map.of(
                                        "token", token,
                                        "name", "Eve",
                                        "password", "another long password"));

        assertThat(again.status()).isEqualTo(409);
    }
}
