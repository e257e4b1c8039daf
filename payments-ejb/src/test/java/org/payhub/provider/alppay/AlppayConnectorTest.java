package org.payhub.provider.alppay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.provider.ProviderConnectorContract;
import org.payhub.provider.alppay.AlppayProtocol.Coin;
import org.payhub.provider.http.TestWire;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.VerifiedWebhook;

/** ALPPAY sits the exam. */
class AlppayConnectorTest extends ProviderConnectorContract {

    @Override
    protected ProviderConnector connector(String apiBase) {
        return AlppaySamples.connector(apiBase);
    }

    @Override
    protected Credentials credentials() {
        return AlppaySamples.credentials("the-newer-hmac-key-0002", AlppaySamples.HMAC_KEY);
    }

    @Override
    protected Credentials otherCredentials() {
        return AlppaySamples.credentials("the-key-of-someone-else");
    }

    @Override
    protected RawWebhook signed(
            Credentials signer, byte[] body, Instant signedAt, Instant receivedAt) {
        List<Secret> keys = signer.all(AlppayKeys.HMAC_KEY);
        return AlppaySamples.raw("", body, AlppaySignature.sign(keys.get(keys.size() - 1), body));
    }

    @Override
    protected RawWebhook unsigned(byte[] body, Instant receivedAt) {
        return AlppaySamples.raw("", body);
    }

    @Override
    protected List<RawWebhook> malformed(byte[] body, Instant receivedAt) {
        return List.of("", "00", "z".repeat(64), "0".repeat(63), "0".repeat(65), "nonsense")
                .stream()
                .map(header -> AlppaySamples.raw("", body, header))
                .toList();
    }

    @Override
    protected boolean signsTime() {
        return false;
    }

    @Override
    protected Money sampleAmount() {
        return Money.ofMinor(2_500_000_000L, "USDT:tron");
    }

    @Override
    protected byte[] paid(Money amount) {
        return seen(amount.toDecimal(), AlppayCoins.coin(amount.asset()));
    }

    /** Enough was seen of an open invoice: what is final is read first. */
    private static byte[] seen(String amount, Coin coin) {
        return ("{\"id\":\"p-1\",\"transactions\":[],\"amount\":\""
                        + amount
                        + "\",\"totalReceivedAmount\":\""
                        + amount
                        + "\",\"asset\":{\"short\":\""
                        + coin.ticker()
                        + "\",\"network\":\""
                        + coin.network()
                        + "\"},\"status\":\"OPEN\",\"displayStatus\":\"OPEN\",\"invoice\":\""
                        + AlppayObjects.paymentText(AlppaySamples.PAYMENT)
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected Optional<byte[]> paidWithTooManyDigits() {
        return Optional.of(seen("1.0000001", AlppayCoins.coin(Asset.of("USDT:tron"))));
    }

    @Override
    protected byte[] unknown() {
        return "{\"id\":\"x-1\",\"staking\":true}".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void call(ProviderConnector connector, Credentials credentials) {
        ((AlppayConnector) connector)
                .read(credentials, new Reference(AlppayObjects.PAYMENT, "p-1"));
    }

    @Override
    protected TestWire.Answer refusal() {
        return TestWire.says(
                401, "{\"message\":\"invalid API-KEY " + AlppaySamples.API_KEY + "\"}");
    }

    // --- what is ALPPAY's own ---

    @Test
    void a_sample_verifies_and_changes_nothing() {
        AlppayConnector alppay = AlppaySamples.connector("http://127.0.0.1:1");
        Credentials credentials = AlppaySamples.credentials();

        VerifiedWebhook sample = alppay.verify(credentials, alppay.sample(credentials, NOW));

        assertThat(alppay.translate(sample)).isNotEmpty().allMatch(Ignored.class::isInstance);
    }
}
