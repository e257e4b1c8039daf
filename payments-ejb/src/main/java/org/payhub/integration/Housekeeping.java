package org.payhub.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Ends what is over: replaced secrets whose time ran out, and the credentials of integrations that
 * were left once nothing is open there any more. Seals anew what an older master key sealed.
 */
@ApplicationScoped
class Housekeeping {

    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

    @Inject IntegrationRecords records;
    @Inject IntegrationReading reading;
    @Inject IntegrationDirectory directory;
    @Inject WebhookSetup webhooks;

    /** For the container. */
    Housekeeping() {}

    void run() {
        records.removeEnded().forEach(directory::forget);
        for (IntegrationId id : reading.leftWithCredentials()) {
            closeIfNothingIsOpen(id);
        }
        int sealed = records.sealAnew();
        if (sealed > 0) {
            LOG.log(System.Logger.Level.INFO, "credentials sealed anew rows=" + sealed);
        }
    }

    /** The last step of leaving; until then refunds and webhooks go on. */
    void closeIfNothingIsOpen(IntegrationId id) {
        if (!reading.open(id).nothingOpen()) {
            return;
        }
        webhooks.unregister(id);
        records.eraseCredentials(id);
        directory.forget(id);
        LOG.log(System.Logger.Level.INFO, "credentials erased integration=" + id);
    }
}
