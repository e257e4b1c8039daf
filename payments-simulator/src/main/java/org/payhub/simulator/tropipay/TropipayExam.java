package org.payhub.simulator.tropipay;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.WebhookQueue;

/** The merchant, the client and the bank of the exam. The hub sets its addresses by itself. */
final class TropipayExam implements ExamActor {

    private static final String CLIENT_ID = "client_id";
    private static final String SECRET = "client_secret";

    private final TropipaySimulator tropipay;

    TropipayExam(TropipaySimulator tropipay) {
        this.tropipay = tropipay;
    }

    @Override
    public String currency() {
        return "EUR";
    }

    @Override
    public Map<String, String> openAccount() {
        TropipayAccount account = tropipay.addAccount("Exam account", "EUR");
        return Map.of(
                "environment",
                "sandbox",
                CLIENT_ID,
                account.clientId(),
                SECRET,
                account.clientSecret());
    }

    @Override
    public Map<String, String> withWrongSecret(Map<String, String> credentials) {
        Map<String, String> wrong = new LinkedHashMap<>(credentials);
        wrong.put(SECRET, "0123456789abcdef0123456789abcdef");
        return wrong;
    }

    @Override
    public void pay(String page) {
        use(page, TestCard.VISA, "succeeded");
    }

    @Override
    public void decline(String page) {
        use(page, TestCard.DECLINED, "declined");
    }

    private void use(String page, TestCard card, String wanted) {
        String outcome = tropipay.pay(code(page), card.number);
        if (!outcome.equals(wanted)) {
            throw new IllegalArgumentException("The payment page said: " + outcome);
        }
    }

    private static String code(String page) {
        String path = page.split("[?#]", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public boolean refundInCabinet(String page, String amount) {
        String order =
                tropipay.movements(code(page)).stream()
                        .filter(m -> Json.number(m, "state") != 4)
                        .map(m -> Json.need(m, "bankOrderCode"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("Nothing was paid there"));
        tropipay.refundInCabinet(order, new BigDecimal(amount).movePointRight(2).longValueExact());
        return true;
    }

    @Override
    public Optional<String> secondFactor() {
        return Optional.of(Shop.SMS);
    }

    @Override
    public WebhookQueue webhooks() {
        return tropipay.webhooks();
    }

    @Override
    public ApiFaults api() {
        return tropipay.api();
    }

    @Override
    public Books books(Map<String, String> credentials) {
        String id =
                tropipay.accounts().stream()
                        .filter(a -> a.clientId().equals(credentials.get(CLIENT_ID)))
                        .map(TropipayAccount::id)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("No such account"));
        TropipayBooks books = tropipay.books(id);
        return new Books(books.sum("EUR", "captured"), books.sum("EUR", "refunded"));
    }
}
