package org.payhub.web.shared;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.payhub.platform.HubException;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;

/**
 * One page of a keyset list, walked by addresses: what is chosen, where the page begins ({@code
 * after}) and the way back ({@code back}, the beginnings of the pages before). So Back works, and a
 * page of a list can be sent to a colleague.
 */
public final class Pager<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int ROWS = 50;

    /** The beginning of the first page in the way back. */
    private static final String FIRST = "-";

    private static final int LONGEST_WAY = 40;

    private final int limit;
    private PageAddress chosen;
    private String after = "";
    private String back = "";
    private String next;
    private transient List<T> rows;

    public Pager(String path) {
        this(path, ROWS);
    }

    public Pager(String path, int limit) {
        this.chosen = PageAddress.of(path);
        this.limit = limit;
    }

    /** Something that is chosen; empty values stay out of the address. */
    public Pager<T> with(String name, String value) {
        chosen = chosen.with(name, value);
        return this;
    }

    /** The days that are chosen. */
    public Pager<T> with(DayRange days) {
        return with("from", days.getFrom()).with("to", days.getTo());
    }

    /** Reads the page that the address names from the list. */
    public void read(Function<PageRequest, Page<T>> list) {
        Page<T> page = list.apply(request());
        rows = page.items();
        next = page.nextCursor().orElse(null);
    }

    /** The page that is wanted; an address that was cut or typed shows the first page. */
    private PageRequest request() {
        try {
            return PageRequest.of(limit, after);
        } catch (HubException notOurs) {
            return PageRequest.first(limit);
        }
    }

    /** The rows of the page; none before it was read. */
    public List<T> getRows() {
        return rows == null ? List.of() : rows;
    }

    /** Whether anything is chosen, so that the list may hold more than is shown. */
    public boolean isFiltered() {
        return !chosen.isPlain();
    }

    /** The address of the next page; empty on the last. */
    public String getNext() {
        if (next == null) {
            return "";
        }
        String way = back.isEmpty() ? "" : back + ",";
        String here = after.isEmpty() ? FIRST : after;
        long steps = way.chars().filter(c -> c == ',').count();
        return address(chosen, next, steps >= LONGEST_WAY ? here : way + here);
    }

    /** The address of the page before; empty on the first. */
    public String getPrevious() {
        if (after.isEmpty()) {
            return "";
        }
        int last = back.lastIndexOf(',');
        String before = back.substring(last + 1);
        return address(
                chosen,
                before.equals(FIRST) ? "" : before,
                last < 0 ? "" : back.substring(0, last));
    }

    /** This page with one thing chosen more (or, when empty, no longer). */
    public String here(String name, String value) {
        return address(chosen.with(name, value), after, back);
    }

    /** The first page with one thing chosen otherwise. */
    public String fresh(String name, String value) {
        return chosen.with(name, value).toString();
    }

    public String getAfter() {
        return after;
    }

    public void setAfter(String after) {
        this.after = after == null ? "" : after.strip();
    }

    public String getBack() {
        return back;
    }

    public void setBack(String back) {
        this.back = back == null ? "" : back.strip();
    }

    private static String address(PageAddress page, String begin, String way) {
        return page.with("after", begin).with("back", way).toString();
    }
}
