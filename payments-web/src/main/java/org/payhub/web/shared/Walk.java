package org.payhub.web.shared;

import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.payhub.platform.HubException;
import org.payhub.platform.PageRequest;

/**
 * Walks a keyset list by addresses: what is chosen, where the page begins ({@code after}) and the
 * way back ({@code back}, the beginnings of the pages before). So Back works, and a page of a list
 * can be sent to a colleague.
 */
public final class Walk implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The beginning of the first page in the way back. */
    private static final String FIRST = "-";

    private static final int LONGEST_WAY = 40;

    private final String path;
    private final Map<String, String> chosen = new LinkedHashMap<>();
    private final String after;
    private final String back;
    private String next;

    public Walk(String path, String after, String back) {
        this.path = path;
        this.after = after == null ? "" : after;
        this.back = back == null ? "" : back;
    }

    /** Something that is chosen; empty values stay out of the address. */
    public Walk with(String name, String value) {
        if (value != null && !value.isBlank()) {
            chosen.put(name, value.strip());
        }
        return this;
    }

    /** The page that is wanted; an address that was cut or typed shows the first page. */
    public PageRequest request(int limit) {
        try {
            return PageRequest.of(limit, after);
        } catch (HubException notOurs) {
            return PageRequest.first(limit);
        }
    }

    /** Remembers where the next page begins. */
    public void found(Optional<String> nextCursor) {
        next = nextCursor.orElse(null);
    }

    /** The address of the next page; empty on the last. */
    public String getNext() {
        if (next == null) {
            return "";
        }
        String way = back.isEmpty() ? "" : back + ",";
        String here = after.isEmpty() ? FIRST : after;
        long steps = way.chars().filter(c -> c == ',').count();
        return address(next, steps >= LONGEST_WAY ? here : way + here, Map.of());
    }

    /** The address of the page before; empty on the first. */
    public String getPrevious() {
        if (after.isEmpty()) {
            return "";
        }
        int last = back.lastIndexOf(',');
        String before = back.substring(last + 1);
        return address(
                before.equals(FIRST) ? "" : before,
                last < 0 ? "" : back.substring(0, last),
                Map.of());
    }

    /** This page with one thing chosen more (or, when empty, no longer). */
    public String here(String name, String value) {
        return address(after, back, Map.of(name, value));
    }

    /** The first page with one thing chosen otherwise. */
    public String fresh(String name, String value) {
        return address("", "", Map.of(name, value));
    }

    private String address(String begin, String way, Map<String, String> changes) {
        Map<String, String> all = new LinkedHashMap<>(chosen);
        all.putAll(changes);
        all.put("after", begin);
        all.put("back", way);
        StringBuilder text = new StringBuilder(path);
        char mark = '?';
        for (Map.Entry<String, String> one : all.entrySet()) {
            if (!one.getValue().isEmpty()) {
                text.append(mark).append(one.getKey()).append('=').append(encoded(one.getValue()));
                mark = '&';
            }
        }
        return text.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
