package org.payhub.simulator.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Pages without a template engine: escaping, one frame, one style sheet inside the page. */
public final class Html {

    private static final String STYLE = resource("simulator.css");

    /** Copies the text of the element before the button; without scripts the text can be marked. */
    private static final String COPY =
            "document.addEventListener('click',function(e){var b=e.target.closest('[data-copy]');"
                    + "if(!b)return;navigator.clipboard.writeText(b.dataset.copy).then(function(){"
                    + "var t=b.textContent;b.textContent='Copied';"
                    + "setTimeout(function(){b.textContent=t},1200)})});";

    private Html() {}

    /** Makes any text safe inside elements and quoted attributes. */
    public static String esc(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /** The frame of every page; {@code kind} is {@code pay} or {@code cabinet}. */
    public static String page(String title, String kind, String body) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                + "<meta name=\"robots\" content=\"noindex\"><link rel=\"icon\" href=\"data:,\">"
                + "<title>"
                + esc(title)
                + "</title><style>"
                + STYLE
                + "</style></head><body class=\""
                + kind
                + "\"><p class=\"band\">Simulator. No bank is asked and no money moves.</p>"
                + body
                + "<script>"
                + COPY
                + "</script></body></html>";
    }

    /** A form with one button; {@code fields} is ready-made HTML. */
    public static String button(String action, String fields, String tone, String label) {
        return "<form method=\"post\" action=\""
                + esc(action)
                + "\">"
                + fields
                + "<button class=\""
                + tone
                + "\">"
                + esc(label)
                + "</button></form>";
    }

    public static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + esc(name) + "\" value=\"" + esc(value) + "\">";
    }

    /** A monospaced value with a button that copies it. */
    public static String copyable(String value) {
        return "<span class=\"copy\"><code>"
                + esc(value)
                + "</code><button type=\"button\" class=\"quiet\" data-copy=\""
                + esc(value)
                + "\">Copy</button></span>";
    }

    private static String resource(String name) {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The file " + name + " is missing in the archive");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
