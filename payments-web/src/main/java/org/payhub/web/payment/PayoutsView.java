package org.payhub.web.payment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.payhub.payout.PayoutRow;
import org.payhub.payout.Payouts;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Pager;

/** What providers send to the bank, newest first. */
@Named("payoutsView")
@RequestScoped
public class PayoutsView {

    @Inject Payouts payouts;
    @Inject Frame frame;

    private final Pager<PayoutRow> pager = new Pager<>("payouts");

    public void load() {
        pager.read(request -> payouts.page(frame.scope(), request));
    }

    public Pager<PayoutRow> getPager() {
        return pager;
    }
}
