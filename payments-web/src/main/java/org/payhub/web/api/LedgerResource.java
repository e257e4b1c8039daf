package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneOffset;
import org.payhub.integration.IntegrationId;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerAccount;
import org.payhub.ledger.LedgerFilter;
import org.payhub.payment.PaymentId;

/** The books. */
@RequestScoped
@Path("ledger")
public class LedgerResource {

    @Inject Ledger ledger;
    @Inject ApiCaller caller;

    /** For the container. */
    public LedgerResource() {}

    /** Lines, newest first. */
    @GET
    @Path("entries")
    public Response entries(@Context UriInfo uri) {
        Query query = new Query(uri);
        return JsonOut.page(
                ledger.entries(caller.scope(), filter(query), query.page()), JsonOut::entry);
    }

    /** What each account holds of each asset. */
    @GET
    @Path("balances")
    public Response balances(@Context UriInfo uri) {
        return JsonOut.list(
                ledger.balances(caller.scope(), filter(new Query(uri))), JsonOut::balance);
    }

    private static LedgerFilter filter(Query query) {
        return new LedgerFilter(
                query.words("account", LedgerAccount.values(), LedgerAccount::word).stream()
                        .findFirst(),
                query.text("integration").map(IntegrationId::parse),
                query.text("payment").map(p -> PaymentId.parse(p).value()),
                query.moment("from", ZoneOffset.UTC),
                query.moment("to", ZoneOffset.UTC));
    }
}
