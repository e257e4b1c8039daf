package org.payhub.web.integration;

import jakarta.enterprise.event.Event;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.payhub.integration.IntegrationDetail;
import org.payhub.integration.Integrations;
import org.payhub.integration.RotateCommand;
import org.payhub.integration.TypedCredentials;
import org.payhub.platform.HubException;
import org.payhub.provider.Providers;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;

/** Changes one key over to a new one: old and new are valid together for a while. */
@Named("rotateDialog")
@ViewScoped
public class RotateDialog implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Hours that old and new are valid together; zero for a leak. */
    private static final List<Integer> OVERLAPS = List.of(0, 1, 24, 72);

    @Inject IntegrationView page;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject ProviderWords words;
    @Inject Frame frame;
    @Inject Show show;
    @Inject Texts texts;
    @Inject FacesErrors errors;
    @Inject Event<IntegrationChanged> changed;

    private KeyField key;
    private int overlap = 24;
    private Trouble trouble;

    /** The button "Rotate" of a key. */
    public void open(String field) {
        String code = page.getDetail().row().provider();
        key =
                providers.get(code).profile().credentialFields().stream()
                        .filter(f -> f.key().equals(field))
                        .findFirst()
                        .map(f -> new KeyField(f, words.label(code, f), words.hint(code, f)))
                        .orElse(null);
        overlap = 24;
        trouble = null;
    }

    public void rotate() {
        trouble = null;
        if (!key.isFilled()) {
            key.say("danger", texts.of("connect.keys.needed"));
            FacesContext.getCurrentInstance().validationFailed();
            return;
        }
        try {
            IntegrationDetail rotated =
                    integrations.rotate(
                            frame.scope(),
                            page.getDetail().row().id(),
                            new RotateCommand(
                                    new TypedCredentials(Map.of(key.getKey(), key.getValue())),
                                    Duration.ofHours(overlap)));
            key.forget();
            changed.fire(new IntegrationChanged(rotated));
            errors.done(
                    texts.of("rotate.done"),
                    overlap == 0
                            ? texts.of("rotate.done.now")
                            : texts.of(
                                    "rotate.done.until", show.time(getCutOver(), frame.getZone())));
        } catch (HubException refusal) {
            Optional<String> field = refusal.field().filter(f -> f.endsWith(key.getKey()));
            if (field.isPresent()) {
                key.say("danger", errors.sentence(refusal));
            } else {
                trouble = Trouble.of(refusal, page.getDetail().row().providerName(), texts, errors);
            }
            FacesContext.getCurrentInstance().validationFailed();
        }
    }

    /** When the old value ends, if the change is made now. */
    public Instant getCutOver() {
        return show.now().plus(Duration.ofHours(overlap));
    }

    public List<Integer> getOverlaps() {
        return OVERLAPS;
    }

    public String word(Integer hours) {
        return hours == 0 ? texts.of("rotate.now") : texts.count("age.hours", hours);
    }

    public KeyField getKey() {
        return key;
    }

    public Trouble getTrouble() {
        return trouble;
    }

    public int getOverlap() {
        return overlap;
    }

    public void setOverlap(int overlap) {
        this.overlap = overlap;
    }
}
