package org.payhub.web.payment;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.report.ReportFacts;
import org.payhub.report.ReportKind;
import org.payhub.report.ReportQuery;
import org.payhub.report.Reports;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.DayRange;
import org.payhub.web.shared.Frame;

/**
 * The button "Download": streams a file for the days that were chosen, both included, in the
 * location's zone. A file that could not be written to its end is cut off in a way that browsers
 * show as failed; rows and SHA-256 follow as trailers.
 */
@WebServlet("/admin/download/*")
public class DownloadServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(DownloadServlet.class.getName());

    /** Without a first day: everything there is. */
    private static final LocalDate BEFORE_EVERYTHING = LocalDate.of(2000, 1, 1);

    @Inject transient Frame frame;
    @Inject transient Reports reports;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<ReportKind> kind = kind(request);
        if (kind.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        try {
            write(request, response, kind.get());
        } catch (HubException refusal) {
            if (response.isCommitted()) {
                throw refusal;
            }
            response.reset();
            if (refusal.problem() == Problem.INVALID) {
                response.sendRedirect(request.getContextPath() + "/admin/exports?error=days");
            } else {
                response.sendError(refusal.problem().status());
            }
        }
    }

    private static Optional<ReportKind> kind(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null ? Optional.empty() : ReportKind.find(path.substring(1));
    }

    private void write(HttpServletRequest request, HttpServletResponse response, ReportKind kind)
            throws IOException {
        frame.scope().require(Right.EXPORT);
        ZoneId zone = frame.getZone();
        String first = request.getParameter("from");
        String last = request.getParameter("to");
        LocalDate from = day(first).orElse(BEFORE_EVERYTHING);
        LocalDate to = day(last).orElse(LocalDate.ofInstant(frame.now(), zone));
        Instant begin = from.atStartOfDay(zone).toInstant();
        Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
        ReportQuery query = new ReportQuery(frame.scope(), kind, begin, end, Optional.of(zone));

        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"payhub-"
                        + kind.code()
                        + "-"
                        + name(first, from, to)
                        + ".csv\"");
        AtomicReference<ReportFacts> written = new AtomicReference<>();
        response.setTrailerFields(() -> trailers(written.get()));
        ReportFacts facts = reports.write(query, response.getOutputStream());
        written.set(facts);
        LOG.log(Level.INFO, "report downloaded kind=" + kind.code() + " rows=" + facts.rows());
    }

    private static Map<String, String> trailers(ReportFacts facts) {
        return facts == null
                ? Map.of()
                : Map.of(
                        "Payhub-Rows",
                        Long.toString(facts.rows()),
                        "Payhub-SHA-256",
                        facts.sha256());
    }

    private static Optional<LocalDate> day(String typed) {
        Optional<LocalDate> day = DayRange.day(typed);
        if (day.isEmpty() && typed != null && !typed.isBlank()) {
            throw HubException.ofField("from", "report.day_invalid", "A day reads 2026-11-20.");
        }
        return day;
    }

    private static String name(String first, LocalDate from, LocalDate to) {
        return (first == null || first.isBlank() ? "" : from + "-to-") + to;
    }
}
