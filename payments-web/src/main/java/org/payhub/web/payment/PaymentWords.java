package org.payhub.web.payment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;
import org.payhub.payment.PaymentRow;
import org.payhub.web.shared.Texts;

/** Which words say what a payment is and where it stands; the same in lists, drawers and visits. */
@Named("paymentWords")
@ApplicationScoped
public class PaymentWords {

    @Inject Texts texts;

    /** The state that matters most to a person: refunds and disputes come before "paid". */
    public String state(PaymentRow payment) {
        if (payment.disputed()) {
            return "disputed";
        }
        if (payment.refundPending().isPositive()) {
            return "refund_pending";
        }
        if (payment.refunded().isPositive()) {
            return payment.refunded().equals(payment.captured()) ? "refunded" : "part_refunded";
        }
        return payment.status().word();
    }

    /** What was paid with: {@code Visa •••• 4242}, else the method's or the provider's name. */
    public String method(PaymentRow payment) {
        if (payment.cardLast4().isPresent()) {
            String brand = payment.cardBrand().map(PaymentWords::brand).orElse("");
            return (brand + " •••• " + payment.cardLast4().get()).strip();
        }
        return payment.method()
                .map(method -> texts.ofOr(capital(method.replace('_', ' ')), "paidwith." + method))
                .orElseGet(() -> provider(payment.provider()));
    }

    /** Both, or the provider alone where no more is known. */
    public String methodAndProvider(PaymentRow payment) {
        String method = method(payment);
        String provider = provider(payment.provider());
        return method.equals(provider) ? provider : method + " · " + provider;
    }

    /** How the provider writes itself. */
    public String provider(String code) {
        return texts.ofOr(capital(code), "provider." + code + ".name");
    }

    private static String brand(String brand) {
        switch (brand.toLowerCase(Locale.ROOT)) {
            case "amex":
                return "American Express";
            case "unionpay":
                return "UnionPay";
            case "jcb":
                return "JCB";
            default:
                return capital(brand);
        }
    }

    private static String capital(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
