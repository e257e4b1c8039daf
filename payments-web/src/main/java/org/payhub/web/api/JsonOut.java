package org.payhub.web.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.payhub.client.ClientRow;
import org.payhub.dispute.DisputeRow;
import org.payhub.finance.Change;
import org.payhub.integration.ChecklistItem;
import org.payhub.integration.IntegrationDetail;
import org.payhub.integration.IntegrationRow;
import org.payhub.ledger.Balance;
import org.payhub.ledger.LedgerRow;
import org.payhub.link.LinkRow;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.QuoteRow;
import org.payhub.payout.PayoutRow;
import org.payhub.platform.Page;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.rate.RateRow;
import org.payhub.reconciliation.ComparedDayRow;
import org.payhub.reconciliation.DifferenceRow;
import org.payhub.refund.RefundRow;
import org.payhub.timeline.TimelineRow;
import org.payhub.transaction.TransactionRow;
import org.payhub.unmatched.UnmatchedRow;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitLineRow;
import org.payhub.visit.VisitRow;
import org.payhub.webhook.DeliveryDetail;
import org.payhub.webhook.DeliveryRow;
import org.payhub.withdrawal.WithdrawalRow;

/** Spells everything that the interface answers. These names do not change. */
final class JsonOut {

    static final String TYPE = "application/json;charset=UTF-8";

    private JsonOut() {}

    static Response answer(int status, JsonValue body) {
        return Response.status(status).type(TYPE).entity(body.toString()).build();
    }

    static Response ok(JsonValue body) {
        return answer(200, body);
    }

