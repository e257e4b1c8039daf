package org.payhub.web.integration;

import jakarta.enterprise.event.Event;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.payhub.integration.DisconnectPreview;
import org.payhub.integration.Integrations;
import org.payhub.platform.HubException;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;

/** Leaves a provider: first what is still open, then a word to type. */
@Named("disconnectDialog")
@ViewScoped
public class DisconnectDialog implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject IntegrationView page;
    @Inject Integrations integrations;
    @Inject ProviderWords words;
    @Inject Frame frame;
    @Inject Show show;
    @Inject Texts texts;
    @Inject FacesErrors errors;
    @Inject Event<IntegrationChanged> changed;

    private transient DisconnectPreview preview;
    private String confirmation = "";

    public void open() {
        confirmation = "";
        errors.tried(
                () ->
                        preview =
                                integrations.disconnectPreview(
                                        frame.scope(), page.getDetail().row().id()));
    }

    public void disconnect() {
        errors.tried(
                () -> {
                    if (!confirmation.strip().equalsIgnoreCase(getWord())) {
                        throw HubException.ofField(
                                "confirmation",
                                "integration.confirmation_wrong",
                                texts.of("disconnect.word.wrong", getWord()));
                    }
                    changed.fire(
                            new IntegrationChanged(
                                    integrations.disconnect(
                                            frame.scope(), page.getDetail().row().id())));
                    errors.done(
                            texts.of("disconnect.done", page.getDetail().row().providerName()),
                            (texts.of("disconnect.done.text") + " " + getByHand()).strip());
                });
    }

    /** What is still open, one sentence each. */
    public List<String> getOpen() {
        List<String> open = new ArrayList<>();
        if (preview == null) {
            return open;
        }
        add(open, "disconnect.links", preview.openLinks());
        add(open, "disconnect.checkouts", preview.openCheckouts());
        if (preview.holds() > 0) {
            open.add(
                    preview.lastHoldUntil()
                            .map(
                                    until ->
                                            texts.count(
                                                    "disconnect.holds.until",
                                                    preview.holds(),
                                                    show.time(until, frame.getZone())))
                            .orElse(texts.count("disconnect.holds", preview.holds())));
        }
        add(open, "disconnect.refunds", preview.pendingRefunds());
        add(open, "disconnect.disputes", preview.openDisputes());
        return open;
    }

    private void add(List<String> open, String key, long number) {
        if (number > 0) {
            open.add(texts.count(key, number));
        }
    }

    /** What the person has to switch off at the provider. */
    public String getByHand() {
        return words.undoneByHand(page.getDetail().row().provider());
    }

    public boolean isReady() {
        return preview != null;
    }

    /** The word to type. */
    public String getWord() {
        return texts.of("disconnect.word");
    }

    public String getConfirmation() {
        return confirmation;
    }

    public void setConfirmation(String confirmation) {
        this.confirmation = confirmation == null ? "" : confirmation;
    }
}
