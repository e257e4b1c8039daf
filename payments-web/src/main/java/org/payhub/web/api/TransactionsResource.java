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
import org.payhub.payment.PaymentId;
import org.payhub.transaction.ProviderTransactions;
import org.payhub.transaction.TransactionFilter;
import org.payhub.transaction.TransactionKind;

/** What the providers reported. */
@RequestScoped
@Path("transactions")
public class TransactionsResource {

    @Inject ProviderTransactions transactions;
    @Inject ApiCaller caller;

    /** For the container. */
    public TransactionsResource() {}

    /** Operations, newest first. */
    @GET
    public Response list(@Context UriInfo uri) {
        Query query = new Query(uri);
        TransactionFilter filter =
                new TransactionFilter(
                        query.text("payment").map(p -> PaymentId.parse(p).value()),
                        query.text("integration").map(IntegrationId::parse),
                        query
                                .words("kind", TransactionKind.values(), TransactionKind::word)
                                .stream()
                                .findFirst(),
                        query.moment("from", ZoneOffset.UTC),
                        query.moment("to", ZoneOffset.UTC));
        return JsonOut.page(
                transactions.page(caller.scope(), filter, query.page()), JsonOut::transaction);
    }
}
