package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.payhub.client.NewClient;
import org.payhub.link.CreateLink;
import org.payhub.link.PaymentLinks;
import org.payhub.money.Money;
import org.payhub.payment.Payments;
import org.payhub.platform.HubException;
import org.payhub.platform.Page;
import org.payhub.provider.Providers;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Scope;
import org.payhub.timeline.Timelines;
import org.payhub.visit.CreateVisit;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitFilter;
import org.payhub.visit.VisitId;
import org.payhub.visit.VisitLineKind;
import org.payhub.visit.VisitLineRow;
import org.payhub.visit.VisitPaymentStatus;
import org.payhub.visit.Visits;

/** Visits and the links by which they are paid. */
@RequestScoped
@Path("visits")
public class VisitsResource {

    @Inject Visits visits;
    @Inject PaymentLinks links;
    @Inject Payments payments;
    @Inject Timelines timelines;
    @Inject Providers providers;
    @Inject ApiCaller caller;

    /** For the container. */
    public VisitsResource() {}

    /** Books a visit. */
    @POST
    public Response create(String body) {
        JsonIn in = JsonIn.parse(body);
        Optional<Money> price = in.money("price");
        CreateVisit command =
                new CreateVisit(
                        in.text("externalId"),
                        in.text("location").map(LocationId::parse),
                        client(in),
                        lines(in.list("services"), price),
                        in.instant("startsAt")
                                .orElseThrow(
                                        () ->
                                                HubException.ofField(
                                                        "startsAt",
                                                        "visit.start_missing",
                                                        "Say when the visit begins.")),
                        in.instant("endsAt"),
                        price,
                        in.text("note"));
        Scope scope = caller.scope();
        return JsonOut.answer(201, whole(scope, visits.create(scope, command)));
    }

    private static NewClient client(JsonIn in) {
        JsonIn client =
                in.object("client")
                        .orElseThrow(
                                () ->
                                        HubException.ofField(
                                                "client",
                                                "client.name_missing",
                                                "Say who comes: client needs at least a name."));
        return new NewClient(
                client.text("externalId"),
                client.text("name").orElse(""),
                client.text("phone"),
                client.text("email"),
                client.text("language"));
    }

    /**
     * Lines may be plain names. What has no price of its own shares what the visit's price leaves
     * over, so that the lines always add up to it.
     */
    private static List<VisitLineRow> lines(List<JsonIn.Entry> entries, Optional<Money> price) {
        List<Optional<Money>> own =
                entries.stream().map(e -> e.object().flatMap(o -> o.money("price"))).toList();
        int open = (int) own.stream().filter(Optional::isEmpty).count();
        Iterator<Money> shares = shares(own, open, price).iterator();
        List<VisitLineRow> lines = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            JsonIn.Entry entry = entries.get(i);
            Money cost = own.get(i).isPresent() ? own.get(i).get() : shares.next();
            lines.add(line(entry, cost));
        }
        return lines;
    }

    private static List<Money> shares(List<Optional<Money>> own, int open, Optional<Money> price) {
        if (open == 0) {
            return List.of();
        }
        Money total =
                price.orElseThrow(
                        () ->
                                HubException.ofField(
                                        "price",
                                        "visit.price_missing",
                                        "Say what the visit costs, or give each service its"
                                                + " price."));
        Money told =
                own.stream()
                        .flatMap(Optional::stream)
                        .reduce(Money.ofMinor(BigInteger.ZERO, total.asset()), Money::plus);
        Money left = total.minus(told);
        if (left.isNegative()) {
            throw HubException.ofField(
                    "price",
                    "visit.price_differs_from_lines",
                    "The services cost " + told + ", more than the price.");
        }
        return left.split(open);
    }

    private static VisitLineRow line(JsonIn.Entry entry, Money cost) {
        if (entry.text().isPresent()) {
            return new VisitLineRow(
                    VisitLineKind.SERVICE, entry.text().get(), Optional.empty(), cost);
        }
        JsonIn object = entry.object().orElseThrow();
        VisitLineKind kind =
                object.text("kind")
                        .map(k -> k.toLowerCase(Locale.ROOT))
                        .map(VisitsResource::kind)
                        .orElse(VisitLineKind.SERVICE);
        return new VisitLineRow(kind, object.requiredText("name"), object.text("staff"), cost);
    }

    private static VisitLineKind kind(String word) {
        for (VisitLineKind kind : VisitLineKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw HubException.ofField(
                "services", "request.word_unknown", "kind is service or product.");
    }

    /** Visits by their start, latest first; {@code externalId} finds the one. */
    @GET
    public Response list(@Context UriInfo uri) {
        Query query = new Query(uri);
        Scope scope = caller.scope();
        Optional<String> externalId = query.text("externalId");
        if (externalId.isPresent()) {
            return JsonOut.page(
                    new Page<>(
                            visits.findByExternalId(scope, externalId.get()).stream().toList(),
                            Optional.empty()),
                    visit -> whole(scope, visit));
        }
        VisitFilter filter =
                new VisitFilter(
                        query.text("location").map(LocationId::parse),
                        query.moment("from", ZoneOffset.UTC),
                        query.moment("to", ZoneOffset.UTC),
                        query.words(
                                "paymentStatus",
                                VisitPaymentStatus.values(),
                                VisitPaymentStatus::word),
                        query.text("text"));
        return JsonOut.page(visits.page(scope, filter, query.page()), JsonOut::visit);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Scope scope = caller.scope();
        return JsonOut.ok(whole(scope, visits.get(scope, VisitId.parse(id))));
    }

    private jakarta.json.JsonObject whole(Scope scope, VisitDetail visit) {
        return JsonOut.visit(
                visit,
                links.ofVisit(scope, visit.id()),
                payments.ofVisit(scope, visit.id()),
                timelines.ofVisit(scope, visit.id()));
    }

    /** Cancels a visit; what was paid stays until it is refunded. */
    @POST
    @Path("{id}/cancel")
    public Response cancel(@PathParam("id") String id, String body) {
        Scope scope = caller.scope();
        JsonIn in = JsonIn.parse(body);
        return JsonOut.ok(
                whole(
                        scope,
                        visits.cancel(scope, VisitId.parse(id), in.text("reason").orElse(""))));
    }

    /** Makes a payment link; the visit's earlier one is replaced. */
    @POST
    @Path("{id}/payment-links")
    public Response link(@PathParam("id") String id, String body) {
        JsonIn in = JsonIn.parse(body);
        List<String> codes = in.texts("providers");
        codes.forEach(providers::get);
        CreateLink command = new CreateLink(in.money("amount"), in.instant("expiresAt"), codes);
        return JsonOut.answer(
                201, JsonOut.link(links.create(caller.scope(), VisitId.parse(id), command)));
    }
}
