package org.payhub.web.payment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.dispute.DisputeFilter;
import org.payhub.dispute.DisputeRow;
import org.payhub.dispute.DisputeStatus;
import org.payhub.dispute.Disputes;
import org.payhub.platform.Page;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Walk;

/** Contested payments, newest first, or only those that need an answer. */
@Named("disputesView")
@RequestScoped
public class DisputesView {

    private static final int ROWS = 50;

    @Inject Disputes disputes;
    @Inject Frame frame;

    private String status;
    private String after;
    private String back;
    private Walk walk;
    private List<DisputeRow> rows = List.of();

    public void load() {
        walk = new Walk("disputes", after, back).with("status", status);
        DisputeFilter filter =
                new DisputeFilter(Optional.empty(), statuses(), Optional.empty(), Optional.empty());
        Page<DisputeRow> page = disputes.page(frame.scope(), filter, walk.request(ROWS));
        walk.found(page.nextCursor());
        rows = page.items();
    }

    private Set<DisputeStatus> statuses() {
        return Arrays.stream(DisputeStatus.values())
                .filter(s -> s.word().equals(status))
                .findFirst()
                .map(Set::of)
                .orElse(Set.of());
    }

    public Walk getWalk() {
        return walk;
    }

    public List<DisputeRow> getRows() {
        return rows;
    }

    public String getStatus() {
        return status;
    }

    public void setStatus(String status) {
        this.status = status;
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
