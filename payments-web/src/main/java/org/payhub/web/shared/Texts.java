package org.payhub.web.shared;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * Every sentence a person reads, from {@code texts*.properties}. In pages: {@code
 * #{t['visit.title']}} for a plain text, {@code #{texts.of('visit.until', time)}} with values and
 * {@code #{texts.count('visit.payments', n)}} where a number decides the form of a word.
 *
 * <p>Values stand as <code>{0}</code>, <code>{1}</code>; nothing else is special, so an apostrophe
 * is an apostrophe. Numbers in words come in the forms {@code .one}, {@code .few}, {@code .many}
 * and {@code .other}, of which a language uses what it needs.
 */
@Named("texts")
@ApplicationScoped
public class Texts {

    static final String BUNDLE = "org.payhub.web.texts";

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** The languages that people can choose, in the order of the menu. */
    private static final List<Locale> LANGUAGES =
            List.of(
                    Locale.ENGLISH,
                    Locale.forLanguageTag("es"),
                    Locale.forLanguageTag("ru"),
                    Locale.forLanguageTag("kk"));

    public List<Locale> languages() {
        return LANGUAGES;
    }

    /** Whether there are texts in that language. */
    public boolean speaks(Locale language) {
        return languages().stream().anyMatch(l -> l.getLanguage().equals(language.getLanguage()));
    }

    /** A language as its own speakers write it. */
    public String ownName(Locale language) {
        String name = language.getDisplayLanguage(language);
        return name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(language)
                + name.substring(name.offsetByCodePoints(0, 1));
    }

    /** The text with the values put in, in the language of the page. */
    public String of(String key, Object... values) {
        return in(pageLocale(), key, values);
    }

    /** The text in the form that the number asks for; the number itself is <code>{0}</code>. */
    public String count(String key, long number, Object... more) {
        return countIn(pageLocale(), key, number, more);
    }

    /** As {@link #of}, in a language of choice: a message to a client, a page without Faces. */
    public String in(Locale locale, String key, Object... values) {
        return filled(plain(locale, key), values);
    }

    /** As {@link #count}, in a language of choice. */
    public String countIn(Locale locale, String key, long number, Object... more) {
        Object[] values = new Object[more.length + 1];
        values[0] = Show.number(number, locale);
        System.arraycopy(more, 0, values, 1, more.length);
        return in(locale, key + "." + form(locale.getLanguage(), number), values);
    }

    /** The text if there is one; some texts exist only for some values (reasons, error codes). */
    public String ofOr(String fallback, String key, Object... values) {
        Locale locale = pageLocale();
        return bundle(locale).containsKey(key) ? in(locale, key, values) : fallback;
    }

    /** The language of the page that is being made. */
    static Locale pageLocale() {
        FacesContext faces = FacesContext.getCurrentInstance();
        return faces == null || faces.getViewRoot() == null
                ? Locale.ENGLISH
                : faces.getViewRoot().getLocale();
    }

    private static String plain(Locale locale, String key) {
        try {
            return bundle(locale).getString(key);
        } catch (MissingResourceException e) {
            // Shown as Faces shows it; a test looks for it.
            return "???" + key + "???";
        }
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(BUNDLE, locale, Texts.class.getClassLoader(), NO_FALLBACK);
    }

    /** Puts values into the places of a text. */
    static String filled(String text, Object... values) {
        if (values.length == 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        int from = 0;
        for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
            int place = at + 2 < text.length() ? text.charAt(at + 1) - '0' : -1;
            if (place >= 0 && place < values.length && text.charAt(at + 2) == '}') {
                out.append(text, from, at).append(values[place]);
                from = at + 3;
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    /** The plural form of whole numbers, by the Unicode rules of the languages that we speak. */
    static String form(String language, long number) {
        long n = Math.abs(number);
        if (language.equals("ru")) {
            if (n % 10 == 1 && n % 100 != 11) {
                return "one";
            }
            boolean few = n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
            return few ? "few" : "many";
        }
        return n == 1 ? "one" : "other";
    }
}
