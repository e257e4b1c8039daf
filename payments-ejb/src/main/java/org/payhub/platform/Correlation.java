package org.payhub.platform;

/**
 * The name of the piece of work that this thread is doing: a request's id, a delivery's id. It
 * stands in the audit and on error pages, so that lines which belong together can be found.
 */
public final class Correlation {

    private static final int LONGEST = 64;
    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    private Correlation() {}

    /** The name, or an empty text outside any named work. */
    public static String current() {
        String name = CURRENT.get();
        return name == null ? "" : name;
    }

    /** Names the work of this thread; whoever begins it ends it with {@link #end()}. */
    public static void begin(String name) {
        CURRENT.set(name.length() > LONGEST ? name.substring(0, LONGEST) : name);
    }

    public static void end() {
        CURRENT.remove();
    }
}
