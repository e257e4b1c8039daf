package org.payhub.web.integration;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.payhub.integration.ConnectDraftRow;
import org.payhub.integration.ConnectDrafts;
import org.payhub.integration.IntegrationDetail;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.Integrations;
import org.payhub.merchant.LocationRow;
import org.payhub.platform.HubException;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.ProofStep;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.PageAddress;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;

/**
 * The connect wizard: where it stands, its draft, and its first step. Each step is a page of its
 * own, so Back and a refresh lose nothing but secrets that are not sealed yet.
 */
@Named("connect")
@ViewScoped
public class ConnectView implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject ConnectDrafts drafts;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject ProviderWords words;
    @Inject ConnectKeys keysStep;
    @Inject Frame frame;
    @Inject Show show;
    @Inject Texts texts;
    @Inject FacesErrors errors;

    private String provider = "";
    private String stepWord = "";
    private String id = "";
    private boolean fresh;

    private ConnectStep step = ConnectStep.ABOUT;
    private WizardDraft draft = WizardDraft.empty();
    private IntegrationId integration;
    private transient IntegrationDetail detail;
    private Instant startedAt;
    private Instant savedAt;
    private boolean everywhere = true;
    private boolean noticeConfirmed;
    private final Map<String, Boolean> chosen = new LinkedHashMap<>();

    // ---- opening ------------------------------------------------------------------------------

    /** Reads the draft and shows the step that the address asks for, or the furthest possible. */
    public void open() {
        frame.scope().require(Right.MANAGE_INTEGRATIONS);
        providers.get(provider);
        if (fresh) {
            drafts.drop(frame.scope(), provider);
            redirect(address(ConnectStep.ABOUT));
            return;
        }
        Optional<ConnectDraftRow> kept = drafts.find(frame.scope(), provider);
        kept.ifPresent(this::take);
        startedAt = kept.map(ConnectDraftRow::startedAt).orElse(show.now());
        keysStep.draw(getProfile(), draft);
        if (!id.isEmpty()) {
            continueWith(IntegrationId.parse(id));
        }
        step = ConnectStep.find(stepWord).orElseGet(() -> lastStep(kept));
        if (step.needsIntegration() && integration == null) {
            step = ConnectStep.KEYS;
        }
        if (step == ConnectStep.DONE && !isProofBehind()) {
            step = ConnectStep.PROOF;
        }
        if (step == ConnectStep.KEYS && integration == null && isNoticeOpen()) {
            step = ConnectStep.ABOUT;
        }
        if (kept.isEmpty()) {
            keep(step);
        }
    }

    /** The end is reached by the proof, or by an owner's word that it may wait. */
    private boolean isProofBehind() {
        return draft.proofSkipped()
                || integrations.proof(frame.scope(), integration).passedAt().isPresent();
    }

    private ConnectStep lastStep(Optional<ConnectDraftRow> kept) {
        return kept.flatMap(row -> ConnectStep.find(row.step()))
                .orElse(integration == null ? ConnectStep.ABOUT : ConnectStep.NOTIFICATIONS);
    }

    private void take(ConnectDraftRow row) {
        draft = WizardDraft.of(row.content());
        integration = row.integration().orElse(null);
        everywhere = draft.locations().isEmpty();
        noticeConfirmed = draft.notice();
        draft.locations().forEach(place -> chosen.put(place, true));
    }

    /** The address names an integration: it must be the merchant's own, and of this provider. */
    private void continueWith(IntegrationId wanted) {
        if (!integrations.get(frame.scope(), wanted).row().provider().equals(provider)) {
            throw HubException.notFound("integration");
        }
        if (!wanted.equals(integration)) {
            integration = wanted;
            draft = draft.withProof("", "", "");
            keep(ConnectStep.NOTIFICATIONS);
        }
    }

    // ---- moving -------------------------------------------------------------------------------

    public void next() {
        go(ConnectStep.values()[Math.min(step.ordinal() + 1, ConnectStep.DONE.ordinal())]);
    }

    public void back() {
        go(ConnectStep.values()[Math.max(step.ordinal() - 1, 0)]);
    }

    /** Keeps what was typed, to come back to it from the marketplace. */
    public void saveAndClose() {
        keep(step);
        redirect(PageAddress.of("marketplace"));
    }

    /** The end: the draft has done its work. */
    public void finish(String page) {
        drafts.drop(frame.scope(), provider);
        redirect(PageAddress.of(page));
    }

    public void go(ConnectStep wanted) {
        keep(wanted);
        redirect(address(wanted));
    }

    private void keep(ConnectStep wanted) {
        draft =
                keysStep.into(
                        draft.withLocations(everywhere ? List.of() : chosenPlaces())
                                .withNotice(noticeConfirmed));
        drafts.save(
                frame.scope(),
                provider,
                wanted.word(),
                draft.json(),
                Optional.ofNullable(integration));
        savedAt = show.now();
    }

    private PageAddress address(ConnectStep wanted) {
        return PageAddress.of("connect").with("provider", provider).with("step", wanted.word());
    }

    private static void redirect(PageAddress where) {
        try {
            FacesContext.getCurrentInstance().getExternalContext().redirect(where.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- step 1: what it does, and where ------------------------------------------------------

    public void leaveAbout() {
        if (!everywhere && chosenPlaces().isEmpty()) {
            errors.say(texts.of("connect.about.nowhere"), "");
            return;
        }
        if (integration == null && isNoticeOpen()) {
            errors.say(texts.of("connect.notice.needed"), texts.of("connect.notice.needed.text"));
            return;
        }
        errors.tried(
                () -> {
                    if (integration != null) {
                        integrations.useAt(frame.scope(), integration, places());
                    }
                    go(ConnectStep.KEYS);
                });
    }

    private List<String> chosenPlaces() {
        return chosen.entrySet().stream()
                .filter(e -> Boolean.TRUE.equals(e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    public Set<LocationId> places() {
        return everywhere
                ? Set.of()
                : chosenPlaces().stream().map(LocationId::parse).collect(Collectors.toSet());
    }

    /** Whether the provider gives notice of something that nobody has confirmed yet. */
    private boolean isNoticeOpen() {
        return !getNotice().isEmpty() && !noticeConfirmed;
    }

    /** What the owner has to confirm before connecting; empty where nothing is special. */
    public String getNotice() {
        return words.notice(getProfile());
    }

    public boolean isNoticeConfirmed() {
        return noticeConfirmed;
    }

    public void setNoticeConfirmed(boolean noticeConfirmed) {
        this.noticeConfirmed = noticeConfirmed;
    }

    /** What it will do, in verbs, by the provider's abilities. */
    public List<String> getConsents() {
        return integrations.catalogue(frame.scope(), "").stream()
                .filter(entry -> entry.profile().code().equals(provider))
                .flatMap(entry -> entry.abilities().stream())
                .map(ability -> texts.ofOr("", "connect.consent." + ability, getName()))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    public List<LocationRow> getLocations() {
        return frame.getLocations();
    }

    // ---- for the other steps ------------------------------------------------------------------

    public void connected(IntegrationId made) {
        integration = made;
    }

    public WizardDraft draft() {
        return draft;
    }

    public void keepProof(String payment, String url, String until) {
        draft = draft.withProof(payment, url, until);
        keep(step);
    }

    /** An owner goes on without the proof. */
    public void skipProof() {
        errors.tried(
                () -> {
                    integrations.skipProof(frame.scope(), integration);
                    draft = draft.withProofSkipped();
                    go(ConnectStep.DONE);
                });
    }

    public boolean isMaySkipProof() {
        return frame.may(Right.GO_LIVE);
    }

    /** Called by polls: what came since is read anew. */
    public void refresh() {
        detail = null;
    }

    public IntegrationDetail getDetail() {
        if (detail == null && integration != null) {
            detail = integrations.get(frame.scope(), integration);
        }
        return detail;
    }

    // ---- what the page reads ------------------------------------------------------------------

    public ProviderProfile getProfile() {
        return providers.get(provider).profile();
    }

    public String getName() {
        return words.name(provider);
    }

    public boolean at(String word) {
        return step.word().equals(word);
    }

    public List<ConnectStep> getSteps() {
        return List.of(ConnectStep.values());
    }

    public boolean isDone(ConnectStep other) {
        return other.compareTo(step) < 0;
    }

    /** Where a step of the list leads; empty for one that cannot be opened yet. */
    public String stepUrl(ConnectStep wanted) {
        boolean shut =
                wanted.needsIntegration() && integration == null
                        || wanted == ConnectStep.DONE && !isProofBehind();
        return shut ? "" : address(wanted).toString();
    }

    public String stepText(ConnectStep of) {
        if (of == ConnectStep.ABOUT && step != ConnectStep.ABOUT) {
            return getPlacesText();
        }
        return texts.of(
                "connect.step." + of.word() + (of == ConnectStep.PROOF ? proof() : ".text"));
    }

    /** What this provider's proof takes. */
    private String proof() {
        Set<ProofStep> steps = providers.get(provider).proof();
        if (!steps.contains(ProofStep.PAYMENT)) {
            return ".text.ordered";
        }
        return steps.contains(ProofStep.REFUND) ? ".text" : ".text.paid";
    }

    private String getPlacesText() {
        return everywhere
                ? texts.of("where.all")
                : texts.count("where.some", chosenPlaces().size());
    }

    public ConnectStep getStep() {
        return step;
    }

    public IntegrationId getIntegration() {
        return integration;
    }

    public Instant getStartedAt() {
        return startedAt;
    }

    public Instant getSavedAt() {
        return savedAt;
    }

    public Map<String, Boolean> getChosen() {
        return chosen;
    }

    public boolean isEverywhere() {
        return everywhere;
    }

    public void setEverywhere(boolean everywhere) {
        this.everywhere = everywhere;
    }

    public String getProvider() {
        return provider;
    }

    public void setProvider(String provider) {
        this.provider = provider == null ? "" : provider.strip();
    }

    public String getStepWord() {
        return stepWord;
    }

    public void setStepWord(String stepWord) {
        this.stepWord = stepWord == null ? "" : stepWord.strip();
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id == null ? "" : id.strip();
    }

    public boolean isFresh() {
        return fresh;
    }

    public void setFresh(boolean fresh) {
        this.fresh = fresh;
    }
}
