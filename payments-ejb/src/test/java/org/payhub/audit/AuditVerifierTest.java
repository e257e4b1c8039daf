package org.payhub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifierTest {

    private static final UUID CHAIN = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    private static final int ENTRIES = 8;

    @TempDir Path directory;

    @Test
    void an_untouched_file_is_valid() throws IOException {
        List<String> lines = chain();

        AuditVerifier.Finding finding = verify(lines);

        assertThat(finding.problems()).isEmpty();
        assertThat(finding.entries()).isEqualTo(ENTRIES);
    }

    @Test
    void a_file_of_no_entries_is_valid() throws IOException {
        List<String> lines = List.of(header(0, new byte[32]));

        assertThat(verify(lines).problems()).isEmpty();
    }

    @Test
    void every_single_changed_byte_of_an_entry_is_found_on_its_line() throws IOException {
        List<String> whole = chain();
        String line = whole.get(4);

        for (int i = 0; i < line.length(); i++) {
            char changed = line.charAt(i) == '7' ? '8' : '7';
            List<String> lines = new ArrayList<>(whole);
            lines.set(4, line.substring(0, i) + changed + line.substring(i + 1));

            assertThat(verify(lines).problems())
                    .as("byte " + i + " of " + line)
                    .anyMatch(problem -> problem.startsWith("line 5: "));
        }
    }

    @Test
    void a_changed_entry_with_its_hash_made_anew_no_longer_fits_the_next_line() throws IOException {
        List<String> lines = chain();
        AuditLine told = AuditLine.parse(lines.get(4));
        AuditLine lie = named(told, "somebody else");
        lines.set(4, lie.withHash(lie.rightHash()).toJson());

        assertThat(verify(lines).problems())
                .containsExactly(
                        "line 6: entry 5 does not follow line 5; one of the two was changed or"
                                + " replaced");
    }

    @Test
    void each_removed_entry_is_named() throws IOException {
        for (int removed = 1; removed <= ENTRIES; removed++) {
            List<String> lines = chain();
            lines.remove(removed);

            String where =
                    removed == ENTRIES
                            ? "line " + removed + ": after it, entry "
                            : "line " + (removed + 1) + ": before it, entry ";
            assertThat(verify(lines).problems()).containsExactly(where + removed + " was removed");
        }
    }

    @Test
    void a_file_cut_at_its_end_is_found_out() throws IOException {
        List<String> lines = chain().subList(0, 4);

        assertThat(verify(lines).problems())
                .containsExactly("line 4: after it, entries 4 to 8 were removed");
    }

    @Test
    void every_pair_of_swapped_lines_is_named() throws IOException {
        for (int one = 1; one <= ENTRIES; one++) {
            for (int other = one + 1; other <= ENTRIES; other++) {
                List<String> lines = chain();
                Collections.swap(lines, one, other);

                List<String> problems = verify(lines).problems();

                int first = one + 1;
                int second = other + 1;
                assertThat(problems).anyMatch(p -> p.startsWith("line " + first + ": swapped"));
                assertThat(problems).anyMatch(p -> p.startsWith("line " + second + ": swapped"));
            }
        }
    }

    @Test
    void a_repeated_line_is_named() throws IOException {
        List<String> lines = chain();
        lines.add(4, lines.get(3));

        assertThat(verify(lines).problems())
                .anyMatch(p -> p.startsWith("line 5: swapped or repeated, entry 3"));
    }

    @Test
    void contents_swapped_between_two_rows_are_found_on_both_lines() throws IOException {
        List<String> lines = chain();
        AuditLine three = AuditLine.parse(lines.get(3));
        AuditLine five = AuditLine.parse(lines.get(5));
        lines.set(3, named(three, five.actorName()).toJson());
        lines.set(5, named(five, three.actorName()).toJson());

        List<String> problems = verify(lines).problems();

        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).startsWith("line 4: changed");
        assertThat(problems.get(1)).startsWith("line 6: changed");
    }

    @Test
    void erased_details_leave_the_chain_valid() throws IOException {
        List<String> lines = chain();
        String line = lines.get(4);
        lines.set(4, line.substring(0, line.indexOf(",\"salt\"")) + "}");

        assertThat(verify(lines).problems()).isEmpty();
    }

    @Test
    void changed_details_are_found() throws IOException {
        List<String> lines = chain();
        lines.set(4, lines.get(4).replace("said 4", "said 9"));

        assertThat(verify(lines).problems())
                .containsExactly(
                        "line 5: changed, the details of entry 4 are not those that were written");
    }

    @Test
    void a_history_rewritten_to_its_end_is_seen_by_who_kept_a_head() throws IOException {
        List<String> before = chain();
        String kept = HexFormat.of().formatHex(AuditLine.parse(before.get(6)).hash());
        Path same = write(before);
        List<String> rewritten = chain("rewritten");

        assertThat(AuditVerifier.verify(same, kept).problems()).isEmpty();
        assertThat(verify(rewritten).problems()).isEmpty();
        assertThat(AuditVerifier.verify(write(rewritten), kept).problems())
                .containsExactly("the head " + kept + " that was kept is not in this file");
    }

    @Test
    void a_gap_between_ledger_digests_is_named() throws IOException {
        List<String> lines = new ArrayList<>();
        byte[] previous = new byte[32];
        String[] spans = {"2026-01-01", "2026-01-02", "2026-01-04", "2026-01-05"};
        for (int i = 0; i < 4; i += 2) {
            String details =
                    AuditDetails.of(
                            "from",
                            spans[i],
                            "to",
                            spans[i + 1],
                            "rows",
                            "1",
                            "sha256",
                            "00".repeat(32));
            AuditLine line = entry(i / 2 + 1, previous, "ledger.digest", details);
            lines.add(line.toJson());
            previous = line.hash();
        }
        lines.add(0, header(2, previous));

        assertThat(verify(lines).problems())
                .containsExactly(
                        "line 3: the ledger digest begins at 2026-01-04, the one before ended at"
                                + " 2026-01-02");
    }

    @Test
    void whatever_is_no_audit_file_is_refused_without_a_crash() throws IOException {
        List<List<String>> files =
                List.of(
                        List.of(),
                        List.of(""),
                        List.of("{"),
                        List.of("{}"),
                        List.of("{\"format\":\"payhub-audit-1\"}"),
                        List.of("[".repeat(100_000)),
                        List.of(chain().get(0), "", "null", "{\"seq\":1}", "\u0000"));

        for (List<String> lines : files) {
            assertThat(verify(lines).problems()).isNotEmpty();
        }
    }

    @Test
    void the_exit_status_tells_valid_from_invalid_from_unreadable() throws IOException {
        Path good = write(chain());
        List<String> lines = chain();
        lines.remove(2);
        Path bad = write(lines);

        assertThat(run(good.toString()).status()).isZero();
        assertThat(run(good.toString()).text()).startsWith("valid: 8 entries");
        assertThat(run(bad.toString()).status()).isEqualTo(1);
        assertThat(run(bad.toString()).text()).contains("line 3: before it, entry 2 was removed");
        assertThat(run(directory.resolve("absent").toString()).status()).isEqualTo(2);
        assertThat(run().status()).isEqualTo(2);
    }

    @Test
    void strange_texts_survive_the_file() {
        String strange = "a\"b\\c\u2028 Шебер 東京 🙂 \u0000";
        StringBuilder json = new StringBuilder("{\"k\":");
        AuditText.quote(json, strange);

        assertThat(AuditText.parse(json.append('}').toString())).containsEntry("k", strange);
        assertThat(json.toString()).doesNotContain("\u0000", "\u2028");
        assertThat(AuditText.clean("one\r\ntwo\ud800", 200)).isEqualTo("one??two?");
        assertThat(AuditText.clean("🙂🙂🙂", 2)).isEqualTo("🙂🙂");
    }

    private record Ran(int status, String text) {}

    private static Ran run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = AuditVerifier.run(args, new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Ran(status, out.toString(StandardCharsets.UTF_8));
    }

    private AuditVerifier.Finding verify(List<String> lines) throws IOException {
        return AuditVerifier.verify(write(lines), null);
    }

    private Path write(List<String> lines) throws IOException {
        Path file = Files.createTempFile(directory, "audit", ".jsonl");
        return Files.write(file, lines);
    }

    private static List<String> chain() {
        return chain("Ana Вера 東");
    }

    private static List<String> chain(String actor) {
        List<String> lines = new ArrayList<>();
        byte[] previous = new byte[32];
        for (int seq = 1; seq <= ENTRIES; seq++) {
            AuditLine line =
                    named(
                            entry(
                                    seq,
                                    previous,
                                    "refund.issue",
                                    AuditDetails.of("reason", "the client said " + seq)),
                            actor + " " + seq);
            line = line.withHash(line.rightHash());
            lines.add(line.toJson());
            previous = line.hash();
        }
        lines.add(0, header(ENTRIES, previous));
        return lines;
    }

    private static AuditLine entry(int seq, byte[] previous, String action, String details) {
        byte[] salt = new byte[16];
        Arrays.fill(salt, (byte) seq);
        AuditLine line =
                new AuditLine(
                        CHAIN,
                        seq,
                        Instant.parse("2026-03-29T01:59:59.000001Z").plusSeconds(seq),
                        "USER",
                        new UUID(1, seq),
                        "Ana",
                        "203.0.113.9",
                        "req-" + seq,
                        action,
                        "refund",
                        "ref_" + seq,
                        previous,
                        AuditLine.digestOf(salt, details),
                        new byte[0],
                        salt,
                        details);
        return line.withHash(line.rightHash());
    }

    private static AuditLine named(AuditLine line, String actor) {
        return new AuditLine(
                line.chain(),
                line.seq(),
                line.at(),
                line.actorKind(),
                line.actorId(),
                actor,
                line.address(),
                line.requestId(),
                line.action(),
                line.objectType(),
                line.objectId(),
                line.previousHash(),
                line.detailsDigest(),
                line.hash(),
                line.salt(),
                line.details());
    }

    private static String header(int entries, byte[] head) {
        return "{\"entries\":"
                + entries
                + ",\"format\":\"payhub-audit-1\",\"merchant\":\"mer_x\",\"chain\":\""
                + CHAIN
                + "\",\"head\":\""
                + HexFormat.of().formatHex(head)
                + "\",\"exportedAt\":\"2026-04-01T00:00:00Z\"}";
    }
}
