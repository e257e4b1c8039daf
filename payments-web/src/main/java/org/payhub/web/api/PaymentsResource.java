package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneOffset;
import java.util.Optional;
import org.payhub.payment.PaymentFilter;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentStatus;
import org.payhub.payment.Payments;
import org.payhub.payment.SettleHold;
import org.payhub.refund.IssueRefund;
import org.payhub.refund.IssueRefundCommand;
import org.payhub.visit.VisitId;

/** Payments, and what is done with them. */
@RequestScoped
@Path("payments")
public class PaymentsResource {

    @Inject Payments payments;
    @Inject SettleHold holds;
    @Inject IssueRefund refunds;
    @Inject ApiCaller caller;

    /** For the container. */
    public PaymentsResource() {}

    /** Payments, newest first. */
    @GET
    public Response list(@Context UriInfo uri) {
        Query query = new Query(uri);
        PaymentFilter filter =
                new PaymentFilter(
                        query.text("visit").map(VisitId::parse),
                        query.text("provider"),
                        query.words("status", PaymentStatus.values(), PaymentStatus::word),
                        query.moment("from", ZoneOffset.UTC),
                        query.moment("to", ZoneOffset.UTC),
                        query.text("text"));
        return JsonOut.page(payments.page(caller.scope(), filter, query.page()), JsonOut::payment);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return JsonOut.ok(JsonOut.payment(payments.get(caller.scope(), PaymentId.parse(id))));
    }

    /** Asks the provider to return money; 202 because only the provider can say that it did. */
    @POST
    @Path("{id}/refunds")
    public Response refund(
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            String body) {
        JsonIn in = JsonIn.parse(body);
        IssueRefundCommand command =
                new IssueRefundCommand(
                        PaymentId.parse(id),
                        in.money("amount"),
                        in.requiredText("reason"),
                        in.text("note"),
                        Optional.ofNullable(idempotencyKey),
                        in.text("secondFactorCode"));
        return JsonOut.answer(202, JsonOut.refund(refunds.issue(caller.scope(), command)));
    }

    /** Takes a hold, or part of it. */
    @POST
    @Path("{id}/capture")
    public Response capture(@PathParam("id") String id, String body) {
        JsonIn in = JsonIn.parse(body);
        return JsonOut.ok(
                JsonOut.payment(
                        holds.capture(caller.scope(), PaymentId.parse(id), in.money("amount"))));
    }

    /** Gives a hold back. */
    @POST
    @Path("{id}/void")
    public Response voidHold(@PathParam("id") String id) {
        return JsonOut.ok(JsonOut.payment(holds.voidHold(caller.scope(), PaymentId.parse(id))));
    }
}
