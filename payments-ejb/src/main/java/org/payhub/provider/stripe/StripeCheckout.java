package org.payhub.provider.stripe;

import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import com.stripe.param.checkout.SessionCreateParams.PaymentMethodType;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.payhub.provider.spi.CheckoutOpening.CheckoutOrder;

/** What a checkout session is ordered with. */
final class StripeCheckout {

    /** Stripe takes 30 minutes to 24 hours; a minute is kept for the way and for clocks. */
    private static final Duration SHORTEST = Duration.ofMinutes(31);

    private static final Duration LONGEST = Duration.ofHours(24).minusMinutes(1);

    private static final int LONGEST_NAME = 250;
    private static final int LONGEST_METADATA_KEY = 40;
    private static final int LONGEST_METADATA = 500;
    private static final int MOST_METADATA = 40;

    /** Where Spanish is read as in Latin America. */
    private static final Set<String> LATIN_AMERICA =
            Set.of(
                    "419", "AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI",
                    "PA", "PE", "PR", "PY", "SV", "US", "UY", "VE");

    private StripeCheckout() {}

    static SessionCreateParams params(CheckoutOrder order, Instant now) {
        Map<String, String> metadata = metadata(order);
        String name = cut(order.description().isBlank() ? "Payment" : order.description());
        PaymentIntentData.Builder intent =
                PaymentIntentData.builder().putAllMetadata(metadata).setDescription(name);
        if (order.holdOnly()) {
            intent.setCaptureMethod(PaymentIntentData.CaptureMethod.MANUAL);
        }
        SessionCreateParams.Builder session =
                SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.PAYMENT)
                        .addLineItem(line(order, name))
                        .setSuccessUrl(order.successUrl())
                        .setCancelUrl(order.cancelUrl())
                        .setClientReferenceId(StripeObjects.paymentText(order.payment()))
                        .putAllMetadata(metadata)
                        .setPaymentIntentData(intent.build())
                        .setExpiresAt(expiresAt(order.expiresAt(), now).getEpochSecond())
                        .setLocale(locale(order.locale()))
                        .setSubmitType(SessionCreateParams.SubmitType.PAY)
                        // The client pays the sum that was agreed, in its currency.
                        .setAdaptivePricing(
                                SessionCreateParams.AdaptivePricing.builder()
                                        .setEnabled(false)
                                        .build());
        if (!order.allMethods()) {
            session.addPaymentMethodType(PaymentMethodType.CARD);
        }
        order.clientEmail().filter(StripeCheckout::isMail).ifPresent(session::setCustomerEmail);
        return session.build();
    }

    private static SessionCreateParams.LineItem line(CheckoutOrder order, String name) {
        return SessionCreateParams.LineItem.builder()
                .setQuantity(1L)
                .setPriceData(
                        SessionCreateParams.LineItem.PriceData.builder()
                                .setCurrency(StripeAmounts.currency(order.amount().asset()))
                                .setUnitAmount(StripeAmounts.toStripe(order.amount()))
                                .setProductData(
                                        SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                                .setName(name)
                                                .build())
                                .build())
                .build();
    }

    /** Sorted, so that the same order is the same request: Stripe compares them. */
    private static Map<String, String> metadata(CheckoutOrder order) {
        Map<String, String> metadata = new TreeMap<>();
        order.texts().entrySet().stream()
                .filter(
                        e ->
                                e.getKey().length() <= LONGEST_METADATA_KEY
                                        && e.getKey().indexOf('[') < 0
                                        && e.getKey().indexOf(']') < 0
                                        && e.getValue().length() <= LONGEST_METADATA
                                        && !e.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_METADATA)
                .forEach(e -> metadata.put(e.getKey(), e.getValue()));
        metadata.put(StripeObjects.PAYMENT_KEY, StripeObjects.paymentText(order.payment()));
        return metadata;
    }

    static Instant expiresAt(Instant wanted, Instant now) {
        Instant first = now.plus(SHORTEST);
        Instant last = now.plus(LONGEST);
        if (wanted.isBefore(first)) {
            return first;
        }
        return wanted.isAfter(last) ? last : wanted;
    }

    /** The page's language; where Stripe lacks it, the client's browser decides. */
    static SessionCreateParams.Locale locale(Locale locale) {
        String language = locale.getLanguage();
        String country = locale.getCountry();
        String tag =
                switch (language) {
                    case "en" -> country.equals("GB") ? "en-GB" : "en";
                    case "es" -> LATIN_AMERICA.contains(country) ? "es-419" : "es";
                    case "fr" -> country.equals("CA") ? "fr-CA" : "fr";
                    case "pt" -> country.equals("BR") ? "pt-BR" : "pt";
                    case "no", "nn" -> "nb";
                    case "zh" -> chinese(locale);
                    default -> language;
                };
        for (SessionCreateParams.Locale known : SessionCreateParams.Locale.values()) {
            if (known.getValue().equals(tag)) {
                return known;
            }
        }
        return SessionCreateParams.Locale.AUTO;
    }

    private static String chinese(Locale locale) {
        if (locale.getCountry().equals("HK")) {
            return "zh-HK";
        }
        boolean traditional = locale.getCountry().equals("TW") || locale.getScript().equals("Hant");
        return traditional ? "zh-TW" : "zh";
    }

    private static boolean isMail(String mail) {
        return mail.length() <= 254 && mail.matches("[^\\s@]{1,64}@[^\\s@]+\\.[^\\s@]+");
    }

    /** Cut between characters, never inside one. */
    private static String cut(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        int length = clean.codePointCount(0, clean.length());
        return length <= LONGEST_NAME
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, LONGEST_NAME));
    }
}
