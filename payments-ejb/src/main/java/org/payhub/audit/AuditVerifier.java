package org.payhub.audit;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Checks an exported audit chain without server or database and names each line that is wrong. It
 * needs nothing but this JAR and a JDK: {@code java -cp payments-ejb.jar
 * org.payhub.audit.AuditVerifier FILE [--head HASH]}.
 *
 * <p><b>The file</b> is UTF-8 text, one flat JSON object per line. The first line says what it is:
 * {@code entries} (how many follow), {@code format} ({@code payhub-audit-1}), {@code merchant},
 * {@code chain}, {@code head} (the hash of the last entry) and {@code exportedAt}. Every other line
 * is an entry with the fields {@code seq}, {@code chain}, {@code at}, {@code actorKind}, {@code
 * actorId}, {@code actorName}, {@code address}, {@code requestId}, {@code action}, {@code
 * objectType}, {@code objectId}, {@code previousHash}, {@code detailsDigest}, {@code hash} and,
 * unless they were erased on request, {@code salt} and {@code details}.
 *
 * <p><b>The hash</b> of an entry is SHA-256 over the text {@code payhub-audit-1}, a line feed, and
 * then the fields chain, seq, at, actorKind, actorId, actorName, address, requestId, action,
 * objectType, objectId, previousHash, detailsDigest, each written as its length in UTF-8 bytes, a
 * colon, the bytes, and a line feed. {@code detailsDigest} is SHA-256 over salt and details. The
 * first entry's {@code previousHash} is all zeros.
 *
 * <p><b>The ledger</b> is in it too: entries with the action {@code ledger.digest} hold a digest of
 * the merchant's ledger rows of a span of days, and each span begins where the one before ended.
 *
 * <p>A history that was rewritten from some entry to the end is consistent in itself. Whoever kept
 * an earlier head (an older export, a report's footer) gives it with {@code --head} and sees it.
 */
public final class AuditVerifier {

    private static final int LONGEST_LINE = 8 << 20;
    private static final int MOST_SHOWN = 50;

    private final List<String> problems = new ArrayList<>();
    private int problemCount;

    private UUID chain;
    private long promised;
    private byte[] promisedHead;

    private byte[] previousHash = new byte[AuditLine.HASH_BYTES];
    private long previousSeq;
    private int previousLine;
    private boolean linked = true;
    private long entries;
    private String ledgerCoveredTo;

    private AuditVerifier() {}

    /** What was found. */
    record Finding(long entries, String head, List<String> problems) {
        boolean valid() {
            return problems.isEmpty();
        }
    }

    /** Exit status 0: the file is whole. 1: it is not. 2: it could not be read. */
    public static void main(String[] args) {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(args, out));
    }

    static int run(String[] args, PrintStream out) {
        boolean withHead = args.length == 3 && args[1].equals("--head");
        if (args.length != 1 && !withHead) {
            out.println("Usage: verify-audit FILE [--head HASH]");
            out.println("Checks an exported audit chain; HASH is a head that was kept earlier.");
            return 2;
        }
        try {
            Finding finding = verify(Path.of(args[0]), withHead ? args[2] : null);
            finding.problems().forEach(out::println);
            out.println(
                    finding.valid()
                            ? "valid: "
                                    + finding.entries()
                                    + " entries, each follows the one before; head "
                                    + finding.head()
                            : "NOT valid: " + args[0] + " is not the chain that was written");
            return finding.valid() ? 0 : 1;
        } catch (IOException | java.nio.file.InvalidPathException e) {
            out.println("cannot read " + args[0] + ": " + e.getClass().getSimpleName() + reason(e));
            return 2;
        }
    }

    private static String reason(Throwable thrown) {
        return thrown.getMessage() == null ? "" : " (" + thrown.getMessage() + ")";
    }

    /** Checks the file; {@code keptHead} is a head that must be among its hashes, or null. */
    static Finding verify(Path file, String keptHead) throws IOException {
        BitSet present = new BitSet();
        boolean keptHeadSeen = false;
        try (BufferedReader reader = open(file)) {
            for (String line = next(reader); line != null; line = next(reader)) {
                long seq = seqOf(line);
                if (seq > 0 && seq < Integer.MAX_VALUE) {
                    present.set((int) seq);
                }
                keptHeadSeen |= keptHead != null && line.contains("\"hash\":\"" + keptHead + "\"");
            }
        }
        AuditVerifier verifier = new AuditVerifier();
        try (BufferedReader reader = open(file)) {
            int number = 1;
            verifier.header(next(reader));
            for (String line = next(reader); line != null; line = next(reader)) {
                verifier.entry(++number, line, present);
            }
            verifier.end(number);
        }
        if (keptHead != null && !keptHeadSeen) {
            verifier.problem("the head " + keptHead + " that was kept is not in this file");
        }
        if (verifier.problemCount > MOST_SHOWN) {
            verifier.problems.add("and " + (verifier.problemCount - MOST_SHOWN) + " more problems");
        }
        return new Finding(
                verifier.entries,
                HexFormat.of().formatHex(verifier.previousHash),
                List.copyOf(verifier.problems));
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        Files.newInputStream(file),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)));
    }

    /** The next line without its line feed; one that does not end is cut, so memory is bounded. */
    private static String next(Reader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c != '\n'; c = reader.read()) {
            if (c < 0) {
                return line.length() == 0 ? null : line.toString();
            }
            if (line.length() < LONGEST_LINE) {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static long seqOf(String line) {
        try {
            return AuditLine.parse(line).seq();
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    private void header(String line) {
        try {
            if (line == null) {
                throw new IllegalArgumentException("the file is empty");
            }
            Map<String, String> fields = AuditText.parse(line);
            if (!AuditLine.FORMAT.equals(fields.get("format"))) {
                throw new IllegalArgumentException("its format is not " + AuditLine.FORMAT);
            }
            chain = UUID.fromString(String.valueOf(fields.get("chain")));
            promised = Long.parseLong(String.valueOf(fields.get("entries")));
            promisedHead = HexFormat.of().parseHex(String.valueOf(fields.get("head")));
        } catch (IllegalArgumentException e) {
            problem("line 1: not the beginning of an audit file: " + e.getMessage());
        }
    }

    private void entry(int number, String text, BitSet present) {
        AuditLine line;
        try {
            line = AuditLine.parse(text);
        } catch (IllegalArgumentException e) {
            problem("line " + number + ": changed, " + e.getMessage());
            linked = false;
            previousSeq++;
            previousLine = number;
            return;
        }
        entries++;
        order(number, line, present);
        content(number, line);
        if (line.action().equals("ledger.digest") && line.hasDetails()) {
            ledger(number, line);
        }
        previousHash = line.hash();
        previousSeq = line.seq();
        previousLine = number;
        linked = true;
    }

    /** Does it stand where it belongs, and does it follow the entry before it? */
    private void order(int number, AuditLine line, BitSet present) {
        long expected = previousSeq + 1;
        if (chain != null && !line.chain().equals(chain)) {
            problem("line " + number + ": it belongs to another chain");
        }
        if (line.seq() == expected) {
            if (linked && !MessageDigest.isEqual(line.previousHash(), previousHash)) {
                problem(
                        "line "
                                + number
                                + ": entry "
                                + line.seq()
                                + " does not follow line "
                                + previousLine
                                + "; one of the two was changed or replaced");
            }
            return;
        }
        boolean moved =
                line.seq() < expected
                        || expected < Integer.MAX_VALUE && present.get((int) expected);
        if (moved) {
            problem(
                    "line "
                            + number
                            + ": swapped or repeated, entry "
                            + line.seq()
                            + " stands where entry "
                            + expected
                            + " belongs");
        } else {
            String missing =
                    line.seq() == expected + 1
                            ? "entry " + expected + " was"
                            : "entries " + expected + " to " + (line.seq() - 1) + " were";
            problem("line " + number + ": before it, " + missing + " removed");
        }
    }

    private void content(int number, AuditLine line) {
        if (!MessageDigest.isEqual(line.rightHash(), line.hash())) {
            problem(
                    "line "
                            + number
                            + ": changed, entry "
                            + line.seq()
                            + " does not have the hash of what it says");
        }
        if (line.hasDetails()
                && !MessageDigest.isEqual(
                        AuditLine.digestOf(line.salt(), line.details()), line.detailsDigest())) {
            problem(
                    "line "
                            + number
                            + ": changed, the details of entry "
                            + line.seq()
                            + " are not those that were written");
        }
    }

    private void ledger(int number, AuditLine line) {
        try {
            Map<String, String> fields = AuditText.parse(line.details());
            List<String> names = List.of("from", "to", "rows", "sha256");
            if (!fields.keySet().containsAll(names)
                    || HexFormat.of().parseHex(fields.get("sha256")).length
                            != AuditLine.HASH_BYTES) {
                throw new IllegalArgumentException("from, to, rows and sha256 are expected");
            }
            if (ledgerCoveredTo != null && !ledgerCoveredTo.equals(fields.get("from"))) {
                problem(
                        "line "
                                + number
                                + ": the ledger digest begins at "
                                + fields.get("from")
                                + ", the one before ended at "
                                + ledgerCoveredTo);
            }
            ledgerCoveredTo = fields.get("to");
        } catch (IllegalArgumentException e) {
            problem("line " + number + ": not a ledger digest: " + e.getMessage());
        }
    }

    private void end(int lastLine) {
        if (promisedHead == null) {
            return;
        }
        if (previousSeq < promised) {
            String missing =
                    previousSeq + 1 == promised
                            ? "entry " + promised + " was"
                            : "entries " + (previousSeq + 1) + " to " + promised + " were";
            problem("line " + lastLine + ": after it, " + missing + " removed");
        } else if (previousSeq > promised) {
            problem(
                    "line "
                            + lastLine
                            + ": the first line promises "
                            + promised
                            + " entries, there are more");
        } else if (!Arrays.equals(promisedHead, previousHash)) {
            problem(
                    "line "
                            + lastLine
                            + ": changed, the last entry is not the head that line 1 names");
        }
    }

    private void problem(String text) {
        problemCount++;
        if (problems.size() < MOST_SHOWN) {
            problems.add(text);
        }
    }
}
