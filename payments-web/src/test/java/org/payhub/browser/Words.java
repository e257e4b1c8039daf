package org.payhub.browser;

import java.util.Locale;
import org.payhub.web.shared.Texts;

/** The sentences of the pages, from the bundle that the pages use. */
final class Words {

    private static final Texts TEXTS = new Texts();

    private Words() {}

    static String of(String key, Object... values) {
        String text = TEXTS.in(Locale.ENGLISH, key, values);
        if (text.startsWith("???")) {
            throw new IllegalArgumentException("no such text: " + key);
        }
        return text;
    }
}
