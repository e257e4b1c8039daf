package org.payhub.web.webhook;

import jakarta.enterprise.event.Event;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.payhub.finance.Change;
import org.payhub.platform.HubConfig;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.PageAddress;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;
import org.payhub.webhook.DeliveryDetail;
import org.payhub.webhook.DeliveryId;
import org.payhub.webhook.DeliveryRow;
import org.payhub.webhook.DeliveryStatus;
import org.payhub.webhook.ReplayPreview;
import org.payhub.webhook.WebhookDeliveries;

/** One webhook: what it changed, what it held, and running it again. */
@Named("delivery")
@ViewScoped
public class DeliveryView implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject WebhookDeliveries deliveries;
    @Inject HubConfig config;
    @Inject Frame frame;
    @Inject Show show;
    @Inject Texts texts;
    @Inject FacesErrors errors;
    @Inject Event<Changed> changed;

    private String id = "";
    private transient DeliveryDetail detail;
    private transient ReplayPreview preview;

    /** A header line in pieces. */
    public record Header(String name, List<RedactedText.Piece> value) {}

    /** The page of one webhook; without one, or with another business', there is no such page. */
    public void load() {
        detail = deliveries.get(frame.scope(), DeliveryId.parse(id));
    }

    public DeliveryDetail getDetail() {
        if (detail == null && !id.isEmpty()) {
            detail = deliveries.get(frame.scope(), DeliveryId.parse(id));
        }
        return detail;
    }

    public List<Header> getHeaders() {
        return getDetail().headers().stream()
                .map(line -> new Header(line.name(), RedactedText.of(line.value())))
                .toList();
    }

    public List<RedactedText.Piece> getBody() {
        return getDetail().body().map(RedactedText::ofBody).orElse(List.of());
    }

    public String getCurl() {
        DeliveryRow row = getDetail().row();
        return CurlText.of(
                config.baseUrl() + "/payments/prepaid/" + row.provider(),
                getDetail().headers(),
                getDetail().body().orElse(""));
    }

    public String subject(Change change) {
        return texts.ofOr(change.subject(), "change." + change.subject());
    }

    public String what(Change change) {
        return texts.ofOr(change.what(), "change." + change.subject() + "." + change.what());
    }

    /** A state as people say it, anything else as it is. */
    public String value(Change change, String value) {
        return texts.ofOr(value, "state." + change.subject() + "." + value);
    }

    /** How long it took from arriving to being booked. */
    public String getTook() {
        DeliveryRow row = getDetail().row();
        return row.appliedAt()
                .map(at -> Duration.between(row.receivedAt(), at).toMillis())
                .map(millis -> texts.of("calls.millis", show.number(millis)))
                .orElse("–");
    }

    public boolean isApplied() {
        return getDetail().row().status() == DeliveryStatus.APPLIED;
    }

    /** Where a changed thing is shown; empty where it has no page. */
    public String page(Change change) {
        if (!frame.may(Right.SEE_MONEY)) {
            return "";
        }
        return switch (change.subject()) {
            case "payment" -> PageAddress.of("payments").with("selected", change.id()).toString();
            case "visit" -> PageAddress.of("visit").with("id", change.id()).toString();
            default -> "";
        };
    }

    /** Why it stands where it stands, when that needs words. */
    public boolean isExplained() {
        return !isApplied();
    }

    public boolean isMayReplay() {
        return frame.may(Right.REPLAY_WEBHOOKS);
    }

    /** The dialog says first what would happen. */
    public void look() {
        errors.tried(() -> preview = deliveries.preview(frame.scope(), DeliveryId.parse(id)));
    }

    public ReplayPreview getPreview() {
        return preview;
    }

    public void replay() {
        errors.tried(
                () -> {
                    DeliveryRow row = deliveries.replay(frame.scope(), DeliveryId.parse(id));
                    detail = null;
                    changed.fire(new Changed(row.id().toString()));
                    errors.done(
                            texts.of("inbox.replayed"),
                            texts.of("inbox.replayed." + row.status().word()));
                });
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id == null ? "" : id.strip();
    }
}
