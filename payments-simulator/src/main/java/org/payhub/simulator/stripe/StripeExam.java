package org.payhub.simulator.stripe;

import com.google.gson.JsonObject;
import java.util.Map;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.ImitatedProvider;
import org.payhub.simulator.kit.Json;

/** The merchant, the client and the bank of the exam. The hub registers its address by itself. */
final class StripeExam implements ExamActor {

    private static final String SECRET_KEY = "secret_key";

    private final StripeSimulator stripe;

    StripeExam(StripeSimulator stripe) {
        this.stripe = stripe;
    }

    @Override
    public String currency() {
        return "EUR";
    }

    @Override
    public Map<String, String> openAccount() {
        StripeAccount.Keys keys = stripe.addAccount("Exam account", "ES", "eur").keys(false);
        return Map.of("publishable_key", keys.publishable(), SECRET_KEY, keys.secret());
    }

    @Override
    public Map<String, String> withWrongSecret(Map<String, String> credentials) {
        return ExamActor.changed(
                credentials, SECRET_KEY, key -> key.substring(0, 20) + "Wrong0Wrong0");
    }

    @Override
    public void pay(String page) {
        use(page, TestCard.VISA.number, "succeeded");
    }

    @Override
    public void decline(String page) {
        use(page, TestCard.DECLINED.number, "declined");
    }

    private void use(String page, String card, String wanted) {
        ExamActor.expect(wanted, stripe.pay(ExamActor.subject(page), card));
    }

    private String charge(String page) {
        JsonObject session = found(ExamActor.subject(page));
        return Json.need(found(Json.need(session, "payment_intent")), "latest_charge");
    }

    private JsonObject found(String id) {
        return stripe.find(id).orElseThrow(() -> new IllegalArgumentException("There is no " + id));
    }

    @Override
    public boolean dispute(String page) {
        stripe.act("dispute", charge(page), Map.of());
        return true;
    }

    @Override
    public boolean refundInCabinet(String page, String amount) {
        long cents = new java.math.BigDecimal(amount).movePointRight(2).longValueExact();
        stripe.act("refund", charge(page), Map.of("amount", cents));
        return true;
    }

    @Override
    public Map<String, String> rollSecret(Map<String, String> credentials) {
        String endpoint = stripe.endpoints(account(credentials).id(), false).get(0);
        return Map.of("webhook_secret", stripe.rollWebhookSecret(endpoint));
    }

    @Override
    public ImitatedProvider provider() {
        return stripe;
    }

    @Override
    public Books books(Map<String, String> credentials) {
        StripeBooks books = stripe.books(account(credentials).id(), false);
        return new Books(sum(books, "captured"), sum(books, "refunded"));
    }

    /** An account that takes several currencies is used with one of them at a time. */
    private static long sum(StripeBooks books, String what) {
        return books.sums().keySet().stream()
                .mapToLong(currency -> books.sum(currency, what))
                .sum();
    }

    private StripeAccount account(Map<String, String> credentials) {
        return stripe.accounts().stream()
                .filter(a -> a.keys(false).secret().equals(credentials.get(SECRET_KEY)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such account"));
    }
}
