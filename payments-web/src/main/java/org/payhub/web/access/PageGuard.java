package org.payhub.web.access;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.payhub.tenancy.Right;

/**
 * Which right each page of the admin needs. It stands before every page, whatever the address
 * looked like, after the view is known and before anything of it runs; a page that is not in the
 * table is refused. The doors ask for their rights again.
 */
public class PageGuard implements PhaseListener {

    private static final long serialVersionUID = 1L;

    /** Where a refused request keeps the right that was missing. */
    public static final String MISSING_RIGHT = "payhub.missing.right";

    private static final String ADMIN = "/admin/";

    /** View ids without folder and ending; empty: everybody who is logged in. */
    private static final Map<String, Optional<Right>> RIGHTS = new TreeMap<>();

    static {
        everybody("home", "password");
        need(Right.SEE_MONEY, "find", "visits", "visit", "payments");
        need(Right.SEE_MONEY, "payouts", "unmatched");
        need(Right.MAKE_LINKS, "visit-new");
        need(Right.SEE_DISPUTES, "disputes");
        need(Right.SEE_WITHDRAWALS, "withdrawals");
        need(Right.EXPORT, "ledger", "exports", "reconciliation");
        need(Right.SEE_INTEGRATIONS, "integrations", "integration", "marketplace");
        need(Right.MANAGE_INTEGRATIONS, "connect");
        need(Right.SEE_WEBHOOKS, "webhooks", "webhook", "provider-calls");
        need(Right.SET_RATES, "rates");
        need(Right.MANAGE_FRONT_DESK, "people");
        need(Right.MANAGE_PEOPLE, "api-keys");
        need(Right.SEE_AUDIT, "audit");
    }

    private static void everybody(String... pages) {
        for (String page : pages) {
            RIGHTS.put(page, Optional.empty());
        }
    }

    private static void need(Right right, String... pages) {
        for (String page : pages) {
            RIGHTS.put(page, Optional.of(right));
        }
    }

    /** Whether the table knows the page; asked by the test that walks over all of them. */
    static boolean knows(String viewId) {
        return RIGHTS.containsKey(page(viewId));
    }

    private static String page(String viewId) {
        String name = viewId.startsWith(ADMIN) ? viewId.substring(ADMIN.length()) : viewId;
        return name.endsWith(".xhtml") ? name.substring(0, name.length() - 6) : name;
    }

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.RESTORE_VIEW;
    }

    @Override
    public void beforePhase(PhaseEvent event) {
        // The view is known only after this phase.
    }

    @Override
    public void afterPhase(PhaseEvent event) {
        FacesContext faces = event.getFacesContext();
        if (faces.getViewRoot() == null || faces.getResponseComplete()) {
            return;
        }
        String viewId = faces.getViewRoot().getViewId();
        if (viewId == null || !viewId.startsWith(ADMIN)) {
            // Outside the admin no page keeps state. Said here already: PrimeFaces would keep the
            // nonce of its policy with the view, and so make a session, before the page says it.
            faces.getViewRoot().setTransient(true);
            return;
        }
        SignedInUser user = CDI.current().select(SignedInUser.class).get();
        ExternalContext external = faces.getExternalContext();
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        try {
            if (request.getSession(false) == null || !user.isKnown()) {
                external.redirect(request.getContextPath() + "/login");
                faces.responseComplete();
                return;
            }
            Optional<Right> right = RIGHTS.get(page(viewId));
            if (right == null) {
                refuse(faces, request, null);
            } else if (right.isPresent() && !user.may(right.get())) {
                refuse(faces, request, right.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuse(FacesContext faces, HttpServletRequest request, Right missing)
            throws IOException {
        ExternalContext external = faces.getExternalContext();
        if (faces.getPartialViewContext().isAjaxRequest()) {
            // The same page asked for anew says why.
            external.redirect(request.getRequestURI());
        } else {
            request.setAttribute(MISSING_RIGHT, missing);
            external.responseSendError(403, "access.right_missing");
        }
        faces.responseComplete();
    }
}
