package org.payhub.simulator.stripe;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.payhub.simulator.kit.OfferedCard;

/**
 * The cards that behave in a known way.
 *
 * <p>Source: Stripe's testing page; the numbers are public and belong to nobody.
 */
enum TestCard implements OfferedCard {
    VISA("4242424242424242", "pm_card_visa", "visa", "US", "Succeeds"),
    MASTERCARD(
            "5555555555554444", "pm_card_mastercard", "mastercard", "US", "Succeeds, Mastercard"),
    DECLINED("4000000000000002", "pm_card_visa_chargeDeclined", "visa", "US", "Is declined"),
    INSUFFICIENT(
            "4000000000009995",
            "pm_card_visa_chargeDeclinedInsufficientFunds",
            "visa",
            "US",
            "Has not enough money"),
    EXPIRED("4000000000000069", "pm_card_chargeDeclinedExpiredCard", "visa", "US", "Has expired"),
    BLOCKED("4100000000000019", "pm_card_riskLevelHighest", "visa", "US", "Is blocked as fraud"),
    THREE_D_SECURE(
            "4000002500003155",
            "pm_card_authenticationRequired",
            "visa",
            "US",
            "Asks for 3-D Secure"),
    DISPUTES(
            "4000000000000259",
            "pm_card_createDispute",
            "visa",
            "US",
            "Succeeds, then is disputed"),
    INQUIRY(
            "4000000000001976",
            "pm_card_createDisputeInquiry",
            "visa",
            "US",
            "Succeeds, then the bank inquires"),
    REFUND_FAILS(
            "4000000000005126", "pm_card_refundFail", "visa", "US", "Succeeds, refund fails later"),
    REFUND_PENDING(
            "4000000000007726",
            "pm_card_pendingRefund",
            "visa",
            "US",
            "Succeeds, refund is pending first"),
    /** Any other card in live mode; it never appears on the test page. */
    GENUINE("4539578763621486", "pm_card_genuine", "visa", "ES", "A real card"),
    DEBIT_SUCCEEDS("debit_succeeds", "pm_debit_success", "debit", "DE", "Bank debit that succeeds"),
    DEBIT_FAILS("debit_fails", "pm_debit_fails", "debit", "DE", "Bank debit that fails");

    /** Why a bank or Stripe said no. */
    record Refusal(
            String code,
            String declineCode,
            String message,
            String networkCode,
            String outcome,
            String seller) {}

    final String number;
    final String token;
    final String brand;
    final String country;
    final String says;

    TestCard(String number, String token, String brand, String country, String says) {
        this.number = number;
        this.token = token;
        this.brand = brand;
        this.country = country;
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

    static Optional<TestCard> byToken(String token) {
        return Arrays.stream(values()).filter(c -> c.token.equals(token)).findFirst();
    }

    /** The buttons of the test pay page. */
    static List<TestCard> offered() {
        return Arrays.stream(values()).filter(c -> c != GENUINE && !c.debit()).toList();
    }

    boolean debit() {
        return brand.equals("debit");
    }

    @Override
    public String lastFour() {
        return debit() ? "3000" : OfferedCard.super.lastFour();
    }

    @Override
    public String spaced() {
        return debit() ? "" : OfferedCard.super.spaced();
    }

    Optional<Refusal> refusal() {
        return Optional.ofNullable(
                switch (this) {
                    case DECLINED ->
                            new Refusal(
                                    "card_declined",
                                    "generic_decline",
                                    "Your card was declined.",
                                    "01",
                                    "issuer_declined",
                                    "The bank did not return any further details with this"
                                            + " decline.");
                    case INSUFFICIENT ->
                            new Refusal(
                                    "card_declined",
                                    "insufficient_funds",
                                    "Your card has insufficient funds.",
                                    "51",
                                    "issuer_declined",
                                    "The bank returned the decline code `insufficient_funds`.");
                    case EXPIRED ->
                            new Refusal(
                                    "expired_card",
                                    "expired_card",
                                    "Your card has expired.",
                                    "54",
                                    "issuer_declined",
                                    "The bank returned the decline code `expired_card`.");
                    case BLOCKED ->
                            new Refusal(
                                    "card_declined",
                                    "fraudulent",
                                    "Your card was declined.",
                                    null,
                                    "blocked",
                                    "Stripe blocked this payment as too risky.");
                    default -> null;
                });
    }
}
