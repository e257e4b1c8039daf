package org.payhub.provider.tropipay;

import java.util.List;
import java.util.Set;

/**
 * Every word of Tropipay's that the connector speaks: hosts, paths, names of fields, states, codes.
 * {@code MAPPING.md} says which of them are documented and which are assumed.
 */
final class TropipayProtocol {

    static final String CODE = "tropipay";

    // --- where ---

    static final String LIVE_BASE = "https://www.tropipay.com/api/v3";
    static final String SANDBOX_BASE = "https://sandbox.tropipay.me/api/v3";

    /** Where a client may be sent: the short addresses and the two worlds. */
    static final List<String> CLIENT_HOSTS =
            List.of("https://tppay.me", "https://www.tropipay.com", "https://sandbox.tropipay.me");

    static final String TOKEN = "/access/token";
    static final String PROFILE = "/users/profile";
    static final String CARDS = "/paymentcards";
    static final String MOVEMENTS = "/movements/";
    static final String REFUND = "/movements/in/refund";
    static final String HOOKS = "/user/hooks";
    static final String HOOK_EVENTS = "/user/hooks/events";

    // --- the token ---

    static final String GRANT_TYPE = "grant_type";
    static final String CLIENT_CREDENTIALS = "client_credentials";
    static final String CLIENT_ID = "client_id";
    static final String CLIENT_SECRET = "client_secret";
    static final String ACCESS_TOKEN = "access_token";
    static final String EXPIRES_IN = "expires_in";
    static final String SCOPE = "scope";
    static final String JWT_EXPIRY = "exp";

    /** Without these a payment is neither taken nor seen. */
    static final List<String> REQUIRED_SCOPES =
            List.of("ALLOW_EXTERNAL_CHARGE", "ALLOW_PAYMENT_IN", "ALLOW_GET_MOVEMENT_LIST");

    static final String REFUND_SCOPE = "ALLOW_REFUND";

    // --- objects ---

    static final String ID = "id";
    static final String REFERENCE = "reference";
    static final String CONCEPT = "concept";
    static final String DESCRIPTION = "description";
    static final String AMOUNT = "amount";
    static final String CURRENCY = "currency";
    static final String SINGLE_USE = "singleUse";
    static final String FAVORITE = "favorite";
    static final String REASON_ID = "reasonId";
    static final String EXPIRATION_DAYS = "expirationDays";
    static final String EXPIRATION_DATE = "expirationDate";
    static final String SERVICE_DATE = "serviceDate";
    static final String LANG = "lang";
    static final String URL_SUCCESS = "urlSuccess";
    static final String URL_FAILED = "urlFailed";
    static final String URL_NOTIFICATION = "urlNotification";
    static final String DIRECT_PAYMENT = "directPayment";
    static final String PAYMENT_METHODS = "paymentMethods";
    static final String CLIENT = "client";
    static final String STATE = "state";
    static final String SHORT_URL = "shortUrl";
    static final String PAYMENT_URL = "paymentUrl";
    static final String NAME = "name";
    static final String EMAIL = "email";

    static final String BANK_ORDER_CODE = "bankOrderCode";
    static final String ORIGINAL_AMOUNT = "originalCurrencyAmount";
    static final String DESTINATION_AMOUNT = "destinationAmount";
    static final String DESTINATION_CURRENCY = "destinationCurrency";
    static final String CONVERSION_RATE = "conversionRate";
    static final String PAYMENTCARD = "paymentcard";
    static final String PAYMENTCARD_ID = "paymentcardId";
    static final String MOVEMENT_TYPE = "movementTypeId";
    static final String IS_INTERNAL = "isInternal";
    static final String ERROR_REASON = "errorReason";
    static final String CREATED_AT = "createdAt";
    static final String CHARGES = "charges";
    static final String CARD_BRAND = "cardBrand";
    static final String CARD_PAN = "cardPan";

    /** A refund names the order that it returns after this. */
    static final String REFUND_PREFIX = "DEV:";

    static final Set<String> REFUND_TYPES = Set.of("3", "4");

    /** What the numeric state of a card means: it can still be paid. */
    static final String CARD_ACTIVE = "1";

    /** The longest that the title of a card may be. */
    static final int LONGEST_CONCEPT = 254;

    /** Services; what a visit is paid for. */
    static final int REASON_SERVICES = 21;

    static final String METHOD_CARD = "EXT";
    static final String METHOD_BALANCE = "TPP";

    static final Set<String> LANGUAGES = Set.of("es", "en", "pt");

    static final List<String> ASSETS = List.of("EUR", "USD", "USDC");

    /** The smallest amount, in cents of whichever currency. */
    static final long SMALLEST = 100;

    // --- states of a movement: numbers, and words of the third version ---

    static final Set<String> TAKEN = Set.of("2", "3", "5", "completed", "charged", "paid");
    static final Set<String> RETURNED = Set.of("2", "3", "completed", "charged", "paid");
    static final Set<String> FAILED = Set.of("4", "failed", "error");
    static final Set<String> CANCELLED = Set.of("6", "cancelled", "canceled");

    // --- lists ---

    static final String LIMIT = "limit";
    static final String OFFSET = "offset";
    static final String QUERY = "query";
    static final String QUERY_KEY = "key";
    static final String QUERY_OP = "op";
    static final String QUERY_VALUE = "value";
    static final String EQUAL = "eq";
    static final String LIKE = "like";
    static final String AT_LEAST = "gte";
    static final String BELOW = "lt";
    static final List<String> ROWS = List.of("rows", "items", "data");
    static final String COUNT = "count";
    static final String HAS_MORE = "hasMore";
    static final int PAGE = 50;

    // --- refunds ---

    static final String ORDER_CODE = "orderCode";
    static final String SECURITY_CODE = "securityCode";

    // --- notifications ---

    static final String STATUS = "status";
    static final String OK = "OK";
    static final String KO = "KO";
    static final String DATA = "data";
    static final String EVENT = "event";
    static final List<String> SIGNATURES_V3 = List.of("signaturev3", "signatureV3");
    static final List<String> SIGNATURES_V2 = List.of("signaturev2", "signatureV2");
    static final List<String> SIGNATURES_V1 = List.of("signature", "signaturev1", "signatureV1");
    static final String HOOK_HEADER = "X-Tropipay-Signature";

    // --- hooks ---

    static final String COMPLETED = "transaction_completed";
    static final String NOT_COMPLETED = "transaction_failed";
    static final List<String> REQUIRED_EVENTS = List.of(COMPLETED, NOT_COMPLETED);
    static final List<String> USEFUL_EVENTS =
            List.of("transaction_cancelled", "transaction_charged", "transaction_guarded");
    static final String TARGET = "target";
    static final String WEB = "web";
    static final String VALUE = "value";

    // --- refusals ---

    static final String ERROR = "error";
    static final String ERROR_CODE = "code";
    static final String ERROR_MESSAGE = "message";
    static final String ERROR_DESCRIPTION = "error_description";
    static final String SECOND_FACTOR_NEEDED = "E01004";
    static final String SECOND_FACTOR_WRONG = "E01005";
    static final String TOO_LITTLE_MONEY = "E01001";
    static final String AMOUNT_WRONG = "E01003";
    static final String LIMIT_EXCEEDED = "E01006";

    private TropipayProtocol() {}
}
