package org.payhub.simulator.tiptoppay;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.payhub.simulator.kit.OfferedCard;

/**
 * The cards that behave in a known way.
 *
 * <p>Source: the provider's page on testing; the numbers are public and belong to nobody.
 */
enum TestCard implements OfferedCard {
    VISA("4000000000003055", "Visa", false, true, "Succeeds"),
    MASTERCARD("5205000000003055", "MasterCard", false, true, "Succeeds, MasterCard"),
    VISA_PLAIN("4111111111111111", "Visa", false, true, "Succeeds, another Visa"),
    INSUFFICIENT("4000056655665556", "Visa", false, false, "Has not enough money"),
    INSUFFICIENT_MASTERCARD(
            "5404000000000043", "MasterCard", false, false, "Has not enough money, MasterCard"),
    SECURE("4242424242424242", "Visa", true, true, "Asks for 3-D Secure, then succeeds"),
    SECURE_MASTERCARD(
            "5555555555554444", "MasterCard", true, true, "Asks for 3-D Secure, MasterCard"),
    SECURE_INSUFFICIENT(
            "4012888888881881", "Visa", true, false, "Asks for 3-D Secure, then has no money"),
    SECURE_INSUFFICIENT_MASTERCARD(
            "5105105105105100", "MasterCard", true, false, "The same, MasterCard"),
    /** Stands for every real card: of use in live mode alone. */
    GENUINE("4929000000006", "Visa", false, true, "A real card");

    final String number;
    final String brand;
    final boolean secure;
    final boolean succeeds;
    final String says;

    TestCard(String number, String brand, boolean secure, boolean succeeds, String says) {
        this.number = number;
        this.brand = brand;
        this.secure = secure;
        this.succeeds = succeeds;
        this.says = says;
    }

    static List<TestCard> offered() {
        return Arrays.stream(values()).filter(card -> card != GENUINE).toList();
    }

    @Override
    public String number() {
        return number;
    }

    @Override
    public String says() {
        return says;
    }

    static Optional<TestCard> byNumber(String typed) {
        return OfferedCard.find(values(), typed);
    }
}
