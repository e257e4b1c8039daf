package org.payhub.audit;

import jakarta.ejb.Stateless;
import java.io.OutputStream;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Scope;

/** The audit. */
@Stateless
public class AuditLog {

    /** For the container. */
    public AuditLog() {}

    public void record(
            Scope scope, String action, String objectType, String objectId, String detailsJson) {
        throw new UnsupportedOperationException();
    }

    public void recordFor(
            MerchantId merchant,
            Actor actor,
            String action,
            String objectType,
            String objectId,
            String detailsJson) {
        throw new UnsupportedOperationException();
    }

    public void recordInstallation(
            Actor actor, String action, String objectType, String objectId, String detailsJson) {
        throw new UnsupportedOperationException();
    }

    public Page<AuditRow> page(Scope scope, AuditFilter filter, PageRequest request) {
        throw new UnsupportedOperationException();
    }

    public void export(Scope scope, OutputStream out) {
        throw new UnsupportedOperationException();
    }
}
