package org.payhub.simulator.alppay;

import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.payhub.simulator.kit.Json;

/** The coins, and addresses that look and check as their networks' do. */
final class Coins {

    /** One coin: ticker, network, name, confirmations. */
    record Coin(String ticker, String network, String name, int confirmations) {
        JsonObject json() {
            return Json.of("short", ticker, "name", name, "logoUrl", "", "network", network);
        }

        /** As balances and methods are named. */
        String method() {
            return ticker + "_" + network;
        }
    }

    static final List<Coin> ALL =
            List.of(
                    new Coin("USDT", "tron", "Tether", 20),
                    new Coin("USDT", "ethereum", "Tether", 12),
                    new Coin("USDC", "tron", "USD Coin", 20),
                    new Coin("USDC", "ethereum", "USD Coin", 12),
                    new Coin("BTC", "bitcoin", "Bitcoin", 3),
                    new Coin("ETH", "ethereum", "Ether", 12),
                    new Coin("TON", "ton", "Toncoin", 1));

    private static final String BASE58 =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Coins() {}

    static Optional<Coin> find(String ticker, String network) {
        String spelt = network.toLowerCase(Locale.ROOT);
        String real =
                switch (spelt) {
                    case "trc20" -> "tron";
                    case "erc20" -> "ethereum";
                    default -> spelt;
                };
        return ALL.stream()
                .filter(c -> c.ticker.equalsIgnoreCase(ticker) && c.network.equals(real))
                .findFirst();
    }

    static Coin of(JsonObject asset) {
        return find(Json.need(asset, "short"), Json.need(asset, "network"))
                .orElseThrow(() -> new IllegalArgumentException("There is no such coin"));
    }

    /** Withdrawals are made in dollar coins only. */
    static boolean canLeave(Coin coin) {
        return coin.ticker.startsWith("USD");
    }

    /** A fresh address of the coin's network. */
    static String address(Coin coin) {
        byte[] bytes = new byte[20];
        RANDOM.nextBytes(bytes);
        return switch (coin.network) {
            case "tron" -> tron(bytes);
            case "ethereum" -> "0x" + HexFormat.of().formatHex(bytes);
            default -> coin.network + "1q" + HexFormat.of().formatHex(bytes);
        };
    }

    /** A fresh key of a transfer on a network. */
    static String transfer() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String tron(byte[] account) {
        byte[] body = new byte[21];
        body[0] = 0x41;
        System.arraycopy(account, 0, body, 1, 20);
        byte[] whole = Arrays.copyOf(body, 25);
        System.arraycopy(sha256(sha256(body)), 0, whole, 21, 4);
        StringBuilder text = new StringBuilder();
        BigInteger rest = new BigInteger(1, whole);
        while (rest.signum() > 0) {
            BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(58));
            text.append(BASE58.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return text.reverse().toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
