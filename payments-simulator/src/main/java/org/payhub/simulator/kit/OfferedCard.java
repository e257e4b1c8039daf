package org.payhub.simulator.kit;

import java.util.Arrays;
import java.util.Optional;

/** A card that a pay page offers and that behaves in a known way; its number belongs to nobody. */
public interface OfferedCard {

    String name();

    /** Digits without blanks. */
    String number();

    /** What happens when it is used, as the pay page says it. */
    String says();

    /** The number in groups of four. */
    default String spaced() {
        return number().replaceAll("(.{4})(?=.)", "$1 ");
    }

    default String lastFour() {
        return number().substring(number().length() - 4);
    }

    /** The one whose number was typed, with or without blanks. */
    static <C extends OfferedCard> Optional<C> find(C[] cards, String typed) {
        String digits = digits(typed);
        return Arrays.stream(cards).filter(card -> card.number().equals(digits)).findFirst();
    }

    private static String digits(String typed) {
        return typed.replace(" ", "").replace("-", "");
    }

    /** True when the length and the check digit are those of a real card. */
    static boolean looksReal(String typed) {
        String digits = digits(typed);
        if (!digits.matches("[0-9]{12,19}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
