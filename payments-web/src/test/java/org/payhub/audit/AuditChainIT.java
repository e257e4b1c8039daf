package org.payhub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.payhub.access.TestPeople;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.it.Visitor;
import org.payhub.platform.Ids;
import org.payhub.tenancy.Role;

@RunAsClient
@ExtendWith(ArquillianExtension.class)
class AuditChainIT {

    @TempDir Path directory;

    @Test
    void what_was_exported_is_valid_and_an_auditor_may_take_it() throws IOException {
        TestPeople.Business business = TestPeople.business();
        Visitor auditor = TestPeople.person(business.merchant(), Role.AUDITOR);

        Http.Answer file = auditor.get("/admin/audit-export");

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Disposition")).contains(business.merchant());
        AuditVerifier.Finding finding = verify(file);
        assertThat(finding.problems()).isEmpty();
        // The business, its owner's invitation and password, and this very export.
        assertThat(finding.entries()).isEqualTo(4);
        assertThat(file.body()).contains("audit.export").doesNotContain(TestPeople.PASSWORD);
    }

    @Test
    void a_row_changed_in_the_database_is_named() throws IOException, SQLException {
        TestPeople.Business business = TestPeople.business();
        sql("UPDATE audit_entry SET actor_name = 'nobody' WHERE chain = ? AND seq = 2", business);

        List<String> problems = verify(business.owner().get("/admin/audit-export")).problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).startsWith("line 3: changed, entry 2");
    }

    @Test
    void a_row_removed_from_the_database_is_named() throws IOException, SQLException {
        TestPeople.Business business = TestPeople.business();
        sql(
                "DELETE d FROM audit_detail d JOIN audit_entry e ON e.id = d.entry_id WHERE e.chain"
                        + " = ? AND e.seq = 2",
                business);
        sql("DELETE FROM audit_entry WHERE chain = ? AND seq = 2", business);

        List<String> problems = verify(business.owner().get("/admin/audit-export")).problems();

        assertThat(problems).containsExactly("line 3: before it, entry 2 was removed");
    }

    @Test
    void two_rows_swapped_in_the_database_are_both_named() throws IOException, SQLException {
        TestPeople.Business business = TestPeople.business();
        sql("UPDATE audit_entry SET seq = 99 WHERE chain = ? AND seq = 1", business);
        sql("UPDATE audit_entry SET seq = 1 WHERE chain = ? AND seq = 2", business);
        sql("UPDATE audit_entry SET seq = 2 WHERE chain = ? AND seq = 99", business);

        List<String> problems = verify(business.owner().get("/admin/audit-export")).problems();

        assertThat(problems).anyMatch(p -> p.startsWith("line 2: changed"));
        assertThat(problems).anyMatch(p -> p.startsWith("line 3: changed"));
    }

    @Test
    void details_rewritten_in_the_database_are_named_and_erased_ones_are_not()
            throws IOException, SQLException {
        TestPeople.Business business = TestPeople.business();
        String ofSecond =
                " WHERE entry_id = (SELECT id FROM audit_entry WHERE chain = ? AND seq = 2)";
        sql("UPDATE audit_detail SET details = '{\"role\":\"AUDITOR\"}'" + ofSecond, business);

        assertThat(verify(business.owner().get("/admin/audit-export")).problems())
                .containsExactly(
                        "line 3: changed, the details of entry 2 are not those that were written");

        sql("DELETE FROM audit_detail" + ofSecond, business);
        assertThat(verify(business.owner().get("/admin/audit-export")).problems()).isEmpty();
    }

    @Test
    void a_hundred_acts_at_once_make_one_chain_without_a_gap() throws IOException {
        TestPeople.Business business = TestPeople.business();

        java.util.stream.IntStream.range(0, 100)
                .parallel()
                .forEach(
                        i ->
                                assertThat(business.owner().get("/admin/audit-export").status())
                                        .isEqualTo(200));

        AuditVerifier.Finding finding = verify(business.owner().get("/admin/audit-export"));
        assertThat(finding.problems()).isEmpty();
        assertThat(finding.entries()).isEqualTo(104);
    }

    @Test
    void an_edited_ledger_row_is_found_by_the_digest() throws SQLException, IOException {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        UUID entry = posting(merchant, 1250);
        assertThat(ledgerWarnings()).doesNotContain("ledger.");

        // The books are everybody's in this world: what is broken here is mended again.
        run(
                "CREATE TABLE kept_entry AS SELECT * FROM ledger_entry WHERE posting_id = (SELECT"
                        + " e.posting_id FROM ledger_entry e WHERE e.id = "
                        + hex(entry)
                        + ")");
        try {
            change("UPDATE ledger_entry SET fact_key = 'edited' WHERE id = ?", entry);
            assertThat(ledgerWarnings()).contains("their content differs");

            change("UPDATE ledger_entry SET amount_minor = amount_minor + 1 WHERE id = ?", entry);
            assertThat(ledgerWarnings()).contains("ledger.posting_unbalanced");

            change("DELETE FROM ledger_entry WHERE id = ?", entry);
            assertThat(ledgerWarnings()).contains("there were 2, now there are 1");
        } finally {
            run("DELETE FROM ledger_entry WHERE posting_id IN (SELECT posting_id FROM kept_entry)");
            run("INSERT INTO ledger_entry SELECT * FROM kept_entry");
            run("DROP TABLE kept_entry");
        }
        assertThat(ledgerWarnings()).doesNotContain("ledger.");
    }

    private static String hex(UUID id) {
        return "X'" + java.util.HexFormat.of().formatHex(TestMerchant.bytes(id)) + "'";
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = TestWorld.owner();
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Two balanced lines that were recorded two days ago. */
    private static UUID posting(TestMerchant merchant, long minor) throws SQLException {
        UUID first = UUID.randomUUID();
        UUID posting = UUID.randomUUID();
        Timestamp then = Timestamp.from(Instant.now().minus(Duration.ofDays(2)));
        try (Connection connection = TestWorld.owner();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO ledger_entry (id, posting_id, line_no, merchant_id,"
                                        + " integration_id, livemode, account, amount_minor,"
                                        + " amount_asset, fact, fact_key, occurred_at,"
                                        + " recorded_at, booking_date, booking_zone) VALUES (?, ?,"
                                        + " ?, ?, ?, FALSE, ?, ?, 'EUR', 'captured', ?, ?, ?,"
                                        + " CURRENT_DATE, 'Europe/Madrid')")) {
            for (int line = 1; line <= 2; line++) {
                insert.setBytes(1, TestMerchant.bytes(line == 1 ? first : UUID.randomUUID()));
                insert.setBytes(2, TestMerchant.bytes(posting));
                insert.setInt(3, line);
                insert.setBytes(4, TestMerchant.bytes(Ids.require("mer", merchant.id(), "m")));
                insert.setBytes(
                        5, TestMerchant.bytes(Ids.require("int", merchant.integration(), "i")));
                insert.setString(6, line == 1 ? "clearing" : "prepayments");
                insert.setLong(7, line == 1 ? minor : -minor);
                insert.setString(8, posting.toString());
                insert.setTimestamp(9, then);
                insert.setTimestamp(10, then);
                insert.executeUpdate();
            }
        }
        return first;
    }

    private static String ledgerWarnings() {
        Http.Answer answer =
                Http.post(
                        "/internal/health/ledger",
                        "",
                        Map.of("Authorization", "Bearer " + TestWorld.operatorToken()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static void change(String statement, UUID id) throws SQLException {
        try (Connection connection = TestWorld.owner();
                PreparedStatement update = connection.prepareStatement(statement)) {
            update.setBytes(1, TestMerchant.bytes(id));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static void sql(String statement, TestPeople.Business business) throws SQLException {
        change(statement, Ids.require("mer", business.merchant(), "merchant"));
    }

    private AuditVerifier.Finding verify(Http.Answer file) throws IOException {
        Path path = Files.createTempFile(directory, "audit", ".jsonl");
        Files.writeString(path, file.body());
        return AuditVerifier.verify(path, null);
    }
}
