package org.payhub.simulator.alppay;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.ImitatedProvider;

/**
 * The merchant and the client of the exam. Nothing is declined here and nothing given back through
 * the provider: an invoice that nobody pays runs out, and money leaves by withdrawals.
 */
final class AlppayExam implements ExamActor {

    private static final String COIN = "USDT_tron";
    private static final String API_KEY = "api_key";

    private final AlppaySimulator alppay;

    AlppayExam(AlppaySimulator alppay) {
        this.alppay = alppay;
    }

    @Override
    public String currency() {
        return "EUR";
    }

    @Override
    public Optional<String> coin() {
        return Optional.of("USDT:tron");
    }

    @Override
    public Map<String, String> openAccount() {
        AlppayAccount account = alppay.addAccount("Exam account", "exam@salon.example");
        return Map.of(
                API_KEY,
                account.apiKey(),
                "hmac_key",
                account.hmacKey(),
                "account_email",
                account.email(),
                "assets",
                "USDT:tron");
    }

    @Override
    public Map<String, String> withWrongSecret(Map<String, String> credentials) {
        return ExamActor.changed(
                credentials, API_KEY, key -> new StringBuilder(key).reverse().toString());
    }

    private AlppayAccount account(Map<String, String> credentials) {
        return alppay.accounts().stream()
                .filter(a -> a.apiKey().equals(credentials.get(API_KEY)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such account"));
    }

    @Override
    public void notifyAt(Map<String, String> credentials, List<String> addresses) {
        alppay.webhookUrls(
                account(credentials).id(),
                addresses.get(0),
                addresses.stream()
                        .filter(address -> address.endsWith("/withdrawal"))
                        .findFirst()
                        .orElse(addresses.get(0) + "/withdrawal"));
    }

    @Override
    public void pay(String page) {
        alppay.sendRest(ExamActor.subject(page));
    }

    @Override
    public void decline(String page) {
        alppay.expire(ExamActor.subject(page));
    }

    @Override
    public Optional<String> withdrawalAddress() {
        return Optional.of("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t");
    }

    @Override
    public Map<String, String> rollSecret(Map<String, String> credentials) {
        return Map.of("hmac_key", alppay.rollHmacKey(account(credentials).id()));
    }

    @Override
    public ImitatedProvider provider() {
        return alppay;
    }

    @Override
    public Books books(Map<String, String> credentials) {
        String received = alppay.books(account(credentials).id()).sum(COIN, "received");
        return new Books(new BigDecimal(received).movePointRight(6).longValueExact(), 0);
    }
}
