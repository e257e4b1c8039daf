package org.payhub.web.shared;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.EditableValueHolder;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIForm;
import jakarta.faces.component.visit.VisitContext;
import jakarta.faces.component.visit.VisitResult;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.payhub.platform.HubException;

/**
 * The border where a refusal becomes words on a page: beside the input that it names (an input
 * whose id is the refusal's field), else as a message at the head of the page. A text {@code
 * error.<code>} says it in the reader's language; without one the refusal's own sentence stands.
 */
@Named("facesErrors")
@ApplicationScoped
public class FacesErrors {

    private static final Pattern ROW = Pattern.compile("\\[(\\d+)]");

    @Inject Texts texts;
    @Inject Frame frame;

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
        HttpServletRequest request = (HttpServletRequest) faces.getExternalContext().getRequest();
        frame.note(refusal, request.getQueryString());
        String sentence = sentence(refusal);
        String input = refusal.field().map(field -> markInput(faces, field)).orElse(null);
        faces.addMessage(input, error(sentence, input == null ? "" : sentence));
        faces.validationFailed();
    }

    /** Says at the head of the page what could not be done, with what to do about it. */
    public void say(String title, String detail) {
        FacesContext.getCurrentInstance().addMessage(null, error(title, detail));
    }

    /** Says in the toast what was done. */
    public void done(String title, String detail) {
        FacesContext.getCurrentInstance()
                .addMessage(null, new FacesMessage(FacesMessage.SEVERITY_INFO, title, detail));
    }

    /** As {@link #done}, for the page that the answer redirects to. */
    public void doneThere(String title, String detail) {
        FacesContext.getCurrentInstance().getExternalContext().getFlash().setKeepMessages(true);
        done(title, detail);
    }

    /** The refusal in the reader's language. */
    public String sentence(HubException refusal) {
        return texts.ofOr(refusal.getMessage(), "error." + refusal.code());
    }

    private static FacesMessage error(String title, String detail) {
        return new FacesMessage(FacesMessage.SEVERITY_ERROR, title, detail);
    }

    /**
     * Marks the input of that name as wrong and answers its client id; null when the page has none.
     * {@code lines[2].price} is the input {@code price} in the third row of a repeated part.
     */
    private static String markInput(FacesContext faces, String field) {
        String sent = markInput(faces, field, FacesErrors::isSent);
        return sent == null ? markInput(faces, field, component -> true) : sent;
    }

    /** Several dialogs of a page may have a field of one name: the one that was sent is meant. */
    private static boolean isSent(UIComponent component) {
        for (UIComponent at = component; at != null; at = at.getParent()) {
            if (at instanceof UIForm form) {
                return form.isSubmitted();
            }
        }
        return false;
    }

    private static String markInput(
            FacesContext faces, String field, Predicate<UIComponent> isMeant) {
        String name = field.substring(field.lastIndexOf('.') + 1);
        Matcher row = ROW.matcher(field);
        String index = row.find() ? ":" + row.group(1) + ":" : ":";
        AtomicReference<String> found = new AtomicReference<>();
        faces.getViewRoot()
                .visitTree(
                        VisitContext.createVisitContext(faces),
                        (context, component) -> {
                            if (component instanceof EditableValueHolder
                                    && name.equals(component.getId())
                                    && isMeant.test(component)
                                    && component.getClientId(faces).contains(index)) {
                                ((EditableValueHolder) component).setValid(false);
                                found.set(component.getClientId(faces));
                                return VisitResult.COMPLETE;
                            }
                            return VisitResult.ACCEPT;
                        });
        return found.get();
    }
}
