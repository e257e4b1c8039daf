package org.payhub.provider.alppay;

import static org.payhub.provider.alppay.AlppayProtocol.AML_FAILED;
import static org.payhub.provider.alppay.AlppayProtocol.CANCELLED;
import static org.payhub.provider.alppay.AlppayProtocol.COMPLETED;
import static org.payhub.provider.alppay.AlppayProtocol.EXPIRED;
import static org.payhub.provider.alppay.AlppayProtocol.OPEN;
import static org.payhub.provider.alppay.AlppayProtocol.SHOWN;
import static org.payhub.provider.alppay.AlppayProtocol.SHOWN_DANGER;
import static org.payhub.provider.alppay.AlppayProtocol.SHOWN_OVERPAID;
import static org.payhub.provider.alppay.AlppayProtocol.SHOWN_UNDERPAID;

import org.payhub.provider.alppay.AlppayTolerance.Size;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;

/**
 * What an invoice's two statuses and its amounts say together. The first row that fits wins; the
 * status alone would hide that too much or too little came.
 */
final class AlppayStates {

    private AlppayStates() {}

    /**
     * The outcome.
     *
     * @param status the life cycle; empty where it is missing
     * @param shown what the cabinet shows; empty where an older shape lacks it
     * @param danger whether a transfer failed the check of its origin
     * @param size received against asked for
     */
    static InvoiceOutcome outcome(String status, String shown, boolean danger, Size size) {
        boolean under = size == Size.UNDER;
        boolean none = size == Size.NONE;
        boolean enough = size == Size.EXACT || size == Size.OVER;
        boolean underpaid = shown.equals(SHOWN_UNDERPAID);
        if (danger || shown.equals(SHOWN_DANGER) || status.equals(AML_FAILED)) {
            return InvoiceOutcome.ON_HOLD;
        }
        if (!SHOWN.contains(shown)) {
            return InvoiceOutcome.UNKNOWN;
        }
        switch (status) {
            case COMPLETED -> {
                if (size == Size.OVER || shown.equals(SHOWN_OVERPAID) && size == Size.EXACT) {
                    return InvoiceOutcome.OVERPAID;
                }
                if (size == Size.EXACT) {
                    return InvoiceOutcome.PAID;
                }
                if (!underpaid) {
                    return InvoiceOutcome.REVIEW;
                }
                return under ? InvoiceOutcome.UNDERPAID : InvoiceOutcome.UNKNOWN;
            }
            case EXPIRED, CANCELLED -> {
                if (status.equals(EXPIRED) && underpaid && size == Size.EXACT) {
                    return InvoiceOutcome.PAID;
                }
                if (under) {
                    return InvoiceOutcome.UNDERPAID;
                }
                if (enough) {
                    return InvoiceOutcome.LATE;
                }
                return status.equals(EXPIRED) ? InvoiceOutcome.EXPIRED : InvoiceOutcome.CANCELLED;
            }
            case OPEN -> {
                if (none) {
                    return InvoiceOutcome.PENDING;
                }
                return under ? InvoiceOutcome.PARTIALLY_PAID : InvoiceOutcome.CONFIRMING;
            }
            default -> {
                return InvoiceOutcome.UNKNOWN;
            }
        }
    }
}
