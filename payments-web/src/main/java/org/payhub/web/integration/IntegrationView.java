package org.payhub.web.integration;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.payhub.integration.IntegrationDetail;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.IntegrationRow;
import org.payhub.integration.IntegrationStatus;
import org.payhub.integration.Integrations;
import org.payhub.integration.StoredCredential;
import org.payhub.merchant.LocationRow;
import org.payhub.platform.PageRequest;
import org.payhub.provider.http.ProviderCallFilter;
import org.payhub.provider.http.ProviderCallRow;
import org.payhub.provider.http.ProviderCalls;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.PageAddress;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;
import org.payhub.webhook.DeliveryFilter;
import org.payhub.webhook.DeliveryRow;
import org.payhub.webhook.WebhookDeliveries;

/** One integration: what is true of it, its keys, where it is used, and how to stop it. */
@Named("integration")
@ViewScoped
public class IntegrationView implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int LATEST = 8;

    @Inject Integrations integrations;
    @Inject ProviderCalls calls;
    @Inject WebhookDeliveries deliveries;
    @Inject ProviderWords words;
    @Inject HealthWords health;
    @Inject Frame frame;
    @Inject Show show;
    @Inject Texts texts;
    @Inject FacesErrors errors;

    private String id = "";
    private boolean everywhere;
    private boolean allMethods;
    private final Map<String, Boolean> chosen = new LinkedHashMap<>();
    private transient IntegrationDetail detail;

    /** A line of the card "Latest": a call of ours, or a webhook. */
    public record Latest(
            Instant at,
            boolean webhook,
            String name,
            String state,
            String took,
            String reference,
            String url)
            implements Serializable {}

    /** A stored key as the table shows it. */
    public record Key(String name, StoredCredential stored, String age, String left)
            implements Serializable {
        public boolean isEnding() {
            return stored.validUntil().isPresent();
        }
    }

    public void open() {
        take(integrations.get(frame.scope(), IntegrationId.parse(id)));
    }

    private void take(IntegrationDetail read) {
        detail = read;
        everywhere = read.locations().isEmpty();
        allMethods = read.allMethods();
        chosen.clear();
        read.locations().forEach(place -> chosen.put(place.toString(), true));
    }

    public void changed(@Observes(notifyObserver = Reception.IF_EXISTS) IntegrationChanged event) {
        if (detail != null && detail.row().id().equals(event.detail().row().id())) {
            take(event.detail());
        }
    }

    /** The addresses of each kind, where the provider wants one for each. */
    public List<HookAddress> getKindAddresses() {
        return getDetail().webhookUrls().byKind().isEmpty()
                ? List.of()
                : HookAddress.of(
                        getDetail().row().provider(), getDetail().webhookUrls(), words, texts);
    }

    public IntegrationDetail getDetail() {
        if (detail == null) {
            open();
        }
        return detail;
    }

    // ---- what is true -------------------------------------------------------------------------

    public Sentence getSentence() {
        return health.ofPage(getDetail(), Optional.of(getDay()), frame.getZone());
    }

    public CallsOfDay getDay() {
        return isMayLook()
                ? CallsOfDay.of(calls.lastDay(frame.scope(), getDetail().row().id().value()))
                : CallsOfDay.none();
    }

    public List<Key> getKeys() {
        return getDetail().credentials().stream()
                .map(
                        stored ->
                                new Key(
                                        words.label(getDetail().row().provider(), stored.field()),
                                        stored,
                                        health.age(stored.addedAt()),
                                        stored.validUntil().map(health::left).orElse("")))
                .toList();
    }

    public boolean isReplacing() {
        return getKeys().stream().anyMatch(Key::isEnding);
    }

    public List<Latest> getLatest() {
        if (!isMayLook()) {
            return List.of();
        }
        IntegrationId which = getDetail().row().id();
        PageRequest newest = PageRequest.first(LATEST);
        return Stream.concat(
                        calls
                                .page(frame.scope(), ProviderCallFilter.of(which.value()), newest)
                                .items()
                                .stream()
                                .map(this::latest),
                        deliveries
                                .page(frame.scope(), DeliveryFilter.ofIntegration(which), newest)
                                .items()
                                .stream()
                                .map(this::latest))
                .sorted(Comparator.comparing(Latest::at).reversed())
                .limit(LATEST)
                .toList();
    }

    private Latest latest(ProviderCallRow call) {
        return new Latest(
                call.calledAt(),
                false,
                call.operation(),
                call.result(),
                texts.of("calls.millis", call.durationMillis()),
                call.providerRequestId().orElse(""),
                PageAddress.of("provider-calls").with("integration", id).toString());
    }

    private Latest latest(DeliveryRow delivery) {
        return new Latest(
                delivery.receivedAt(),
                true,
                delivery.eventType(),
                delivery.status().word(),
                delivery.appliedAt()
                        .map(at -> Duration.between(delivery.receivedAt(), at).toMillis())
                        .map(millis -> texts.of("calls.millis", millis))
                        .orElse(""),
                delivery.id().toString(),
                PageAddress.of("webhook").with("id", delivery.id()).toString());
    }

    public long getTicked() {
        return getDetail().checklist().stream()
                .filter(item -> health.tick(item).equals("done"))
                .count();
    }

    public String getPlaces() {
        return getDetail().locations().isEmpty()
                ? texts.of("where.all")
                : frame.getLocations().stream()
                        .filter(place -> getDetail().locations().contains(place.id()))
                        .map(LocationRow::name)
                        .collect(Collectors.joining(", "));
    }

    public boolean isConnected() {
        return getDetail().row().status() != IntegrationStatus.NOT_CONNECTED;
    }

    public boolean isPaused() {
        return getDetail().row().status() == IntegrationStatus.PAUSED;
    }

    public boolean isMayManage() {
        return frame.may(Right.MANAGE_INTEGRATIONS) && isConnected();
    }

    public boolean isMayLook() {
        return frame.may(Right.SEE_WEBHOOKS);
    }

    public String getWizard() {
        return PageAddress.of("connect")
                .with("provider", getDetail().row().provider())
                .with("id", id)
                .with("step", ConnectStep.PROOF.word())
                .toString();
    }

    public String getEvents() {
        return String.join("\n", getDetail().requiredEvents());
    }

    // ---- what is done -------------------------------------------------------------------------

    public void pause() {
        doing("integration.paused", () -> integrations.pause(frame.scope(), which()));
    }

    public void resume() {
        doing("integration.resumed", () -> integrations.resume(frame.scope(), which()));
    }

    /** The one button for both. */
    public void toggle() {
        if (isPaused()) {
            resume();
        } else {
            pause();
        }
    }

    public void verify() {
        doing("integration.verified", () -> integrations.verify(frame.scope(), which()));
    }

    public void repair() {
        doing("integration.repaired", () -> integrations.repairWebhook(frame.scope(), which()));
    }

    /** Ends every old value at once: after a leak there is no time for an overlap. */
    public void revoke() {
        doing("integration.revoked", () -> integrations.revokeReplaced(frame.scope(), which()));
    }

    public void savePlaces() {
        Set<LocationId> places =
                everywhere
                        ? Set.of()
                        : chosen.entrySet().stream()
                                .filter(e -> Boolean.TRUE.equals(e.getValue()))
                                .map(e -> LocationId.parse(e.getKey()))
                                .collect(Collectors.toSet());
        if (!everywhere && places.isEmpty()) {
            errors.say(texts.of("connect.about.nowhere"), "");
            return;
        }
        doing("integration.saved", () -> integrations.useAt(frame.scope(), which(), places));
    }

    public void saveMethods() {
        doing(
                "integration.saved",
                () -> integrations.offerAllMethods(frame.scope(), which(), allMethods));
    }

    /** The merchant's integrations of the same mode, in the order of the pay page. */
    public List<IntegrationRow> getOrder() {
        return integrations.list(frame.scope()).stream()
                .filter(row -> row.livemode() == getDetail().row().livemode())
                .sorted(Comparator.comparingInt(IntegrationRow::position))
                .toList();
    }

    /** One place up on the pay page. */
    public void up(IntegrationId moved) {
        move(moved, -1);
    }

    /** One place down on the pay page. */
    public void down(IntegrationId moved) {
        move(moved, 1);
    }

    private void move(IntegrationId moved, int by) {
        List<IntegrationId> order =
                new ArrayList<>(getOrder().stream().map(IntegrationRow::id).toList());
        int at = order.indexOf(moved);
        int to = at + by;
        if (at >= 0 && to >= 0 && to < order.size()) {
            Collections.swap(order, at, to);
            errors.tried(
                    () -> {
                        integrations.order(frame.scope(), order);
                        errors.done(texts.of("integration.order.saved"), "");
                    });
        }
    }

    private IntegrationId which() {
        return getDetail().row().id();
    }

    private void doing(String said, Supplier<IntegrationDetail> work) {
        errors.tried(
                () -> {
                    take(work.get());
                    errors.done(texts.of(said, getDetail().row().providerName()), "");
                });
    }

    // ---- from the page ------------------------------------------------------------------------

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id == null ? "" : id.strip();
    }

    public boolean isEverywhere() {
        return everywhere;
    }

    public void setEverywhere(boolean everywhere) {
        this.everywhere = everywhere;
    }

    public boolean isAllMethods() {
        return allMethods;
    }

    public void setAllMethods(boolean allMethods) {
        this.allMethods = allMethods;
    }

    public Map<String, Boolean> getChosen() {
        return chosen;
    }
}
