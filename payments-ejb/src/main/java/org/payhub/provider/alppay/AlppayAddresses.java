package org.payhub.provider.alppay;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.payhub.money.Asset;
import org.payhub.provider.spi.ProviderRefused;

/**
 * Whether an address can be one of its network. ALPPAY does not look: money sent to a mistyped
 * address is gone.
 *
 * <p><b>Source</b>: TRON: base 58 of 21 bytes that begin with 0x41, and four bytes of a doubled
 * SHA-256. Ethereum: 20 bytes in hexadecimal digits; where letters of both cases are mixed, EIP-55
 * makes their case a checksum.
 */
final class AlppayAddresses {

    private static final String BASE58 =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final Pattern TRON = Pattern.compile("T[" + BASE58 + "]{33}");
    private static final Pattern EVM = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final int TRON_PREFIX = 0x41;

    private AlppayAddresses() {}

    /**
     * The address in its usual spelling.
     *
     * <p><b>Errors</b>: on the field {@code address}.
     */
    static String require(Asset asset, String typed) {
        if (!AlppayProtocol.WITHDRAWABLE.contains(asset.code())) {
            throw ProviderRefused.ofField(
                    "amount",
                    "withdrawal.asset_not_supported",
                    AlppayProtocol.NAME
                            + " sends "
                            + String.join(", ", AlppayProtocol.WITHDRAWABLE)
                            + " only.");
        }
        String address = typed == null ? "" : typed.strip();
        String network = AlppayCoins.coin(asset).network();
        return network.equals(AlppayCoins.coin(Asset.of("USDT:tron")).network())
                ? tron(address)
                : evm(address);
    }

    private static String tron(String address) {
        if (EVM.matcher(address).matches()) {
            throw wrong("This is an address of Ethereum; the coin is sent on TRON.");
        }
        if (!TRON.matcher(address).matches()) {
            throw wrong("An address on TRON has 34 letters and digits and begins with T.");
        }
        byte[] bytes = base58(address);
        if (bytes.length != 25 || (bytes[0] & 0xff) != TRON_PREFIX) {
            throw wrong("This is no address on TRON.");
        }
        byte[] body = Arrays.copyOf(bytes, 21);
        byte[] sum = Arrays.copyOfRange(bytes, 21, 25);
        if (!MessageDigest.isEqual(sum, Arrays.copyOf(sha256(sha256(body)), 4))) {
            throw typo();
        }
        return address;
    }

    private static String evm(String address) {
        if (TRON.matcher(address).matches()) {
            throw wrong("This is an address of TRON; the coin is sent on Ethereum.");
        }
        if (!EVM.matcher(address).matches()) {
            throw wrong("An address on Ethereum is 0x and 40 digits from 0 to f.");
        }
        String digits = address.substring(2);
        String lower = digits.toLowerCase(Locale.ROOT);
        String checked = eip55(lower);
        boolean oneCase = digits.equals(lower) || digits.equals(digits.toUpperCase(Locale.ROOT));
        if (!oneCase && !digits.equals(checked)) {
            throw typo();
        }
        if (lower.equals("0".repeat(40))) {
            throw wrong("What is sent to this address is lost.");
        }
        return "0x" + checked;
    }

    /** Each letter is a capital where the digit of the hash at its place is 8 or more. */
    private static String eip55(String lower) {
        String hash =
                HexFormat.of()
                        .formatHex(
                                Keccak256.of(
                                        lower.getBytes(
                                                java.nio.charset.StandardCharsets.US_ASCII)));
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            mixed.append(Character.digit(hash.charAt(i), 16) >= 8 ? Character.toUpperCase(c) : c);
        }
        return mixed.toString();
    }

    private static byte[] base58(String text) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            number =
                    number.multiply(BigInteger.valueOf(58))
                            .add(BigInteger.valueOf(BASE58.indexOf(text.charAt(i))));
        }
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks SHA-256", e);
        }
    }

    private static ProviderRefused typo() {
        return wrong("There is a typing error in this address: its checksum does not fit.");
    }

    private static ProviderRefused wrong(String message) {
        return ProviderRefused.ofField("address", "withdrawal.address_malformed", message);
    }
}
