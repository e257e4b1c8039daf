package org.payhub.money;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/**
 * Money as people of a language write and type it: {@code 1,050.00} ⇄ {@code 1.050,00} ⇄ {@code 1
 * 050,00}. For screens only; files and interfaces use {@link Money#toDecimal()}.
 */
public final class MoneyText {

    /** A real minus sign, as wide as a figure. */
    private static final char MINUS = '\u2212';

    private static final char NO_BREAK_SPACE = '\u00a0';

    private MoneyText() {}

    /** The digits alone, with the language's marks and all decimals of the asset. */
    public static String digits(Money money, Locale locale) {
        DecimalFormatSymbols marks = DecimalFormatSymbols.getInstance(locale);
        String plain = money.max(money.negated()).toDecimal();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        char grouping =
                Character.isWhitespace(marks.getGroupingSeparator())
                        ? NO_BREAK_SPACE
                        : marks.getGroupingSeparator();
        StringBuilder shown = new StringBuilder();
        if (money.isNegative()) {
            shown.append(MINUS);
        }
        for (int i = 0; i < whole.length(); i++) {
            if (i > 0 && (whole.length() - i) % 3 == 0) {
                shown.append(grouping);
            }
            shown.append(whole.charAt(i));
        }
        if (point >= 0) {
            shown.append(marks.getDecimalSeparator()).append(plain, point + 1, plain.length());
        }
        return shown.toString();
    }

    /** Digits, a no-break space and the asset's code: {@code 1,050.00 KZT}. */
    public static String full(Money money, Locale locale) {
        return digits(money, locale) + NO_BREAK_SPACE + money.asset().code();
    }

    /**
     * What a person typed. Grouping marks and blanks are dropped; the language's decimal mark is
     * taken, and a point or a comma too where it cannot be meant as grouping.
     *
     * <p><b>Errors</b>: {@code money.not_a_number}, {@code money.too_many_digits}.
     */
    public static Money parse(String typed, Asset asset, Locale locale) {
        DecimalFormatSymbols marks = DecimalFormatSymbols.getInstance(locale);
        String text = typed == null ? "" : typed.strip().replace(MINUS, '-');
        if (text.isEmpty() || text.length() > 64) {
            throw notANumber();
        }
        char decimal = decimalMark(text, marks.getDecimalSeparator());
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == decimal) {
                plain.append('.');
            } else if (c >= '0' && c <= '9' || c == '-' && i == 0) {
                plain.append(c);
            } else if (!(Character.isSpaceChar(c)
                    || c == marks.getGroupingSeparator()
                    || c == '.'
                    || c == ','
                    || c == '\''
                    || c == '\u2019')) {
                throw notANumber();
            }
        }
        if (plain.length() == 0
                || plain.indexOf(".") != plain.lastIndexOf(".")
                || plain.toString().matches("-?\\.?")) {
            throw notANumber();
        }
        return Money.ofMajor(new BigDecimal(plain.toString()), asset);
    }

    private static char decimalMark(String text, char own) {
        int comma = text.lastIndexOf(',');
        int point = text.lastIndexOf('.');
        if (comma >= 0 && point >= 0) {
            return comma > point ? ',' : '.';
        }
        char only = comma >= 0 ? ',' : '.';
        int at = Math.max(comma, point);
        boolean once = at >= 0 && text.indexOf(only) == at;
        // "1,5" in English and "1.5" in Spanish can only be decimals: a group has three digits.
        return once && text.length() - at - 1 != 3 ? only : own;
    }

    private static HubException notANumber() {
        return new HubException(
                Problem.INVALID,
                "money.not_a_number",
                "Type the amount in digits, for example 25.00.");
    }
}
