package org.payhub.simulator.kit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What people do at an imitated provider, so that one exam fits all of them: the merchant who opens
 * an account and copies its keys, the client on the payment page, the bank.
 *
 * <p>Errors: {@link IllegalArgumentException} with a sentence when a page or an account is not
 * known or its state forbids the deed.
 */
public interface ExamActor {

    /** The currency in which the exam's visits are priced. */
    String currency();

    /** What a visit of the exam costs, in that currency. */
    default String price() {
        return "25.00";
    }

    /** The smaller part of it that is given back. */
    default String part() {
        return "10.00";
    }

    /** The coin that is charged, where a visit's currency is not: such as {@code USDT:tron}. */
    default Optional<String> coin() {
        return Optional.empty();
    }

    /** A new account: what its cabinet shows, under the names of the connector's fields. */
    Map<String, String> openAccount();

    /** The same with a secret that no account has. */
    Map<String, String> withWrongSecret(Map<String, String> credentials);

    /**
     * The merchant types addresses for notifications into the account's cabinet, as far as that
     * cannot be done through the provider's interface.
     *
     * @param addresses of the integration, the one with its own key first
     */
    default void notifyAt(Map<String, String> credentials, List<String> addresses) {}

    /** The client pays on that page, all that it asks for. */
    void pay(String page);

    /** The client's means of payment is refused on that page. */
    void decline(String page);

    /** The client disputes what was paid on that page; false where this provider knows no such. */
    default boolean dispute(String page) {
        return false;
    }

    /** The merchant gives money back in the cabinet; false where the cabinet cannot. */
    default boolean refundInCabinet(String page, String amount) {
        return false;
    }

    /** The code that the owner of the account would be sent for a refund, where one is wanted. */
    default Optional<String> secondFactor() {
        return Optional.empty();
    }

    /**
     * The account gets a new secret for signing notifications, or new keys where one is both: what
     * the merchant has to enter then, under the names of the connector's fields. Empty where nobody
     * made that possible.
     */
    default Map<String, String> rollSecret(Map<String, String> credentials) {
        return Map.of();
    }

    /** An address to which money can be withdrawn, where it can. */
    default Optional<String> withdrawalAddress() {
        return Optional.empty();
    }

    /** The provider at which all this is done, with its switches. */
    ImitatedProvider provider();

    /** How notifications go out. */
    default WebhookQueue webhooks() {
        return provider().webhooks();
    }

    /** How the interface answers. */
    default ApiFaults api() {
        return provider().api();
    }

    /** What the provider's own books say was taken and given back, in minor units. */
    Books books(Map<String, String> credentials);

    /** What a page is of, such as an order: the last part of the page's address. */
    static String subject(String page) {
        String path = page.split("[?#]", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Whether a payment page said so; where money is only to be held, that it is held is as good as
     * that it was taken.
     *
     * <p>Errors: {@link IllegalArgumentException} when it said anything else.
     */
    static void expect(String wanted, String outcome) {
        boolean held = wanted.equals("succeeded") && outcome.equals("held");
        if (!held && !outcome.equals(wanted)) {
            throw new IllegalArgumentException("The payment page said: " + outcome);
        }
    }

    /** The same credentials but for one field. */
    static Map<String, String> changed(
            Map<String, String> credentials, String field, UnaryOperator<String> change) {
        Map<String, String> other = new LinkedHashMap<>(credentials);
        other.computeIfPresent(field, (name, value) -> change.apply(value));
        return other;
    }

    /** Sums of one account. */
    record Books(long taken, long returned) {}
}
