package org.payhub.web.shared;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.EditableValueHolder;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.visit.VisitContext;
import jakarta.faces.component.visit.VisitResult;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.concurrent.atomic.AtomicReference;
import org.payhub.platform.HubException;

/**
 * The border where a refusal becomes words on a page: beside the input that it names (an input
 * whose id is the refusal's field), else as a message at the head of the page. A text {@code
 * error.<code>} says it in the reader's language; without one the refusal's own sentence stands.
 */
@Named("facesErrors")
@ApplicationScoped
public class FacesErrors {

    @Inject Texts texts;

    /** Work that may be refused. */
    @FunctionalInterface
    public interface Work {
        void run();
    }

    /** Runs the work and shows a refusal; answers whether it went through. */
    public boolean tried(Work work) {
        try {
            work.run();
            return true;
        } catch (HubException refusal) {
            show(refusal);
            return false;
        }
    }

    /** Shows a refusal where it belongs. */
    public void show(HubException refusal) {
        FacesContext faces = FacesContext.getCurrentInstance();
        String sentence = sentence(refusal);
        UIComponent input =
                refusal.field().map(field -> find(faces.getViewRoot(), field)).orElse(null);
        if (input instanceof EditableValueHolder holder) {
            holder.setValid(false);
            faces.addMessage(input.getClientId(faces), error(sentence, ""));
        } else {
            faces.addMessage(null, error(sentence, ""));
        }
        faces.validationFailed();
    }

    /** Says at the head of the page what could not be done, with what to do about it. */
    public void say(String title, String detail) {
        FacesContext.getCurrentInstance().addMessage(null, error(title, detail));
    }

    /** Says in the toast what was done. Survives one redirect. */
    public void done(String title, String detail) {
        FacesContext faces = FacesContext.getCurrentInstance();
        faces.getExternalContext().getFlash().setKeepMessages(true);
        faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_INFO, title, detail));
    }

    /** The refusal in the reader's language. */
    public String sentence(HubException refusal) {
        return texts.ofOr(refusal.getMessage(), "error." + refusal.code());
    }

    private static FacesMessage error(String title, String detail) {
        return new FacesMessage(FacesMessage.SEVERITY_ERROR, title, detail);
    }

    private static UIComponent find(UIComponent root, String field) {
        String last = field.substring(field.lastIndexOf('.') + 1);
        AtomicReference<UIComponent> found = new AtomicReference<>();
        root.visitTree(
                VisitContext.createVisitContext(FacesContext.getCurrentInstance()),
                (context, component) -> {
                    if (component instanceof EditableValueHolder
                            && last.equals(component.getId())) {
                        found.set(component);
                        return VisitResult.COMPLETE;
                    }
                    return VisitResult.ACCEPT;
                });
        return found.get();
    }
}
