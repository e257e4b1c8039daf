package org.payhub.web.shared;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.ExceptionQueuedEventContext;
import jakarta.faces.event.PhaseId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/**
 * What no page answered itself: a refusal becomes the page of its kind, a view that is over leads
 * to the page that says so, and everything else is a defect with a reference.
 */
class HubExceptionHandler extends ExceptionHandlerWrapper {

    private static final System.Logger LOG = System.getLogger(HubExceptionHandler.class.getName());

    HubExceptionHandler(ExceptionHandler wrapped) {
        super(wrapped);
    }

    @Override
    public void handle() {
        FacesContext faces = FacesContext.getCurrentInstance();
        Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator();
        while (events.hasNext()) {
            ExceptionQueuedEventContext what = events.next().getContext();
            Throwable thrown = what.getException();
            HubException refusal = find(thrown, HubException.class);
            boolean expired = isExpired(what);
            boolean answered =
                    !faces.getExternalContext().isResponseCommitted()
                            && (refusal != null || expired);
            if (answered) {
                events.remove();
                if (refusal != null && !expired) {
                    note(faces, refusal);
                }
                answer(faces, expired ? null : refusal);
            } else if (isAskedByScript(faces)) {
                events.remove();
                defect(faces, thrown);
            }
        }
        getWrapped().handle();
    }

    /** A view that is over, or one that never was: the browser told a state that is not ours. */
    private static boolean isExpired(ExceptionQueuedEventContext what) {
        Throwable thrown = what.getException();
        if (find(thrown, ViewExpiredException.class) != null) {
            return true;
        }
        boolean untold =
                what.getPhaseId() == PhaseId.RESTORE_VIEW
                        && find(thrown, HubException.class) == null;
        if (untold) {
            LOG.log(Level.INFO, "a view could not be restored", thrown);
        }
        return untold;
    }

    private static boolean isAskedByScript(FacesContext faces) {
        return faces.getPartialViewContext().isAjaxRequest()
                && !faces.getExternalContext().isResponseCommitted();
    }

    /** The page asks for the page of defects; that names the request that broke, not its own. */
    private static void defect(FacesContext faces, Throwable cause) {
        HttpServletRequest request = (HttpServletRequest) faces.getExternalContext().getRequest();
        String incident = RequestInfo.requestId(request);
        LOG.log(
                Level.ERROR,
                "defect incident=" + incident + " path=" + RequestInfo.path(request),
                cause);
        try {
            faces.getExternalContext().responseReset();
            faces.getExternalContext()
                    .redirect(request.getContextPath() + "/stop?incident=" + incident);
            faces.responseComplete();
        } catch (IOException e) {
            throw new FacesException(e);
        }
    }

    private static void note(FacesContext faces, HubException refusal) {
        HttpServletRequest request = (HttpServletRequest) faces.getExternalContext().getRequest();
        CDI.current().select(Frame.class).get().note(refusal, request.getQueryString());
    }

    private static void answer(FacesContext faces, HubException refusal) {
        ExternalContext external = faces.getExternalContext();
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        try {
            external.responseReset();
            if (refusal == null) {
                external.redirect(request.getContextPath() + "/stop/expired");
            } else if (refusal.problem() == Problem.UNAUTHENTICATED) {
                external.redirect(request.getContextPath() + "/login");
            } else if (faces.getPartialViewContext().isAjaxRequest()) {
                external.redirect(request.getRequestURI());
            } else {
                request.setAttribute(StopServlet.REFUSAL, refusal);
                external.responseSendError(refusal.problem().status(), refusal.code());
            }
            faces.responseComplete();
        } catch (IOException e) {
            throw new FacesException(e);
        }
    }

    private static <T extends Throwable> T find(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