    static <T> Response page(Page<T> page, Function<T, JsonObject> each) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("items", array(page.items(), each));
        page.nextCursor()
                .ifPresentOrElse(c -> body.add("nextCursor", c), () -> body.addNull("nextCursor"));
        return ok(body.build());
    }

    /** A list that is whole. */
    static <T> Response list(Collection<T> items, Function<T, JsonObject> each) {
        return ok(
                Json.createObjectBuilder()
                        .add("items", array(items, each))
                        .addNull("nextCursor")
                        .build());
    }

    private static <T> JsonArray array(Collection<T> items, Function<T, ? extends JsonValue> each) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        items.forEach(item -> array.add(each.apply(item)));
        return array.build();
    }

    private static JsonArray texts(Collection<String> texts) {
        return array(texts, Json::createValue);
    }

    static JsonObject money(Money money) {
        return Json.createObjectBuilder()
                .add("amount", money.toDecimal())
                .add("currency", money.asset().code())
                .build();
    }

    private static void money(JsonObjectBuilder out, String name, Optional<Money> money) {
        money.ifPresentOrElse(m -> out.add(name, money(m)), () -> out.addNull(name));
    }

    private static void text(JsonObjectBuilder out, String name, Optional<String> text) {
        text.ifPresentOrElse(t -> out.add(name, t), () -> out.addNull(name));
    }

    private static void time(JsonObjectBuilder out, String name, Optional<Instant> at) {
        text(out, name, at.map(Instant::toString));
    }

    private static <T> void id(JsonObjectBuilder out, String name, Optional<T> id) {
        text(out, name, id.map(Object::toString));
    }

    static JsonObject provider(ProviderProfile profile, List<String> abilities) {
        JsonObjectBuilder out = Json.createObjectBuilder();
        text(out, "notice", profile.notice());
        return out.add("code", profile.code())
                .add("name", profile.name())
                .add("summary", profile.summary())
                .add("credentialFields", array(profile.credentialFields(), JsonOut::field))
                .add(
                        "currencies",
                        texts(profile.assets().stream().map(Asset::code).sorted().toList()))
                .add("methods", texts(profile.methods()))
                .add("countries", texts(profile.countries()))
                .add("abilities", texts(abilities))
                .build();
    }

    private static JsonObject field(CredentialField field) {
        return Json.createObjectBuilder()
                .add("key", field.key())
                .add("kind", field.kind().name())
                .add("secret", field.secret())
                .add("required", field.required())
                .add("choices", texts(field.choices()))
                .add("example", field.example())
                .build();
    }

    static JsonObject integration(IntegrationRow row) {
        return integrationFields(row).build();
    }

    private static JsonObjectBuilder integrationFields(IntegrationRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("provider", row.provider())
                        .add("status", row.status().name())
                        .add("mode", row.livemode() ? "live" : "test")
                        .add("livemode", row.livemode())
                        .add("proofPassed", row.proofPassed())
                        .add("connectedAt", row.connectedAt().toString());
        text(out, "accountName", row.accountName());
        text(out, "need", row.need());
        time(out, "lastEventAt", row.lastEventAt());
        time(out, "disconnectedAt", row.disconnectedAt());
        return out;
    }

    static JsonObject integration(IntegrationDetail detail) {
        return integrationFields(detail.row())
                .add("webhookUrls", texts(addresses(detail)))
                .add("webhookUrl", detail.webhookUrls().keyed())
                .add("webhookRegisteredByUs", detail.registeredByUs())
                .add("requiredEvents", texts(detail.requiredEvents()))
                .add("usefulEvents", texts(detail.usefulEvents()))
                .add(
                        "locations",
                        texts(detail.locations().stream().map(Object::toString).sorted().toList()))
                .add("allMethods", detail.allMethods())
                .add("missingRights", texts(detail.missingRights()))
                .add("warnings", texts(detail.warnings()))
                .add("checklist", array(detail.checklist(), JsonOut::check))
                .add(
                        "credentials",
                        array(
                                detail.credentials(),
                                c -> {
                                    JsonObjectBuilder out =
                                            Json.createObjectBuilder()
                                                    .add("field", c.field())
                                                    .add("shown", c.shown())
                                                    .add("addedAt", c.addedAt().toString());
                                    time(out, "validUntil", c.validUntil());
                                    return out.build();
                                }))
                .build();
    }

    private static List<String> addresses(IntegrationDetail detail) {
        List<String> all = new ArrayList<>(detail.webhookUrls().byKind().values());
        all.add(detail.webhookUrls().keyed());
        all.add(detail.webhookUrls().bare());
        return all;
    }

    private static JsonObject check(ChecklistItem item) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("key", item.key())
                        .add("state", item.state().name().toLowerCase(java.util.Locale.ROOT))
                        .add("evidence", item.evidence());
        time(out, "at", item.at());
        return out.build();
    }

    static JsonObject visit(VisitRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("location", row.location().toString())
                        .add("startsAt", row.startsAt().toString())
                        .add("endsAt", row.endsAt().toString())
                        .add("status", row.status().word())
                        .add("clientName", row.clientName())
                        .add("price", money(row.price()))
                        .add("paid", money(row.paid()))
                        .add("refunded", money(row.refunded()))
                        .add("due", money(row.due()))
                        .add("paymentStatus", row.paymentStatus().word())
                        .add("livemode", row.livemode());
        text(out, "externalId", row.externalId());
        return out.build();
    }

    static JsonObject visit(
            VisitDetail visit,
            List<LinkRow> links,
            List<PaymentRow> payments,
            List<TimelineRow> timeline) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", visit.id().toString())
                        .add("location", visit.location().toString())
                        .add("client", client(visit.client()))
                        .add("services", array(visit.lines(), JsonOut::line))
                        .add("startsAt", visit.startsAt().toString())
                        .add("endsAt", visit.endsAt().toString())
                        .add("status", visit.status().word())
                        .add("price", money(visit.price()))
                        .add("paid", money(visit.paid()))
                        .add("captured", money(visit.captured()))
                        .add("refunded", money(visit.refunded()))
                        .add("due", money(visit.due()))
                        .add("paymentStatus", visit.paymentStatus().word())
                        .add("livemode", visit.livemode())
                        .add("createdAt", visit.createdAt().toString())
                        .add("paymentLinks", array(links, JsonOut::link))
                        .add("payments", array(payments, JsonOut::payment))
                        .add("timeline", array(timeline, JsonOut::timeline));
        text(out, "externalId", visit.externalId());
        text(out, "note", visit.note());
        time(out, "cancelledAt", visit.cancelledAt());
        return out.build();
    }

    private static JsonObject client(ClientRow client) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", client.id().toString())
                        .add("name", client.name());
        text(out, "externalId", client.externalId());
        text(out, "phone", client.phone());
        text(out, "email", client.email());
        text(out, "language", client.language());
        return out.build();
    }

    private static JsonObject line(VisitLineRow line) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("kind", line.kind().word())
                        .add("name", line.name())
                        .add("price", money(line.price()));
        text(out, "staff", line.staffName());
        return out.build();
    }

    private static JsonObject timeline(TimelineRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("at", row.at().toString())
                        .add("what", row.what().word())
                        .add("by", row.who())
                        .add("byProvider", row.byProvider())
                        .add("subject", row.subject())
                        .add("evidence", row.evidence());
        money(out, "amount", row.amount());
        return out.build();
    }

    static JsonObject link(LinkRow link) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", link.id().toString())
                        .add("visit", link.visit().toString())
                        .add("url", link.url())
                        .add("amount", money(link.amount()))
                        .add("status", link.status().word())
                        .add("livemode", link.livemode())
                        .add("providers", texts(link.providers()))
                        .add("createdAt", link.createdAt().toString())
                        .add("createdBy", link.createdBy())
                        .add("expiresAt", link.expiresAt().toString());
        time(out, "openedAt", link.openedAt());
        time(out, "paidAt", link.paidAt());
        return out.build();
    }

    static JsonObject payment(PaymentRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("integrationId", row.integration().toString())
                        .add("provider", row.provider())
                        .add("purpose", row.purpose().name().toLowerCase(java.util.Locale.ROOT))
                        .add("status", row.status().word())
                        .add("livemode", row.livemode())
                        .add("amount", money(row.expected()))
                        .add("asked", money(row.asked()))
                        .add("authorized", money(row.authorized()))
                        .add("captured", money(row.captured()))
                        .add("refunded", money(row.refunded()))
                        .add("refundPending", money(row.refundPending()))
                        .add("refundable", money(row.refundable()))
                        .add("suspense", money(row.suspense()))
                        .add("disputed", row.disputed())
                        .add("holdOnly", row.holdOnly())
                        .add("createdAt", row.createdAt().toString());
        id(out, "visit", row.visit());
        id(out, "paymentLink", row.link());
        text(out, "reviewReason", row.reviewReason());
        row.quote().ifPresent(quote -> out.add("quote", quote(quote)));
        money(out, "received", row.received());
        text(out, "invoiceOutcome", row.invoiceOutcome());
        money(out, "fee", row.fee());
        text(
                out,
                "feeState",
                Optional.of(row.fee().isPresent() ? "known" : "fee_pending")
                        .filter(f -> row.captured().isPositive()));
        time(out, "holdUntil", row.holdUntil());
        text(out, "method", row.method());
        text(out, "cardBrand", row.cardBrand());
        text(out, "cardLast4", row.cardLast4());
        text(out, "declineCode", row.declineCode());
        text(out, "declineMessage", row.declineMessage());
        text(out, "unknown", row.unknownWhat());
        text(out, "providerPaymentId", row.providerKey());
        time(out, "paidAt", row.paidAt());
        return out.build();
    }

    private static JsonObject quote(QuoteRow quote) {
        return Json.createObjectBuilder()
                .add("rate", quote.rate())
                .add("source", quote.source())
                .add("lockedAt", quote.lockedAt().toString())
                .add("validUntil", quote.validUntil().toString())
                .build();
    }

    static JsonObject rate(RateRow row) {
        return Json.createObjectBuilder()
                .add("id", row.id().toString())
                .add("from", row.from().code())
                .add("to", row.to().code())
                .add("rate", row.rate().toString())
                .add("source", row.source())
                .add("validUntil", row.validUntil().toString())
                .add("valid", row.valid())
                .add("enteredBy", row.enteredBy())
                .add("enteredAt", row.enteredAt().toString())
                .build();
    }

    static JsonObject withdrawal(WithdrawalRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("integrationId", row.integration().toString())
                        .add("livemode", row.livemode())
                        .add("amount", money(row.amount()))
                        .add("address", row.address())
                        .add("reason", row.reason())
                        .add("status", row.status().word())
                        .add("requestedBy", row.requestedBy())
                        .add("createdAt", row.createdAt().toString());
        id(out, "payment", row.payment());
        money(out, "arrived", row.arrived());
        text(out, "addressTag", row.addressTag());
        text(out, "approvedBy", row.approvedBy());
        text(out, "providerWithdrawalId", row.withdrawalKey());
        text(out, "networkTransactionId", row.networkKey());
        text(out, "failureReason", row.failureReason());
        time(out, "approvedAt", row.approvedAt());
        time(out, "sentAt", row.sentAt());
        time(out, "settledAt", row.settledAt());
        return out.build();
    }

    static JsonObject refund(RefundRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("payment", row.payment().toString())
                        .add("integrationId", row.integration().toString())
                        .add("amount", money(row.amount()))
                        .add("status", row.status().word())
                        .add("needsApproval", row.awaitsApproval())
                        .add("livemode", row.livemode())
                        .add("reason", row.reason())
                        .add("madeAtProvider", row.madeAtProvider())
                        .add("requestedBy", row.requestedBy())
                        .add("createdAt", row.createdAt().toString());
        text(out, "note", row.note());
        text(out, "providerRefundId", row.providerKey());
        text(out, "failureReason", row.failureReason());
        text(out, "approvedBy", row.approvedBy());
        time(out, "settledAt", row.settledAt());
        return out.build();
    }

    static JsonObject transaction(TransactionRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("integrationId", row.integration().toString())
                        .add("livemode", row.livemode())
                        .add("kind", row.kind().word())
                        .add("key", row.key())
                        .add("amount", money(row.amount()))
                        .add("occurredAt", row.occurredAt().toString())
                        .add("recordedAt", row.recordedAt().toString());
        id(out, "payment", row.payment());
        money(out, "fee", row.fee());
        text(out, "exchangeRate", row.exchangeRate());
        time(out, "availableAt", row.availableAt());
        text(out, "source", row.source());
        return out.build();
    }

    static JsonObject entry(LedgerRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("posting", row.posting().toString())
                        .add("line", row.lineNo())
                        .add("integrationId", row.integration().toString())
                        .add("livemode", row.livemode())
                        .add("account", row.account().word())
                        .add("amount", money(row.amount()))
                        .add("fact", row.fact())
                        .add("factKey", row.factKey())
                        .add("occurredAt", row.occurredAt().toString())
                        .add("recordedAt", row.recordedAt().toString())
                        .add("bookingDate", row.bookingDate().toString())
                        .add("bookingZone", row.bookingZone());
        text(out, "payment", row.payment().map(p -> new PaymentId(p).toString()));
        return out.build();
    }

    static JsonObject balance(Balance balance) {
        return Json.createObjectBuilder()
                .add("account", balance.account().word())
                .add("amount", money(balance.amount()))
                .build();
    }

    static JsonObject dispute(DisputeRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("payment", row.payment().toString())
                        .add("integrationId", row.integration().toString())
                        .add("livemode", row.livemode())
                        .add("providerDisputeId", row.key())
                        .add("status", row.status().word())
                        .add("amount", money(row.amount()))
                        .add("reason", row.reason())
                        .add("openedAt", row.openedAt().toString());
        time(out, "answerBy", row.answerBy());
        time(out, "closedAt", row.closedAt());
        return out.build();
    }

    static JsonObject comparedDay(ComparedDayRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("integrationId", row.integration().toString())
                        .add("livemode", row.livemode())
                        .add("day", row.day().toString())
                        .add("timeZone", row.zone().getId())
                        .add("status", row.status().word())
                        .add("listed", row.listed())
                        .add("matched", row.matched())
                        .add("fetched", row.fetched())
                        .add("different", row.differences())
                        .add("notOurs", row.notOurs())
                        .add("begunAt", row.begunAt().toString());
        text(out, "problem", row.problem());
        time(out, "endedAt", row.endedAt());
        return out.build();
    }

    static JsonObject difference(DifferenceRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("kind", row.kind().word())
                        .add("thing", row.thing().name().toLowerCase(Locale.ROOT))
                        .add("providerKey", row.key())
                        .add("occurredAt", row.occurredAt().toString());
        id(out, "paymentId", row.payment());
        money(out, "ours", row.ours());
        money(out, "theirs", row.theirs());
        return out.build();
    }

    static JsonObject payout(PayoutRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("integrationId", row.integration().toString())
                        .add("livemode", row.livemode())
                        .add("providerPayoutId", row.key())
                        .add("status", row.status().word())
                        .add("amount", money(row.amount()))
                        .add("automatic", row.automatic())
                        .add("reconciled", row.reconciled())
                        .add("createdAt", row.createdAt().toString());
        text(out, "arrivalDate", row.arrivalDate().map(Object::toString));
        text(out, "traceId", row.traceId());
        text(out, "failureReason", row.failureReason());
        return out.build();
    }

    static JsonObject unmatched(UnmatchedRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("integrationId", row.integration().toString())
                        .add("livemode", row.livemode())
                        .add("reason", row.reason())
                        .add("transactionKey", row.transactionKey())
                        .add("amount", money(row.amount()))
                        .add("status", row.status().word())
                        .add("occurredAt", row.occurredAt().toString())
                        .add("createdAt", row.createdAt().toString());
        text(
                out,
                "payment",
                Optional.ofNullable(row.payment()).map(p -> new PaymentId(p).toString()));
        id(out, "attachedTo", row.attachedTo());
        text(out, "resolvedBy", row.resolvedBy());
        text(out, "resolutionNote", row.resolutionNote());
        time(out, "resolvedAt", row.resolvedAt());
        return out.build();
    }

    static JsonObject delivery(DeliveryRow row) {
        return deliveryFields(row).build();
    }

    private static JsonObjectBuilder deliveryFields(DeliveryRow row) {
        JsonObjectBuilder out =
                Json.createObjectBuilder()
                        .add("id", row.id().toString())
                        .add("integrationId", row.integration().toString())
                        .add("provider", row.provider())
                        .add("livemode", row.livemode())
                        .add("eventId", row.eventKey())
                        .add("type", row.eventType())
                        .add("status", row.status().word())
                        .add("attempts", row.attempts())
                        .add("receivedAt", row.receivedAt().toString());
        text(out, "object", row.objectKey());
        text(out, "reason", row.reason());
        time(out, "nextAttemptAt", row.nextAttemptAt());
        id(out, "payment", row.payment());
        time(out, "appliedAt", row.appliedAt());
        return out;
    }

    static JsonObject delivery(DeliveryDetail detail) {
        JsonObjectBuilder out =
                deliveryFields(detail.row())
                        .add("bodyHash", detail.bodyHash())
                        .add("bodySize", detail.bodySize())
                        .add(
                                "headers",
                                array(
                                        detail.headers(),
                                        h ->
                                                Json.createObjectBuilder()
                                                        .add("name", h.name())
                                                        .add("value", h.value())
                                                        .build()))
                        .add("says", texts(detail.says()))
                        .add("changes", array(detail.changes(), JsonOut::change));
        text(out, "body", detail.body());
        return out.build();
    }

    private static JsonObject change(Change change) {
        return Json.createObjectBuilder()
                .add("subject", change.subject())
                .add("id", change.id())
                .add("what", change.what())
                .add("before", change.before())
                .add("after", change.after())
                .build();
    }
}
