package org.payhub.web.payment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.payhub.payout.PayoutRow;
import org.payhub.payout.Payouts;
import org.payhub.platform.Page;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Walk;

/** What providers send to the bank, newest first. */
@Named("payoutsView")
@RequestScoped
public class PayoutsView {

    private static final int ROWS = 50;

    @Inject Payouts payouts;
    @Inject Frame frame;

    private String after;
    private String back;
    private Walk walk;
    private List<PayoutRow> rows = List.of();

    public void load() {
        walk = new Walk("payouts", after, back);
        Page<PayoutRow> page = payouts.page(frame.scope(), walk.request(ROWS));
        walk.found(page.nextCursor());
        rows = page.items();
    }

    public Walk getWalk() {
        return walk;
    }

    public List<PayoutRow> getRows() {
        return rows;
    }

    public String getAfter() {
        return after;
    }

    public void setAfter(String after) {
        this.after = after;
    }

    public String getBack() {
        return back;
    }

    public void setBack(String back) {
        this.back = back;
    }
}
