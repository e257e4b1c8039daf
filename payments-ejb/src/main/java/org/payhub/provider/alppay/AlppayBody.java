package org.payhub.provider.alppay;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Optional;
import org.payhub.provider.alppay.AlppayProtocol.Coin;
import org.payhub.provider.spi.ProviderRefused;

/**
 * Bodies that we send, written once and signed as they are: compact JSON, the fields in the order
 * that ALPPAY documents, absent ones left out.
 *
 * <p>Characters that another JSON writer would escape are refused, because a server that signs what
 * it has written anew would come to another signature.
 */
final class AlppayBody {

    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder json = new StringBuilder("{");

    private AlppayBody() {}

    /** Whom an order is for, as ALPPAY wants it: the number is of our making. */
    record Customer(long id, String name, String email) {}

    static byte[] payment(
            String amount,
            Coin coin,
            Customer customer,
            String invoice,
            Optional<String> returnUrl) {
        AlppayBody body = new AlppayBody();
        body.text(AlppayProtocol.AMOUNT, amount);
        body.coin(coin);
        body.customer(customer);
        body.text(AlppayProtocol.INVOICE, invoice);
        returnUrl.ifPresent(url -> body.text(AlppayProtocol.RETURN_URL, url));
        return body.bytes();
    }

    static byte[] withdrawal(
            String amount,
            Coin coin,
            String address,
            Customer customer,
            String tag,
            String invoice) {
        AlppayBody body = new AlppayBody();
        body.text(AlppayProtocol.AMOUNT, amount);
        body.coin(coin);
        body.text(AlppayProtocol.ADDRESS_TO, address);
        body.customer(customer);
        body.text(AlppayProtocol.DEST_TAG, tag);
        body.text(AlppayProtocol.INVOICE, invoice);
        return body.bytes();
    }

    /** Whether a text can be sent at all. */
    static boolean isSendable(String text) {
        return text.chars().noneMatch(c -> AlppayProtocol.FORBIDDEN.indexOf(c) >= 0);
    }

    private void coin(Coin coin) {
        open(AlppayProtocol.ASSET);
        text(AlppayProtocol.SHORT, coin.ticker());
        text(AlppayProtocol.NETWORK, coin.network());
        json.append('}');
    }

    private void customer(Customer customer) {
        open(AlppayProtocol.CUSTOMER);
        name(AlppayProtocol.ID);
        json.append(customer.id());
        text(AlppayProtocol.CUSTOMER_NAME, customer.name());
        text(AlppayProtocol.CUSTOMER_EMAIL, customer.email());
        json.append('}');
    }

    private void open(String name) {
        name(name);
        json.append('{');
    }

    private void text(String name, String value) {
        if (!isSendable(value)) {
            throw ProviderRefused.ofField(
                    name,
                    "checkout.character_not_allowed",
                    "This text has a character that " + AlppayProtocol.NAME + " does not take.");
        }
        name(name);
        quoted(Normalizer.normalize(value, Normalizer.Form.NFC));
    }

    private void name(String name) {
        if (json.charAt(json.length() - 1) != '{') {
            json.append(',');
        }
        quoted(name);
        json.append(':');
    }

    private void quoted(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u").append(HEX.toHexDigits(c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private byte[] bytes() {
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }
}
