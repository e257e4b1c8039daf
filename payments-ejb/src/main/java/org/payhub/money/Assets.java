package org.payhub.money;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/**
 * The one table of assets and their decimal digits. The JDK's own table is not used: it disagrees
 * with what providers do (ISK, UGX, MGA), and it knows no coins.
 *
 * <p><b>Source</b>: ISO 4217 minor units; coins by their contracts (USDT and USDC 6, BTC 8, TON 9,
 * ETH 18). A provider whose wire format differs converts at its own edge.
 */
public final class Assets {

    private static final Map<String, Asset> BY_CODE = new LinkedHashMap<>();

    static {
        add(
                2, "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM",
                "BBD", "BDT", "BGN", "BMD", "BND", "BOB", "BRL", "BSD", "BWP", "BYN", "BZD", "CAD",
                "CDF", "CHF", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP",
                "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD",
                "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "JMD", "KES", "KGS", "KHR", "KYD", "KZT",
                "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MKD", "MMK", "MNT", "MOP", "MUR",
                "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB",
                "PEN", "PGK", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD", "SCR",
                "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "STN", "SZL", "THB", "TJS", "TOP", "TRY",
                "TTD", "TWD", "TZS", "UAH", "USD", "UYU", "UZS", "WST", "XCD", "XCG", "YER", "ZAR",
                "ZMW");
        add(
                0, "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF",
                "UGX", "VND", "VUV", "XAF", "XOF", "XPF");
        add(3, "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND");
        // Tropipay counts its own dollar coin in cents; it is not the coin on a chain.
        add(2, "USDC");
        add(6, "USDT:tron", "USDT:ethereum", "USDC:ethereum", "USDC:tron", "TRX:tron");
        add(8, "BTC:bitcoin");
        add(9, "TON:ton");
        add(18, "USDT:bsc", "USDC:bsc", "ETH:ethereum", "BNB:bsc");
    }

    private Assets() {}

    private static void add(int exponent, String... codes) {
        for (String code : codes) {
            BY_CODE.put(code, new Asset(code, exponent));
        }
    }

    /** The asset of that exact code, if the hub knows it. */
    public static Optional<Asset> find(String code) {
        return Optional.ofNullable(code == null ? null : BY_CODE.get(code));
    }

    /**
     * The asset of that exact code.
     *
     * <p><b>Errors</b>: {@code money.asset_unknown}.
     */
    public static Asset get(String code) {
        return find(code)
                .orElseThrow(
                        () ->
                                new HubException(
                                        Problem.INVALID,
                                        "money.asset_unknown",
                                        "There is no currency or coin with the code "
                                                + shown(code)
                                                + ". Use an ISO 4217 code such as EUR, or a coin"
                                                + " with its network such as USDT:tron."));
    }

    /** Every asset, currencies first. */
    public static Collection<Asset> all() {
        return BY_CODE.values();
    }

    private static String shown(String code) {
        if (code == null || code.isBlank()) {
            return "(empty)";
        }
        String start = code.length() > 24 ? code.substring(0, 24) + "…" : code;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
