package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.payhub.merchant.Merchants;
import org.payhub.platform.HubException;
import org.payhub.report.ReportFacts;
import org.payhub.report.ReportKind;
import org.payhub.report.ReportQuery;
import org.payhub.report.Reports;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * Files for accountants. They stream without a cap; trailers carry the number of rows and the
 * SHA-256 of what was sent, so that a cut file shows.
 */
@RequestScoped
@Path("reports")
public class ReportsResource {

    // In lower case: HTTP/2 knows no other, and the server passes trailers on as they are.
    private static final String ROWS = "x-payhub-rows";
    private static final String SHA256 = "x-payhub-sha256";

    @Inject Reports reports;
    @Inject Merchants merchants;
    @Inject ApiCaller caller;

    @Context HttpServletResponse servletResponse;

    /** For the container. */
    public ReportsResource() {}

    /** One report of a period; from is inclusive, to is exclusive. */
    @GET
    @Path("{kind}")
    public Response report(@PathParam("kind") String code, @Context UriInfo uri) {
        Query query = new Query(uri);
        Scope scope = caller.scope();
        scope.require(Right.EXPORT);
        ReportKind kind = ReportKind.find(code).orElseThrow(() -> HubException.notFound("report"));
        String format = query.text("format").orElse("csv").toLowerCase(Locale.ROOT);
        if (!format.equals("csv")) {
            throw HubException.ofField(
                    "format", "report.format_unknown", "This report is made as csv.");
        }
        ZoneId zone =
                query.zone("timeZone")
                        .orElseGet(() -> merchants.defaultLocation(scope.merchant()).zone());
        Instant from = query.moment("from", zone).orElseThrow(() -> missing("from"));
        Instant to = query.moment("to", zone).orElseThrow(() -> missing("to"));
        ReportQuery wanted = new ReportQuery(scope, kind, from, to, java.util.Optional.of(zone));
        return file(wanted, name(scope, kind, from, to, zone));
    }

    private static HubException missing(String name) {
        return HubException.ofField(
                name, "request.field_missing", name + " is needed: a day or a time.");
    }

    private Response file(ReportQuery query, String name) {
        AtomicReference<ReportFacts> facts = new AtomicReference<>(new ReportFacts(-1, ""));
        servletResponse.setHeader("Trailer", ROWS + ", " + SHA256);
        servletResponse.setTrailerFields(
                () ->
                        Map.of(
                                ROWS, Long.toString(facts.get().rows()),
                                SHA256, facts.get().sha256()));
        StreamingOutput out = stream -> facts.set(reports.write(query, stream));
        return Response.ok(out)
                .type("text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    private String name(Scope scope, ReportKind kind, Instant from, Instant to, ZoneId zone) {
        LocalDate first = from.atZone(zone).toLocalDate();
        LocalDate last = to.minusNanos(1).atZone(zone).toLocalDate();
        return kind.code()
                + "_"
                + first
                + "_"
                + last
                + "_"
                + zone.getId().replace('/', '-')
                + (scope.livemode() ? "_live" : "_test")
                + ".csv";
    }
}
