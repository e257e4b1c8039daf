package org.payhub.simulator.tropipay;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.ImitatedProvider;
import org.payhub.simulator.kit.Json;

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
        return ExamActor.changed(credentials, SECRET, secret -> "0123456789abcdef0123456789abcdef");
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
        ExamActor.expect(wanted, tropipay.pay(ExamActor.subject(page), card.number));
    }

    @Override
    public boolean refundInCabinet(String page, String amount) {
        String order =
                tropipay.movements(ExamActor.subject(page)).stream()
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
    public Map<String, String> rollSecret(Map<String, String> credentials) {
        TropipayAccount rolled = tropipay.rollCredentials(account(credentials));
        return Map.of(CLIENT_ID, rolled.clientId(), SECRET, rolled.clientSecret());
    }

    private String account(Map<String, String> credentials) {
        return tropipay.accounts().stream()
                .filter(a -> a.clientId().equals(credentials.get(CLIENT_ID)))
                .map(TropipayAccount::id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such account"));
    }

    @Override
    public ImitatedProvider provider() {
        return tropipay;
    }

    @Override
    public Books books(Map<String, String> credentials) {
        TropipayBooks books = tropipay.books(account(credentials));
        return new Books(books.sum("EUR", "captured"), books.sum("EUR", "refunded"));
    }
}
