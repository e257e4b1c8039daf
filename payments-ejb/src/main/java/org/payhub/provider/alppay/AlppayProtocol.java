package org.payhub.provider.alppay;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Every word of ALPPAY's protocol, and nothing else: paths, headers, field names, statuses, limits.
 * No other type of this package writes one of them, so that a correction by ALPPAY is an edit of
 * this file and of the fixtures.
 *
 * <p><b>Source</b>: docs.alppay.io (integration-guide, API-KEY, hmac, createPayment, listPayments,
 * getPayment, createWithdrawal, listWithdrawals, getWithdrawal, paymentWebhooks,
 * withdrawalWebhooks, webhookSequence, transaction-fees), read 2026-11-20. What is marked "assumed"
 * in {@code MAPPING.md} is not written there.
 */
final class AlppayProtocol {

    static final String CODE = "alppay";
    static final String NAME = "ALPPAY";
    static final String BASE = "https://api.alppay.io/v2";

    // --- paths and query ---

    static final String PAYMENTS = "/payment";
    static final String WITHDRAWALS = "/withdrawal";

    static final String Q_INVOICES = "invoices";
    static final String Q_SEARCH = "search";
    static final String Q_PAGE = "page";
    static final String Q_LIMIT = "limit";
    static final String Q_SORT_FIELD = "sortField";
    static final String Q_SORT_ORDER = "sortOrder";
    static final String BY_CREATION = "created_at";
    static final String NEWEST_FIRST = "desc";
    static final int FIRST_PAYMENT_PAGE = 1;
    static final int FIRST_WITHDRAWAL_PAGE = 0;
    static final int LARGEST_PAGE = 100;

    // --- headers and signature ---

    static final String API_KEY = "API-KEY";
    static final String SIGNATURE = "X-HMAC";
    static final String ALGORITHM = "HmacSHA256";
    static final int SIGNATURE_LETTERS = 64;
    static final int LARGEST_WEBHOOK = 256 * 1024;

    /** A server written in Go signs these as escapes once it writes a body anew. */
    static final String FORBIDDEN = "<>&\u2028\u2029";

    static final String API_KEY_LOOK = "ak_live_…";
    static final String HMAC_KEY_LOOK = "sk_live_…";
    static final List<String> API_KEY_PREFIXES = List.of("ak_");
    static final List<String> HMAC_KEY_PREFIXES = List.of("sk_live_", "sk_test_", "sk_");

    // --- fields ---

    static final String ID = "id";
    static final String AMOUNT = "amount";
    static final String RECEIVED_TOTAL = "totalReceivedAmount";
    static final String ASSET = "asset";
    static final String SHORT = "short";
    static final String NETWORK = "network";
    static final String CUSTOMER = "customer";
    static final String CUSTOMER_NAME = "name";
    static final String CUSTOMER_EMAIL = "email";
    static final String MERCHANT = "merchant";
    static final String INVOICE = "invoice";
    static final String RETURN_URL = "checkoutUrl";
    static final String STATUS = "status";
    static final String DISPLAY_STATUS = "displayStatus";
    static final String TRANSACTIONS = "transactions";
    static final String TXN_ID = "txnId";
    static final String RECEIVED = "receivedAmount";
    static final String PERCENT_FEE = "percentFee";
    static final String FIXED_FEE = "fixedFee";
    static final String IS_DANGER = "isDanger";
    static final String ADDRESS_FROM = "addressFrom";
    static final String ADDRESS_TO = "addressTo";
    static final String DEST_TAG = "destTag";
    static final String TIMEOUT = "timeout";
    static final String CREATED_AT = "createdAt";
    static final String UPDATED_AT = "updatedAt";

    /** A transfer's time, in the older shape and the newer one. */
    static final List<String> TRANSFER_TIMES = List.of("createdAt", "date");

    /** Where the page on which the client pays may stand, in the order of trust. */
    static final List<String> HOSTED_URLS =
            List.of("paymentRedirectUrl", "paymentRedirectURL", "checkoutUrl");

    static final List<String> HOSTED_HOSTS = List.of("alppay.io", "a-pay-system.com");

    /** Every subdomain of these is trusted too. */
    static final List<String> HOSTED_DOMAINS = List.of(".alppay.io");

    /** Lists come in either of these, and a single object may be wrapped in the second. */
    static final List<String> LISTS = List.of("results", "data");

    static final String WRAPPER = "data";

    /** Where the text of a refusal may stand. */
    static final List<String> MESSAGES = List.of("message", "error");

    static final String ERRORS = "errors";

    /** How a time that never was is written. */
    static final Instant NO_TIME = Instant.parse("0001-01-01T00:00:00Z");

    // --- statuses ---

    static final String OPEN = "OPEN";
    static final String COMPLETED = "COMPLETED";
    static final String EXPIRED = "EXPIRED";
    static final String CANCELLED = "CANCELLED";
    static final String AML_FAILED = "AML_CHECK_FAILED";

    static final String SHOWN_OVERPAID = "OVERPAID";
    static final String SHOWN_UNDERPAID = "UNDERPAID";
    static final String SHOWN_DANGER = "AML_CHECK_DANGER";

    /** What the second status may say; empty where an older shape has none. */
    static final List<String> SHOWN =
            List.of(
                    "",
                    "NEW",
                    OPEN,
                    COMPLETED,
                    EXPIRED,
                    SHOWN_OVERPAID,
                    SHOWN_UNDERPAID,
                    SHOWN_DANGER);

    static final String WITHDRAWAL_OPEN = "OPEN";
    static final String WITHDRAWAL_APPROVED = "APPROVED";
    static final String WITHDRAWAL_COMPLETE = "COMPLETE";
    static final String WITHDRAWAL_CANCELLED = "CANCELLED";

    // --- webhooks: the kinds are the last part of the two addresses given to ALPPAY ---

    static final String KIND_PAYMENT = "payment";
    static final String KIND_WITHDRAWAL = "withdrawal";

    // --- coins ---

    /** What a coin is called at ALPPAY. */
    record Coin(String asset, String ticker, String network) {}

    static final List<Coin> COINS =
            List.of(
                    new Coin("USDT:tron", "USDT", "tron"),
                    new Coin("USDT:ethereum", "USDT", "ethereum"),
                    new Coin("USDC:tron", "USDC", "tron"),
                    new Coin("USDC:ethereum", "USDC", "ethereum"),
                    new Coin("BTC:bitcoin", "BTC", "bitcoin"),
                    new Coin("ETH:ethereum", "ETH", "ethereum"),
                    new Coin("TON:ton", "TON", "ton"));

    /** Other names of a network that are met, in lower case. */
    static final Map<String, String> NETWORK_ALIASES = Map.of("trc20", "tron", "erc20", "ethereum");

    /** What withdrawals are documented for. */
    static final List<String> WITHDRAWABLE =
            List.of("USDT:tron", "USDT:ethereum", "USDC:tron", "USDC:ethereum");

    /** Digits after the point that an amount may have on the wire. */
    static final int MOST_DECIMALS = 8;

    /** An amount as it is written. */
    static final String AMOUNT_FORM = "\\d{1,18}(\\.\\d{1,18})?";

    private AlppayProtocol() {}
}
