package org.payhub.web.payment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.payhub.dispute.DisputeFilter;
import org.payhub.dispute.DisputeRow;
import org.payhub.dispute.DisputeStatus;
import org.payhub.dispute.Disputes;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Pager;

/** Contested payments, newest first, or only those that need an answer. */
@Named("disputesView")
@RequestScoped
public class DisputesView {

    @Inject Disputes disputes;
    @Inject Frame frame;

    private final Pager<DisputeRow> pager = new Pager<>("disputes");
    private String status;

    public void load() {
        DisputeFilter filter =
                new DisputeFilter(Optional.empty(), statuses(), Optional.empty(), Optional.empty());
        pager.with("status", status).read(request -> disputes.page(frame.scope(), filter, request));
    }

    private Set<DisputeStatus> statuses() {
        return Arrays.stream(DisputeStatus.values())
                .filter(s -> s.word().equals(status))
                .findFirst()
                .map(Set::of)
                .orElse(Set.of());
    }

    public Pager<DisputeRow> getPager() {
        return pager;
    }

    public String getStatus() {
        return status;
    }

    public void setStatus(String status) {
        this.status = status;
    }
}
