package org.payhub.provider.tiptoppay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.payhub.money.Assets;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.JsonMalformed;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/**
 * The parameters of one notification, and which kind it is. Nothing in it names the kind: the
 * fields tell, and where our address named one, that only breaks a tie. No kind is ever enough to
 * move money: for that the provider is read.
 */
final class TiptoppayNotification {

    /** What a notification is. */
    enum Kind {
        /** May this payment go on? Nothing has moved. */
        CHECK,
        PAY,
        CONFIRM,
        FAIL,
        REFUND,
        CANCEL,
        RECURRENT,
        RECEIPT,
        PAYOUT,
        /** About a transaction, and the fields do not tell what. */
        UNCLEAR,
        UNKNOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final String TRANSACTION = "transaction";

    private static final int MOST_FIELDS = 200;
    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_NUMBER = 20;

    private static final Set<String> HOLD_WORDS = Set.of("pay", "confirm");

    private final Map<String, String> fields;
    private final Kind kind;

    private TiptoppayNotification(Map<String, String> fields, Optional<String> address) {
        this.fields = fields;
        this.kind = kind(address.orElse(""));
    }

    /**
     * Reads the parameters.
     *
     * <p><b>Errors</b>: {@link WebhookRejected} when they cannot be read without doubt, or tell of
     * nothing.
     */
    static TiptoppayNotification of(RawWebhook raw) {
        byte[] bytes =
                TiptoppaySignature.isGet(raw)
                        ? TiptoppaySignature.withoutOurs(raw.query())
                                .orElse(raw.query())
                                .getBytes(StandardCharsets.UTF_8)
                        : raw.body();
        if (bytes.length == 0) {
            throw new WebhookRejected(Cause.BODY_MISSING);
        }
        boolean json = !TiptoppaySignature.isGet(raw) && isJson(raw, bytes);
        Map<String, String> fields = json ? jsonFields(bytes) : formFields(bytes);
        TiptoppayNotification read = new TiptoppayNotification(fields, raw.kind());
        if (read.subject().isEmpty()) {
            throw new WebhookRejected(Cause.KIND_UNKNOWN);
        }
        return read;
    }

    private static boolean isJson(RawWebhook raw, byte[] bytes) {
        return TiptoppaySignature.isJson(raw)
                || raw.header("Content-Type").isEmpty() && bytes[0] == '{';
    }

    private static Map<String, String> none() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    private static Map<String, String> jsonFields(byte[] bytes) {
        Json json;
        try {
            json = Json.parse(bytes);
        } catch (JsonMalformed e) {
            throw new WebhookRejected(Cause.BODY_MALFORMED);
        }
        Map<String, String> fields = none();
        for (String name : json.names()) {
            String value =
                    json.text(name)
                            .or(() -> json.decimal(name).map(java.math.BigDecimal::toPlainString))
                            .or(() -> json.flag(name).map(on -> on ? "1" : "0"))
                            .orElse("");
            put(fields, name, value);
        }
        return fields;
    }

