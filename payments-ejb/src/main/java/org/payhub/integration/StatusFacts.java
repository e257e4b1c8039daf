package org.payhub.integration;

/**
 * Everything that an integration's status is made of. Refused webhooks are not among it: anybody
 * can send those.
 *
 * @param callFailing whether our last call, or look at the provider, failed
 * @param eventSeen whether a genuine signed event ever arrived
 * @param realMoneyCame whether real money came to it although it is for tests
 * @param webhookWrong whether the provider's webhook settings were seen to be wrong
 */
record StatusFacts(
        boolean disconnected,
        boolean paused,
        boolean callFailing,
        boolean eventSeen,
        boolean webhookWrong,
        boolean rightsMissing,
        boolean realMoneyCame,
        boolean livemode) {

    IntegrationStatus status() {
        if (disconnected) {
            return IntegrationStatus.NOT_CONNECTED;
        }
        if (paused) {
            return IntegrationStatus.PAUSED;
        }
        if (callFailing) {
            return IntegrationStatus.ERROR;
        }
        if (!eventSeen || webhookWrong || rightsMissing || realMoneyCame) {
            return IntegrationStatus.ACTION_NEEDED;
        }
        return livemode ? IntegrationStatus.LIVE : IntegrationStatus.TEST;
    }
}
