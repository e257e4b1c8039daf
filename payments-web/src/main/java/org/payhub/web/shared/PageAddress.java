package org.payhub.web.shared;

import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The address of a page with its filter, so that a filtered list can be kept, sent and gone back
 * to. Changing one part answers a new address; a blank value leaves the part out.
 */
public final class PageAddress implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final Map<String, String> parts;

    private PageAddress(String path, Map<String, String> parts) {
        this.path = path;
        this.parts = parts;
    }

    public static PageAddress of(String path) {
        return new PageAddress(path, Map.of());
    }

    /** The same address with that part set, or left out when the value is blank. */
    public PageAddress with(String name, Object value) {
        Map<String, String> changed = new LinkedHashMap<>(parts);
        String text = value == null ? "" : value.toString().strip();
        if (text.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, text);
        }
        return new PageAddress(path, changed);
    }

    public PageAddress without(String name) {
        return with(name, "");
    }

    /** Whether no filter is set. */
    public boolean isPlain() {
        return parts.isEmpty();
    }

    @Override
    public String toString() {
        if (parts.isEmpty()) {
            return path;
        }
        return path
                + parts.entrySet().stream()
                        .map(part -> part.getKey() + "=" + encoded(part.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