    private static Map<String, String> formFields(byte[] bytes) {
        Map<String, String> fields = none();
        for (String pair : new String(bytes, StandardCharsets.ISO_8859_1).split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                put(
                        fields,
                        text(equals < 0 ? pair : pair.substring(0, equals)),
                        text(equals < 0 ? "" : pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    /** Two values of one name could be read two ways. */
    private static void put(Map<String, String> fields, String name, String value) {
        if (fields.putIfAbsent(name, value) != null || fields.size() > MOST_FIELDS) {
            throw new WebhookRejected(Cause.BODY_MALFORMED);
        }
    }

    private static String text(String encoded) {
        byte[] bytes =
                TiptoppaySignature.decode(encoded.getBytes(StandardCharsets.ISO_8859_1), true);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WebhookRejected(Cause.BODY_MALFORMED);
        }
    }

    // --- the kind ---

    private Kind kind(String address) {
        if (has("FiscalSign") || has("Receipt")) {
            return Kind.RECEIPT;
        }
        if (transaction().isEmpty()) {
            boolean plan = has("Interval") || fields.containsKey("SuccessfulTransactionsNumber");
            return has("Id") && plan ? Kind.RECURRENT : Kind.UNKNOWN;
        }
        boolean failed = has("ReasonCode") ? !get("ReasonCode").equals("0") : has("Reason");
        if (failed) {
            return isOf("CardPayout") ? Kind.PAYOUT : Kind.FAIL;
        }
        if (isOf("CardPayout")) {
            return Kind.PAYOUT;
        }
        if (has("PaymentTransactionId") || isOf("Refund")) {
            return Kind.REFUND;
        }
        return has("Status") ? withStatus(address) : withoutStatus();
    }

    private Kind withStatus(String address) {
        boolean operation = fields.containsKey("OperationType");
        if (has("GatewayName") || has("AuthCode") || has("Token")) {
            boolean confirmed = !operation && get("Status").equalsIgnoreCase("Completed");
            return confirmed ? Kind.CONFIRM : Kind.PAY;
        }
        boolean blank =
                fields.containsKey("AuthCode")
                        || fields.containsKey("GatewayName")
                        || fields.containsKey("TotalFee")
                        || fields.containsKey("Rrn");
        // The address may say that more happened than the fields do, never that less did: what is
        // unclear is read at the provider, and that is harmless.
        boolean meansMore = HOLD_WORDS.contains(address);
        return !operation && !isCheckLike(address) || blank || meansMore
                ? Kind.UNCLEAR
                : Kind.CHECK;
    }

    /** The oldest form of a question names no operation either; then the address has to say so. */
    private static boolean isCheckLike(String address) {
        return address.equals("check");
    }

    private Kind withoutStatus() {
        boolean cancel = !has("CardFirstSix") && has("Amount") && has("DateTime");
        return cancel ? Kind.CANCEL : Kind.UNCLEAR;
    }

    Kind kind() {
        return kind;
    }

    /** Whether the provider waits for the answer to a question. */
    boolean isQuestion(Optional<String> address) {
        boolean asked = address.filter(TiptoppayNotification::isCheckLike).isPresent();
        return kind == Kind.CHECK
                || asked && (kind == Kind.PAY || kind == Kind.CONFIRM || kind == Kind.UNCLEAR);
    }

    boolean isOf(String operation) {
        return get("OperationType").equalsIgnoreCase(operation);
    }

    // --- what it says ---

    private boolean has(String name) {
        return !get(name).isBlank();
    }

    private String get(String name) {
        return fields.getOrDefault(name, "");
    }

    Optional<String> filled(String name) {
        return Optional.of(get(name)).filter(v -> !v.isBlank());
    }

    /** The number of the operation; text, for it is wider than some think. */
    Optional<String> transaction() {
        return number("TransactionId");
    }

    private Optional<String> number(String name) {
        return filled(name).filter(TiptoppayNotification::isNumber);
    }

    private static boolean isNumber(String text) {
        return text.length() <= LONGEST_NUMBER && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The id of the thing that it is about. */
    Optional<String> subject() {
        return transaction()
                .or(
                        () ->
                                filled("Id")
                                        .filter(
                                                id ->
                                                        id.length() <= LONGEST_WORD
                                                                && id.equals(plain(id))));
    }

    /** Our payment's id, which went out as the order's number. */
    Optional<UUID> ours() {
        return filled("InvoiceId").flatMap(TiptoppayTransaction::payment);
    }

    /** Every key that ties it to a payment. */
    References references() {
        java.util.List<Reference> keys = new java.util.ArrayList<>();
        number("PaymentTransactionId").ifPresent(t -> keys.add(new Reference(TRANSACTION, t)));
        if (kind != Kind.REFUND) {
            transaction().ifPresent(t -> keys.add(new Reference(TRANSACTION, t)));
        }
        return new References(ours(), keys, ours().isPresent());
    }

    /** The amount that was ordered, where amount and currency can be read. */
    Optional<Money> amount() {
        try {
            return Assets.find(get("Currency")).map(asset -> Money.parse(get("Amount"), asset));
        } catch (HubException e) {
            return Optional.empty();
        }
    }

    /** Real money or not; Refund and Cancel do not tell. */
    Optional<Boolean> livemode() {
        return switch (get("TestMode").toLowerCase(Locale.ROOT)) {
            case "1", "true" -> Optional.of(false);
            case "0", "false" -> Optional.of(true);
            default -> Optional.empty();
        };
    }

    Optional<Instant> toldAt() {
        return filled("DateTime").flatMap(TiptoppayNotification::instant);
    }

    /** Times bear no zone and are UTC. */
    static Optional<Instant> instant(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            return Optional.of(Instant.parse(iso.endsWith("Z") ? iso : iso + "Z"));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * What makes it one event. Pay and Confirm share a number, a Check and its Pay too; the number
     * of a Refund is its own.
     */
    String eventKey() {
        String state =
                kind == Kind.RECURRENT
                        ? get("Status")
                                + "/"
                                + get("SuccessfulTransactionsNumber")
                                + "/"
                                + get("FailedTransactionsNumber")
                        : get("Status");
        return String.join(
                "|",
                kind.word(),
                subject().orElse(""),
                plain(state),
                plain(amount().map(Money::toDecimal).orElse(get("Amount"))));
    }

    String fingerprint() {
        return String.join(
                "|",
                kind.word(),
                subject().orElse(""),
                plain(amount().map(m -> m.minor().toString()).orElse(get("Amount"))),
                plain(get("Currency")));
    }

    /** Somebody else's text as one short word that every database keeps. */
    private static String plain(String text) {
        StringBuilder word = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_WORD)
                .forEach(c -> word.appendCodePoint(c > ' ' && c < 127 && c != '|' ? c : '?'));
        return word.toString();
    }

    @Override
    public String toString() {
        return "TiptoppayNotification[" + kind.word() + "]";
    }
}
