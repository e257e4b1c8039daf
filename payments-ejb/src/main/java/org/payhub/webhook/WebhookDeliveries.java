package org.payhub.webhook;

import jakarta.ejb.Stateless;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Scope;

/** The inbox for people. */
@Stateless
public class WebhookDeliveries {

    /** For the container. */
    public WebhookDeliveries() {}

    public Page<DeliveryRow> page(Scope scope, DeliveryFilter filter, PageRequest request) {
        throw new UnsupportedOperationException();
    }

    public InboxCounts counts(Scope scope) {
        throw new UnsupportedOperationException();
    }

    public DeliveryDetail get(Scope scope, DeliveryId id) {
        throw new UnsupportedOperationException();
    }

    public ReplayPreview preview(Scope scope, DeliveryId id) {
        throw new UnsupportedOperationException();
    }

    /** Runs it again; applying twice changes nothing. */
    public DeliveryRow replay(Scope scope, DeliveryId id) {
        throw new UnsupportedOperationException();
    }
}
