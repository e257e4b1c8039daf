package org.payhub.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.access.TestPeople;
import org.payhub.it.Http;
import org.payhub.it.Strays;
import org.payhub.it.TestMerchant;
import org.payhub.it.Visitor;
import org.payhub.tenancy.Role;

/** Every page of the admin as every role, and with the ids of another business. */
@RunAsClient
@ExtendWith(ArquillianExtension.class)
class RightsWalkIT {

    private static final List<Role> COLUMNS =
            List.of(
                    Role.OWNER,
                    Role.MANAGER,
                    Role.FRONT_DESK,
                    Role.ACCOUNTANT,
                    Role.INTEGRATOR,
                    Role.AUDITOR);

    /** x may see it, - may not; one column per role. A page without a row fails the test. */
    private static final Map<String, String> PAGES = new TreeMap<>();

    static {
        PAGES.put("home", "x x x x x x");
        PAGES.put("password", "x x x x x x");
        PAGES.put("find", "x x x x - x");
        PAGES.put("visits", "x x x x - x");
        PAGES.put("visit", "x x x x - x");
        PAGES.put("visit-new", "x x x - - -");
        PAGES.put("payments", "x x x x - x");
        PAGES.put("payouts", "x x x x - x");
        PAGES.put("unmatched", "x x x x - x");
        PAGES.put("disputes", "x x - x - x");
        PAGES.put("ledger", "x x - x - x");
        PAGES.put("withdrawals", "x x - x - -");
        PAGES.put("rates", "x x - - - -");
        PAGES.put("reconciliation", "x x - x - x");
        PAGES.put("exports", "x x - x - x");
        PAGES.put("integrations", "x x - - x -");
        PAGES.put("integration", "x x - - x -");
        PAGES.put("marketplace", "x x - - x -");
        PAGES.put("connect", "x x - - x -");
        PAGES.put("webhooks", "x x - - x x");
        PAGES.put("webhook", "x x - - x x");
        PAGES.put("provider-calls", "x x - - x x");
        PAGES.put("people", "x x - - - -");
        PAGES.put("api-keys", "x - - - - -");
        PAGES.put("audit", "x - - - - x");
    }

    @Test
    void every_page_opens_for_exactly_the_roles_of_the_table() throws IOException {
        TestPeople.Business business = TestPeople.business();
        List<String> wrong = new ArrayList<>();
        List<String> pages = pages();

        for (int column = 0; column < COLUMNS.size(); column++) {
            Role role = COLUMNS.get(column);
            Visitor visitor =
                    role == Role.OWNER
                            ? business.owner()
                            : TestPeople.person(business.merchant(), role);
            for (String page : pages) {
                boolean may = PAGES.get(page).split(" ")[column].equals("x");
                for (String form : List.of("", ".xhtml")) {
                    int status = visitor.get("/admin/" + page + form).status();
                    if (may ? status == 403 || status >= 500 : status != 403) {
                        wrong.add(role + " " + page + form + " " + status);
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static List<String> pages() throws IOException {
        Path admin = Path.of("src", "main", "webapp", "admin");
        try (Stream<Path> files = Files.walk(admin)) {
            List<String> pages =
                    files.filter(file -> file.toString().endsWith(".xhtml"))
                            .map(file -> admin.relativize(file).toString())
                            .map(name -> name.substring(0, name.length() - 6))
                            .toList();
            assertThat(PAGES.keySet()).containsAll(pages);
            return pages;
        }
    }

    @Test
    void what_belongs_to_another_business_is_not_there_and_asking_leaves_a_trace() {
        TestMerchant other = TestMerchant.make().connectStripe();
        String visit = other.visit("40.00");
        TestPeople.Business business = TestPeople.business();
        Visitor owner = business.owner();

        for (String path :
                List.of(
                        "/admin/visit?id=" + visit,
                        "/admin/visit.xhtml?id=" + visit,
                        "/admin/integration?id=" + other.integration())) {
            Http.Answer answer = owner.get(path);

            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).doesNotContain("Lucía");
        }
        assertThat(Strays.of(business.merchant()))
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.objectType()).isEqualTo("visit");
                            assertThat(entry.objectId()).isEqualTo(visit);
                        });
    }
}
