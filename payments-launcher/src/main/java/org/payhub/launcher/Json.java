package org.payhub.launcher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes the few JSON texts between the launcher and the application. Objects are {@link
 * Map}, arrays {@link List}, strings {@link String}; numbers, true, false and null are kept as they
 * were written ({@link Literal}), so that nothing is rounded. A library would be one more jar for
 * some forty lines.
 */
final class Json {

    /** A number, true, false or null, as it stood in the text. */
    record Literal(String text) {}

    private static final Literal TRUE = new Literal("true");
    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Answers empty for a text that is no JSON object. */
    static Optional<Map<String, Object>> object(String text) {
        try {
            Json json = new Json(text);
            Object value = json.value(0);
            json.skipSpace();
            if (json.at != text.length() || !(value instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((key, item) -> object.put((String) key, item));
            return Optional.of(object);
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    static String string(Map<?, ?> object, String key) {
        return object.get(key) instanceof String text ? text : "";
    }

    static boolean isTrue(Map<?, ?> object, String key) {
        return TRUE.equals(object.get(key));
    }

    static List<?> list(Map<?, ?> object, String key) {
        return object.get(key) instanceof List<?> list ? list : List.of();
    }

    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, "", out);
        return out.toString();
    }

    private static void write(Object value, String indent, StringBuilder out) {
        String deeper = indent + "  ";
        if (value instanceof Map<?, ?> map) {
            String separator = "{\n";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(deeper);
                quote(String.valueOf(entry.getKey()), out);
                out.append(": ");
                write(entry.getValue(), deeper, out);
                separator = ",\n";
            }
            out.append(map.isEmpty() ? "{}" : "\n" + indent + "}");
        } else if (value instanceof List<?> list) {
            String separator = "[\n";
            for (Object item : list) {
                out.append(separator).append(deeper);
                write(item, deeper, out);
                separator = ",\n";
            }
            out.append(list.isEmpty() ? "[]" : "\n" + indent + "]");
        } else if (value instanceof Literal literal) {
            out.append(literal.text());
        } else {
            quote(String.valueOf(value), out);
        }
    }

    private static void quote(String value, StringBuilder out) {
        out.append('"');
        value.chars()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                out.append('\\').append((char) c);
                            } else if (c < 0x20) {
                                out.append("\\u00").append(c < 0x10 ? "0" : "");
                                out.append(Integer.toHexString(c));
                            } else {
                                out.append((char) c);
                            }
                        });
        out.append('"');
    }

    private Object value(int depth) throws Malformed {
        skipSpace();
        if (depth > DEEPEST) {
            throw new Malformed();
        }
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> items(depth);
            case '"' -> quoted();
            default -> literal();
        };
    }

    private Map<String, Object> members(int depth) throws Malformed {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return object;
        }
        while (true) {
            skipSpace();
            String key = quoted();
            skipSpace();
            expect(':');
            object.put(key, value(depth + 1));
            skipSpace();
            if (peek() == '}') {
                at++;
                return object;
            }
            expect(',');
        }
    }

    private List<Object> items(int depth) throws Malformed {
        List<Object> list = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return list;
        }
        while (true) {
            list.add(value(depth + 1));
            skipSpace();
            if (peek() == ']') {
                at++;
                return list;
            }
            expect(',');
        }
    }

    private String quoted() throws Malformed {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() throws Malformed {
        char c = peek();
        at++;
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            case '"', '\\', '/' -> c;
            default -> throw new Malformed();
        };
    }

    private char unicode() throws Malformed {
        if (at + 4 > text.length()) {
            throw new Malformed();
        }
        try {
            char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
            return c;
        } catch (NumberFormatException e) {
            throw new Malformed();
        }
    }

    private Literal literal() throws Malformed {
        int start = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        if (!word.matches("true|false|null|-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            throw new Malformed();
        }
        return new Literal(word);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws Malformed {
        if (at >= text.length()) {
            throw new Malformed();
        }
        return text.charAt(at);
    }

    private void expect(char c) throws Malformed {
        if (peek() != c) {
            throw new Malformed();
        }
        at++;
    }

    private static final class Malformed extends Exception {
        Malformed() {
            super("no JSON", null, false, false);
        }
    }
}
