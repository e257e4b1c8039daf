package org.payhub.simulator.bench;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options of the form {@code --name value}; one without a value means yes. */
final class Options {

    private final Map<String, String> values = new LinkedHashMap<>();

    private Options() {}

    static Options of(List<String> arguments) {
        Options options = new Options();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (!name.startsWith("--")) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no option; see ./payhub bench --help.");
            }
            boolean hasValue = i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--");
            options.values.put(name.substring(2), hasValue ? arguments.get(++i) : "yes");
        }
        return options;
    }

    /** Refuses what nobody would read. */
    Options knowing(String... names) {
        Set<String> unknown = new HashSet<>(values.keySet());
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no option --" + unknown.iterator().next() + " here.");
        }
        return this;
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " wants a number.", e);
        }
        throw new IllegalArgumentException("--" + name + " wants a number above 0.");
    }
}
