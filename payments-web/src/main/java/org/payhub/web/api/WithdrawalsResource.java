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
import org.payhub.integration.IntegrationId;
import org.payhub.payment.PaymentId;
import org.payhub.platform.HubException;
import org.payhub.withdrawal.AskWithdrawal;
import org.payhub.withdrawal.SendWithdrawal;
import org.payhub.withdrawal.WithdrawalFilter;
import org.payhub.withdrawal.WithdrawalId;
import org.payhub.withdrawal.WithdrawalStatus;
import org.payhub.withdrawal.Withdrawals;

/** Withdrawals: a key may ask for one; a person agrees on the pages, never a key. */
@RequestScoped
@Path("withdrawals")
public class WithdrawalsResource {

    @Inject Withdrawals withdrawals;
    @Inject SendWithdrawal sending;
    @Inject ApiCaller caller;

    /** For the container. */
    public WithdrawalsResource() {}

    /** Withdrawals, newest first. */
    @GET
    public Response list(@Context UriInfo uri) {
        Query query = new Query(uri);
        WithdrawalFilter filter =
                new WithdrawalFilter(
                        query.words("status", WithdrawalStatus.values(), WithdrawalStatus::word),
                        query.moment("from", ZoneOffset.UTC),
                        query.moment("to", ZoneOffset.UTC));
        return JsonOut.page(
                withdrawals.page(caller.scope(), filter, query.page()), JsonOut::withdrawal);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return JsonOut.ok(
                JsonOut.withdrawal(withdrawals.get(caller.scope(), WithdrawalId.parse(id))));
    }

    /** Asks for one; 202 because nothing is sent before a second person agrees. */
    @POST
    public Response request(@HeaderParam("Idempotency-Key") String idempotencyKey, String body) {
        JsonIn in = JsonIn.parse(body);
        AskWithdrawal command =
                new AskWithdrawal(
                        IntegrationId.parse(in.requiredText("integrationId")),
                        in.text("paymentId").map(PaymentId::parse),
                        in.money("amount")
                                .orElseThrow(
                                        () ->
                                                HubException.ofField(
                                                        "amount",
                                                        "request.field_missing",
                                                        "amount is needed.")),
                        in.requiredText("address"),
                        in.text("addressTag"),
                        in.requiredText("reason"),
                        Optional.ofNullable(idempotencyKey));
        return JsonOut.answer(202, JsonOut.withdrawal(sending.request(caller.scope(), command)));
    }

    /** Takes a request back that nobody agreed to yet. */
    @POST
    @Path("{id}/cancel")
    public Response cancel(@PathParam("id") String id) {
        return JsonOut.ok(
                JsonOut.withdrawal(sending.cancel(caller.scope(), WithdrawalId.parse(id))));
    }
}
