package org.payhub.simulator.stripe;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What Stripe knows of currencies: how many decimals an amount has on its wire, the smallest
 * charge, made-up but constant exchange rates, and fees.
 *
 * <p>Units: codes in lower case, amounts in the smallest unit as Stripe counts it (5 ISK are 500).
 * Source: Stripe's currency page; the rates are the simulator's own.
 */
final class Currencies {

    private static final Set<String> NO_DECIMALS =
            Set.of(
                    "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd",
                    "vuv", "xaf", "xof", "xpf");
    private static final Set<String> THREE_DECIMALS = Set.of("bhd", "jod", "kwd", "omr", "tnd");

    /** Smallest charge by the currency of settlement. */
    private static final Map<String, Long> SMALLEST = new HashMap<>();

    /** Worth of one unit in millionths of a US dollar. */
    private static final Map<String, Long> MICRO_USD = new HashMap<>();

    static {
        String fifty = "usd aud ars brl cad chf cop eur idr ils inr jpy krw nzd php rub sgd zar";
        for (String code : fifty.split(" ")) {
            SMALLEST.put(code, 50L);
        }
        String others =
                "aed 200 czk 1500 dkk 250 gbp 30 hkd 400 huf 17500 mxn 1000 myr 200 nok 300 pln 200"
                        + " ron 200 sek 300 thb 1000";
        String[] words = others.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            SMALLEST.put(words[i], Long.parseLong(words[i + 1]));
        }
        String rates =
                "usd 1000000 eur 1085000 gbp 1270000 chf 1130000 jpy 6700 krw 720 mxn 55000 kzt 2000"
                        + " aed 272294 ars 700 aud 655000 brl 180000 cad 720000 cop 240 czk 43000"
                        + " dkk 145000 hkd 128000 huf 2750 idr 62 ils 270000 inr 11900 myr 215000"
                        + " nok 93000 nzd 590000 php 17000 pln 252000 ron 218000 rub 10500 sek 95000"
                        + " sgd 745000 thb 28500 zar 55500 isk 7200 ugx 270 twd 31000 kwd 3250000"
                        + " bhd 2650000 jod 1410000 omr 2597000 tnd 320000 clp 1050 vnd 39 xof 1650"
                        + " xaf 1650 pyg 128 mga 220 gel 365000 amd 2580 azn 588000 uzs 79 kgs 11500"
                        + " uah 24200 bgn 555000 try 29000 mad 100000 dop 16600 pen 268000 bif 340"
                        + " djf 5600 gnf 116 kmf 2200 rwf 720 vuv 8400 xpf 9100 cup 41600";
        String[] pairs = rates.split(" ");
        for (int i = 0; i < pairs.length; i += 2) {
            MICRO_USD.put(pairs[i], Long.parseLong(pairs[i + 1]));
        }
    }

    private Currencies() {}

    static boolean known(String code) {
        return MICRO_USD.containsKey(code);
    }

    static int decimals(String code) {
        if (NO_DECIMALS.contains(code)) {
            return 0;
        }
        return THREE_DECIMALS.contains(code) ? 3 : 2;
    }

    /** Three-decimal amounts end in 0, and ISK and UGX in 00. */
    static boolean roundedAsDemanded(long amount, String code) {
        if (THREE_DECIMALS.contains(code)) {
            return amount % 10 == 0;
        }
        return !code.equals("isk") && !code.equals("ugx") || amount % 100 == 0;
    }

    static long smallest(String settlement) {
        return SMALLEST.getOrDefault(settlement, 50L);
    }

    /** Units of {@code to} for one unit of {@code from}, in millionths. */
    static long rate(String from, String to) {
        return divide(
                        BigInteger.valueOf(MICRO_USD.get(from)).multiply(million()),
                        BigInteger.valueOf(MICRO_USD.get(to)))
                .longValueExact();
    }

    /** The rate as JSON shows it, six decimals. */
    static String rateText(String from, String to) {
        long rate = rate(from, to);
        String decimals = Long.toString(1_000_000 + rate % 1_000_000).substring(1);
        return rate / 1_000_000 + "." + decimals;
    }

    /** Rounded half away from zero; the amount itself when the currencies are one. */
    static long convert(long amount, String from, String to) {
        if (from.equals(to)) {
            return amount;
        }
        BigInteger up =
                BigInteger.valueOf(Math.abs(amount))
                        .multiply(BigInteger.valueOf(rate(from, to)))
                        .multiply(BigInteger.TEN.pow(decimals(to)));
        BigInteger down = million().multiply(BigInteger.TEN.pow(decimals(from)));
        long magnitude = divide(up, down).longValueExact();
        return amount < 0 ? -magnitude : magnitude;
    }

    /** 1.5 % and 25 cents in euro, 2.9 % and 30 cents in dollars, and so on. */
    static long cardFee(long settled, String settlement) {
        return switch (settlement) {
            case "eur" -> part(settled, 150) + 25;
            case "gbp" -> part(settled, 150) + 20;
            case "usd" -> part(settled, 290) + 30;
            default -> part(settled, 290) + smallest(settlement) / 2;
        };
    }

    static long debitFee(String settlement) {
        return settlement.equals("usd") ? 40 : 35;
    }

    static long disputeFee(String settlement) {
        return switch (settlement) {
            case "eur", "gbp" -> 2000;
            default -> 1500;
        };
    }

    /** An amount for people, such as {@code 12.50 EUR}, the same under every default locale. */
    static String text(long amount, String code) {
        int decimals = decimals(code);
        StringBuilder digits = new StringBuilder(Long.toString(Math.abs(amount)));
        while (digits.length() <= decimals) {
            digits.insert(0, '0');
        }
        if (decimals > 0) {
            digits.insert(digits.length() - decimals, '.');
        }
        return (amount < 0 ? "-" : "") + digits + " " + code.toUpperCase(java.util.Locale.ROOT);
    }

    private static long part(long amount, long basisPoints) {
        return divide(
                        BigInteger.valueOf(amount).multiply(BigInteger.valueOf(basisPoints)),
                        BigInteger.valueOf(10_000))
                .longValueExact();
    }

    private static BigInteger divide(BigInteger up, BigInteger down) {
        BigInteger[] parts = up.divideAndRemainder(down);
        boolean roundUp = parts[1].shiftLeft(1).compareTo(down) >= 0;
        return roundUp ? parts[0].add(BigInteger.ONE) : parts[0];
    }

    private static BigInteger million() {
        return BigInteger.valueOf(1_000_000);
    }
}
