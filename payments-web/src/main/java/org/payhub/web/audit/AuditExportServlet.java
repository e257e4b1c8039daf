package org.payhub.web.audit;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.payhub.audit.AuditLog;
import org.payhub.platform.HubException;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;
import org.payhub.web.access.PageGuard;
import org.payhub.web.access.SignedInUser;

/** The merchant's whole audit chain as the file that {@code ./payhub verify-audit} checks. */
@WebServlet("/admin/audit-export")
public class AuditExportServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject AuditLog audit;
    @Inject SignedInUser signedIn;
    @Inject Clock clock;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Scope scope = signedIn.scope();
        try {
            scope.require(Right.SEE_AUDIT);
        } catch (HubException refusal) {
            request.setAttribute(PageGuard.MISSING_RIGHT, Right.SEE_AUDIT);
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        response.setContentType("application/x-ndjson;charset=UTF-8");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"audit-"
                        + scope.merchant()
                        + "-"
                        + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                        + ".jsonl\"");
        audit.export(scope, response.getOutputStream());
    }
}
