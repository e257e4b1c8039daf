package org.payhub.provider.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object that came from outside. Parsing is strict: valid UTF-8, one object, no name twice
 * in one object (two readers could pick different ones), at most {@value #DEEPEST} levels, numbers
 * of at most {@value #LONGEST_NUMBER} characters. Reading is tolerant: what is missing, null or of
 * another type is absent.
 *
 * <p><b>Errors</b>: {@link JsonMalformed}, from parsing alone.
 */
public final class Json {

    public static final int DEEPEST = 64;
    public static final int LONGEST_NUMBER = 64;

    /** Digits of the largest amount that the hub keeps. */
    private static final int MOST_DIGITS = 38;

    /** Remembers no names: strangers choose them. */
    private static final JsonFactory PARSERS =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(LONGEST_NUMBER)
                                    .build())
                    .build();

    /** A number as it was written: nothing is reckoned before someone asks, and within bounds. */
    private record Digits(String text) {}

    private static final Json EMPTY = new Json(Map.of());

    private final Map<String, Object> members;

    private Json(Map<String, Object> members) {
        this.members = members;
    }

    /** Reads bytes that must be one JSON object in UTF-8. */
    public static Json parse(byte[] utf8) {
        try {
            return parse(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(utf8))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new JsonMalformed("The text is not valid UTF-8.", e);
        }
    }

    /** Reads text that must be one JSON object. */
    public static Json parse(String text) {
        try (JsonParser parser = PARSERS.createParser(text)) {
            return new Builder(parser).object();
        } catch (IOException e) {
            // The parser's own message may quote the text.
            throw new JsonMalformed("The text is not a JSON object.");
        }
    }

    /** Whether that name is there and not null. */
    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** Whether that name is there, null or not. */
    public boolean names(String name) {
        return members.containsKey(name);
    }

    /** The names of this object, in their order. */
    public Set<String> names() {
        return members.keySet();
    }

    /** A text. */
    public Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A text that is not blank. */
    public Optional<String> filled(String name) {
        return text(name).filter(t -> !t.isBlank());
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> flag(String name) {
        return members.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /** Whether the name holds {@code true}. */
    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /**
     * A whole number of at most 38 digits, also when it was written {@code 25.0}. A number beyond
     * these bounds, or with a fraction, is absent: it is never rounded, and never reckoned with
     * before it was bounded.
     */
    public Optional<BigInteger> integer(String name) {
        return decimal(name)
                .filter(d -> d.stripTrailingZeros().scale() <= 0)
                .map(BigDecimal::toBigIntegerExact);
    }

    /** A number with at most 38 digits before the point and after it. */
    public Optional<BigDecimal> decimal(String name) {
        if (!(members.get(name) instanceof Digits digits)) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(digits.text());
        boolean bounded =
                number.scale() <= MOST_DIGITS
                        && number.precision() - (long) number.scale() <= MOST_DIGITS;
        return bounded ? Optional.of(number) : Optional.empty();
    }

    /** Seconds since 1970, as an instant. */
    public Optional<Instant> seconds(String name) {
        return integer(name)
                .filter(n -> n.bitLength() < 63)
                .flatMap(
                        n -> {
                            try {
                                return Optional.of(Instant.ofEpochSecond(n.longValueExact()));
                            } catch (DateTimeException e) {
                                return Optional.empty();
                            }
                        });
    }

    /** An object. */
    public Optional<Json> find(String name) {
        return members.get(name) instanceof Json json ? Optional.of(json) : Optional.empty();
    }

    /** An object; an empty one where there is none. */
    public Json get(String name) {
        return find(name).orElse(EMPTY);
    }

    /** The objects of a list; what else stands in it is left out. Empty where there is no list. */
    public List<Json> list(String name) {
        if (!(members.get(name) instanceof List<?> list)) {
            return List.of();
        }
        return list.stream().filter(Json.class::isInstance).map(Json.class::cast).toList();
    }

    /** The texts of a list; what else stands in it is left out. */
    public List<String> texts(String name) {
        if (!(members.get(name) instanceof List<?> list)) {
            return List.of();
        }
        return list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    }

    /** Whether the name holds a list. */
    public boolean hasList(String name) {
        return members.get(name) instanceof List<?>;
    }

    @Override
    public String toString() {
        // Contents are personal data and must not slip into a log.
        return "Json" + members.keySet();
    }

    /** An object or a list that is still being read. */
    private static final class Frame {

        private final Map<String, Object> members;
        private final List<Object> items = new ArrayList<>();
        private String name;

        Frame(boolean object) {
            members = object ? new LinkedHashMap<>() : null;
        }

        void name(String next) {
            if (members.containsKey(next)) {
                throw new JsonMalformed("A name stands twice in one object.");
            }
            name = next;
        }

        void add(Object value) {
            if (members == null) {
                items.add(value);
            } else {
                members.put(name, value);
            }
        }

        Object close() {
            return members == null
                    ? Collections.unmodifiableList(items)
                    : new Json(Collections.unmodifiableMap(members));
        }
    }

    /** Builds the tree without recursion, so that depth costs no stack. */
    private static final class Builder {

        private final JsonParser parser;
        private final Deque<Frame> open = new ArrayDeque<>();
        private Object done;

        Builder(JsonParser parser) {
            this.parser = parser;
        }

        Json object() throws IOException {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (done != null) {
                    throw new JsonMalformed("More follows after the JSON object.");
                }
                take(token);
            }
            if (!(done instanceof Json object)) {
                throw new JsonMalformed("The text is not a JSON object.");
            }
            return object;
        }

        private void take(JsonToken token) throws IOException {
            switch (token) {
                case START_OBJECT -> push(new Frame(true));
                case START_ARRAY -> push(new Frame(false));
                case FIELD_NAME -> open.element().name(parser.currentName());
                case VALUE_STRING -> put(parser.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> put(digits(parser.getText()));
                case VALUE_TRUE -> put(Boolean.TRUE);
                case VALUE_FALSE -> put(Boolean.FALSE);
                case VALUE_NULL -> put(null);
                case END_OBJECT, END_ARRAY -> put(open.pop().close());
                default -> throw new JsonMalformed("The text is not a JSON object.");
            }
        }

        private static Digits digits(String text) {
            if (text.length() > LONGEST_NUMBER) {
                throw new JsonMalformed(
                        "A number has more than " + LONGEST_NUMBER + " characters.");
            }
            return new Digits(text);
        }

        private void push(Frame frame) {
            if (open.size() >= DEEPEST) {
                throw new JsonMalformed("The JSON is more than " + DEEPEST + " levels deep.");
            }
            open.push(frame);
        }

        private void put(Object value) {
            if (open.isEmpty()) {
                done = value;
            } else {
                open.element().add(value);
            }
        }
    }
}
