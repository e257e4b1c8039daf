package org.payhub.web.shared;

import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Iterator;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/**
 * What no page answered itself: a refusal becomes the page of its kind, a view that is over leads
 * to the page that says so, and everything else is a defect with a reference.
 */
class HubExceptionHandler extends ExceptionHandlerWrapper {

    HubExceptionHandler(ExceptionHandler wrapped) {
        super(wrapped);
    }

    @Override
    public void handle() {
        FacesContext faces = FacesContext.getCurrentInstance();
        Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator();
        while (events.hasNext()) {
            Throwable thrown = events.next().getContext().getException();
            HubException refusal = find(thrown, HubException.class);
            boolean expired = find(thrown, ViewExpiredException.class) != null;
            boolean answered =
                    !faces.getExternalContext().isResponseCommitted()
                            && (refusal != null || expired);
            if (answered) {
                events.remove();
                answer(faces, expired ? null : refusal);
            }
        }
        getWrapped().handle();
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
