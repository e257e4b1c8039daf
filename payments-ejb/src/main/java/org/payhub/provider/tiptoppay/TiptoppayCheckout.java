package org.payhub.provider.tiptoppay;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.TreeMap;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.spi.CheckoutOpening.CheckoutOrder;

/** What an order, the provider's page on which a client pays once, is made with. */
final class TiptoppayCheckout {

    /** Our text of an order that the provider keeps as the payer's account. */
    static final String VISIT = "visit_id";

    private static final int LONGEST_DESCRIPTION = 250;
    private static final int LONGEST_ACCOUNT = 254;

    private TiptoppayCheckout() {}

    static JsonObject parameters(CheckoutOrder order) {
        String description = order.description().isBlank() ? "Payment" : order.description();
        JsonObjectBuilder parameters =
                Json.createObjectBuilder()
                        .add("Amount", decimal(order.amount()))
                        // The default is another country's.
                        .add("Currency", order.amount().asset().code())
                        .add("Description", cut(description))
                        .add("RequireConfirmation", order.holdOnly())
                        .add("SendEmail", false)
                        .add("SendSms", false)
                        .add("InvoiceId", Ids.text("pay", order.payment()))
                        .add("CultureName", culture(order.locale()))
                        .add("SuccessRedirectUrl", order.successUrl())
                        .add("FailRedirectUrl", order.cancelUrl())
                        .add("JsonData", data(order));
        order.clientEmail()
                .filter(TiptoppayCheckout::isMail)
                .ifPresent(mail -> parameters.add("Email", mail));
        String visit = order.texts().getOrDefault(VISIT, "");
        if (!visit.isEmpty() && visit.length() <= LONGEST_ACCOUNT) {
            parameters.add("AccountId", visit);
        }
        return parameters.build();
    }

    /** Whole units with a point; never a fraction of the smallest unit, never an exponent. */
    static BigDecimal decimal(Money amount) {
        return new BigDecimal(amount.toDecimal());
    }

    private static String data(CheckoutOrder order) {
        JsonObjectBuilder data = Json.createObjectBuilder();
        new TreeMap<>(order.texts()).forEach(data::add);
        return data.build().toString();
    }

    static String culture(Locale locale) {
        return switch (locale.getLanguage()) {
            case "ru" -> "ru-RU";
            case "kk" -> "kk-KZ";
            case "es" -> "es-MX";
            default -> "en-US";
        };
    }

    private static boolean isMail(String mail) {
        return mail.length() <= 254 && mail.matches("[^\\s@]{1,64}@[^\\s@]+\\.[^\\s@]+");
    }

    /** Cut between characters, never inside one. */
    private static String cut(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        int length = clean.codePointCount(0, clean.length());
        return length <= LONGEST_DESCRIPTION
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, LONGEST_DESCRIPTION));
    }
}
