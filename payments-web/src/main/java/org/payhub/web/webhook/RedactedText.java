package org.payhub.web.webhook;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with covered parts, cut into pieces so that a page can show what is covered as covered.
 * JSON is laid out in lines with its names told apart; anything else stands as it came.
 */
final class RedactedText {

    /** What stands where something was covered. */
    static final String COVER = "•••";

    /** More pieces would make the page slow; the rest follows as one. */
    private static final int PIECES = 3_000;

    private static final Pattern PIECE =
            Pattern.compile("(•{3})|(\"(?:[^\"\\\\\\n]|\\\\.)*+\")(?=\\s*:)");

    /** One piece. */
    public record Piece(String kind, String text) {}

    private RedactedText() {}

    /** A body that may be JSON. */
    static List<Piece> ofBody(String body) {
        return pieces(laidOut(body));
    }

    /** Any other text. */
    static List<Piece> of(String text) {
        return pieces(text);
    }

    private static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher found = PIECE.matcher(text);
        int at = 0;
        while (pieces.size() < PIECES && found.find()) {
            if (found.start() > at) {
                pieces.add(new Piece("plain", text.substring(at, found.start())));
            }
            pieces.add(
                    found.group(1) == null
                            ? new Piece("name", found.group())
                            : new Piece("covered", found.group()));
            at = found.end();
        }
        if (at < text.length()) {
            pieces.add(new Piece("plain", text.substring(at)));
        }
        return pieces;
    }

    /** JSON in lines; what is no JSON stays as it is. */
    static String laidOut(String body) {
        if (body.indexOf('\n') >= 0) {
            return body;
        }
        StringWriter out = new StringWriter();
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            JsonStructure json = reader.read();
            try (JsonWriter writer =
                    Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                            .createWriter(out)) {
                writer.write(json);
            }
            return out.toString().strip();
        } catch (JsonException e) {
            return body;
        }
    }
}
