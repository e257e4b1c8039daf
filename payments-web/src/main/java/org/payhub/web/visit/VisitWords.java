package org.payhub.web.visit;

import java.util.Locale;
import org.payhub.money.Money;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitPaymentStatus;
import org.payhub.visit.VisitRow;
import org.payhub.visit.VisitStatus;

/** Which of the words for a visit's state is shown; the same in the list and on the page. */
final class VisitWords {

    private VisitWords() {}

    static String state(VisitRow visit) {
        return state(visit.status(), visit.paymentStatus(), visit.price());
    }

    static String state(VisitDetail visit) {
        return state(visit.status(), visit.paymentStatus(), visit.price());
    }

    private static String state(VisitStatus status, VisitPaymentStatus payment, Money price) {
        if (status == VisitStatus.CANCELLED && payment == VisitPaymentStatus.NONE) {
            return "cancelled";
        }
        if (payment == VisitPaymentStatus.NONE && price.isZero()) {
            return "free";
        }
        return payment.name().toLowerCase(Locale.ROOT);
    }
}
