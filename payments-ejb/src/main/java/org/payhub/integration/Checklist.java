package org.payhub.integration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.integration.ChecklistItem.State;
import org.payhub.provider.spi.ProofStep;

/**
 * What has to be right before an integration can be relied on, item by item, each with what we know
 * it by.
 *
 * @param wantsWebhookSecret whether this provider proves webhooks by a secret of their own
 * @param webhookSecrets how many of them are valid now
 * @param reminders what should be done soon about the keys' age
 */
record Checklist(
        String providerName,
        Integration integration,
        boolean wantsWebhookSecret,
        long webhookSecrets,
        List<String> reminders,
        ProofState proof) {

    private static final Set<String> CLOCK = Set.of("stale", "from_the_future");
    private static final int REFUSALS_WORTH_A_WORD = 3;

    List<ChecklistItem> items() {
        List<ChecklistItem> items = new ArrayList<>();
        items.add(credentials());
        items.add(rights());
        if (wantsWebhookSecret) {
            items.add(webhookSecret());
        }
        items.add(webhookSettings());
        items.add(firstEvent());
        if (integration.refusalsInARow() > 0
                && integration.lastRefusal().filter(CLOCK::contains).isPresent()) {
            items.add(clock());
        } else if (integration.refusalsInARow() >= REFUSALS_WORTH_A_WORD) {
            items.add(refusals());
        }
        integration
                .realMoneyAt()
                .ifPresent(
                        at ->
                                items.add(
                                        item(
                                                "real_money",
                                                State.PROBLEM,
                                                Integration.REAL_MONEY,
                                                Optional.of(at))));
        for (String reminder : reminders) {
            items.add(item("key_age", State.HINT, reminder, Optional.empty()));
        }
        for (String warning : integration.warnings()) {
            items.add(item("warning", State.HINT, warning, Optional.empty()));
        }
        items.add(proven());
        return items;
    }

    private ChecklistItem credentials() {
        if (integration.callFailing()) {
            return item(
                    "credentials",
                    State.PROBLEM,
                    integration.lastCallProblem().orElse(providerName + " did not answer."),
                    integration.lastCallFailedAt());
        }
        return item(
                "credentials",
                State.DONE,
                providerName
                        + " accepts the keys"
                        + integration.accountName().map(n -> ": account " + n).orElse("")
                        + ".",
                integration.lastCallOkAt());
    }

    private ChecklistItem rights() {
        List<String> missing = integration.missingRights();
        return missing.isEmpty()
                ? item(
                        "rights",
                        State.DONE,
                        "The key has every right that was tried.",
                        integration.lastCallOkAt())
                : item(
                        "rights",
                        State.PROBLEM,
                        "The key lacks: "
                                + String.join(", ", missing)
                                + ". Grant it in "
                                + providerName
                                + "'s cabinet, then press Verify.",
                        integration.lastCallOkAt());
    }

    private ChecklistItem webhookSecret() {
        if (webhookSecrets == 0) {
            return item(
                    "webhook_secret",
                    State.PROBLEM,
                    "There is no webhook secret yet. Set our address in "
                            + providerName
                            + "'s cabinet and enter the secret that it shows.",
                    Optional.empty());
        }
        return item(
                "webhook_secret",
                State.DONE,
                webhookSecrets == 1
                        ? "One webhook secret is stored."
                        : webhookSecrets + " webhook secrets are valid while one is replaced.",
                Optional.empty());
    }

    private ChecklistItem webhookSettings() {
        if (integration.webhookProblem().isPresent()) {
            return item(
                    "webhook_settings",
                    State.PROBLEM,
                    integration.webhookProblem().get(),
                    Optional.empty());
        }
        if (integration.webhookRegistration().isPresent()) {
            return item(
                    "webhook_settings",
                    State.DONE,
                    "We registered our address at " + providerName + ".",
                    Optional.empty());
        }
        return integration.firstEventAt().isPresent()
                ? item(
                        "webhook_settings",
                        State.DONE,
                        "Events arrive at our address.",
                        integration.lastEventAt())
                : item(
                        "webhook_settings",
                        State.WAITING,
                        "Set our address in "
                                + providerName
                                + "'s cabinet; nothing has arrived there yet.",
                        Optional.empty());
    }

    private ChecklistItem firstEvent() {
        return integration
                .firstEventAt()
                .map(
                        at ->
                                item(
                                        "first_event",
                                        State.DONE,
                                        "A genuine signed event arrived.",
                                        Optional.of(at)))
                .orElseGet(
                        () ->
                                item(
                                        "first_event",
                                        State.WAITING,
                                        "Waiting for the first signed event.",
                                        Optional.empty()));
    }

    private ChecklistItem clock() {
        return item(
                "clock",
                State.PROBLEM,
                "The last webhooks were refused because their signed time is outside the window:"
                        + " a clock is wrong, most likely this server's.",
                integration.lastRefusedAt());
    }

    private ChecklistItem refusals() {
        return item(
                "refusals",
                State.HINT,
                "The last "
                        + integration.refusalsInARow()
                        + " webhooks were refused ("
                        + integration.lastRefusal().orElse("")
                        + "). If they are genuine, the secret stored here is not the provider's.",
                integration.lastRefusedAt());
    }

    private ChecklistItem proven() {
        if (proof.passedAt().isPresent()) {
            return item(
                    "proof",
                    State.DONE,
                    proof.needs(ProofStep.PAYMENT)
                            ? proof.needs(ProofStep.REFUND)
                                    ? "A payment was made, told by a webhook and given back."
                                    : "A payment was made and told by a webhook."
                            : "A payment was ordered and told by a signed webhook.",
                    proof.passedAt());
        }
        return item(
                "proof",
                State.WAITING,
                proof.payment().isEmpty()
                        ? proof.needs(ProofStep.PAYMENT)
                                ? "Pay the smallest amount once."
                                : "Order the smallest payment once; nothing has to be paid."
                        : "The proof payment is under way.",
                Optional.empty());
    }

    private static ChecklistItem item(
            String key, State state, String evidence, Optional<Instant> at) {
        return new ChecklistItem(key, state, evidence, at);
    }
}
