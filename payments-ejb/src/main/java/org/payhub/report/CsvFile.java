package org.payhub.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A CSV file on its way out: RFC 4180, UTF-8, comma, CR LF; counted and hashed as it goes. */
final class CsvFile {

    /**
     * Beyond what must be quoted: what another separator would cut, and blanks at the edges that
     * programs like to drop.
     */
    private static final QuoteStrategy QUOTES =
            new QuoteStrategy() {
                @Override
                public boolean quoteValue(int line, int field, String value) {
                    char first = value.charAt(0);
                    char last = value.charAt(value.length() - 1);
                    return value.indexOf(';') >= 0
                            || value.indexOf('\t') >= 0
                            || first == '\''
                            || Character.isWhitespace(first)
                            || Character.isWhitespace(last);
                }
            };

    private final MessageDigest digest;
    private final DigestOutputStream out;
    private final CsvWriter writer;
    private long rows;

    CsvFile(OutputStream out, List<String> columns) {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        this.out = new DigestOutputStream(out, digest);
        this.writer =
                CsvWriter.builder()
                        .quoteStrategy(QUOTES)
                        .lineDelimiter(LineDelimiter.CRLF)
                        .build(this.out, StandardCharsets.UTF_8);
        writer.writeRecord(columns);
    }

    void row(List<String> cells) {
        writer.writeRecord(cells);
        rows++;
    }

    /** Writes out what is held back; the stream itself is the caller's to close. */
    ReportFacts end() {
        try {
            writer.flush();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ReportFacts(rows, HexFormat.of().formatHex(digest.digest()));
    }
}
