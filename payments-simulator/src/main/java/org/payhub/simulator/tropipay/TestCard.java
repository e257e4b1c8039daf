package org.payhub.simulator.tropipay;

import java.util.Optional;
import org.payhub.simulator.kit.OfferedCard;

/** The published test cards; the numbers belong to nobody. */
enum TestCard implements OfferedCard {
    VISA("4900490000000501", "VISA", true, "Succeeds"),
    MASTERCARD("5591390000000504", "MASTERCARD", true, "Succeeds, Mastercard"),
    AMEX("340000000004001", "AMEX", true, "Succeeds, American Express"),
    DISCOVER("6573700000000009", "DISCOVER", true, "Succeeds, Discover"),
    UNPROVEN("4900490000000519", "VISA", false, "Fails to authenticate"),
    UNPROVEN_MASTERCARD(
            "5591390000000520", "MASTERCARD", false, "Fails to authenticate, Mastercard"),
    SECOND_VISA("4000000000002503", "VISA", true, "Succeeds, second set"),
    SECOND_MASTERCARD("5200000000002151", "MASTERCARD", true, "Succeeds, second set"),
    SECOND_VISA_FAILS("4000000000002420", "VISA", false, "Fails, second set"),
    SECOND_MASTERCARD_FAILS("5200000000002664", "MASTERCARD", false, "Fails, second set"),
    THIRD_VISA("4111111111111111", "VISA", true, "Succeeds, third set"),
    THIRD_MASTERCARD("5555555555555555", "MASTERCARD", true, "Succeeds, third set"),
    DECLINED("4000000000000002", "VISA", false, "Is declined"),
    INSUFFICIENT("4111111111111002", "VISA", false, "Has not enough money"),
    ASKS_FOR_CODE("4548812049400004", "VISA", true, "Asks for a code by text message");

    final String number;
    final String brand;
    final boolean succeeds;
    final String says;

    TestCard(String number, String brand, boolean succeeds, String says) {
        this.number = number;
        this.brand = brand;
        this.succeeds = succeeds;
        this.says = says;
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

    String bin() {
        return number.substring(0, 6);
    }

    /** Why it failed, as a person reads it. */
    String reason() {
        return switch (this) {
            case DECLINED -> "The bank declined the card.";
            case INSUFFICIENT -> "There is not enough money on the card.";
            default -> "The card's holder could not be authenticated.";
        };
    }
}
