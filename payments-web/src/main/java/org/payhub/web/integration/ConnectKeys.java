package org.payhub.web.integration;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.payhub.integration.ConnectCommand;
import org.payhub.integration.ConnectIntegration;
import org.payhub.integration.CredentialCheck;
import org.payhub.integration.Integrations;
import org.payhub.integration.RotateCommand;
import org.payhub.integration.StoredCredential;
import org.payhub.integration.TypedCredentials;
import org.payhub.integration.WebhookUrls;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;

/**
 * The keys of the connect wizard: drawn from the provider's profile, tried at the provider as soon
 * as they are typed, sealed when the person goes on.
 */
@Named("connectKeys")
@ViewScoped
public class ConnectKeys implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject ConnectView wizard;
    @Inject ConnectIntegration connecting;
    @Inject Integrations integrations;
    @Inject ProviderWords words;
    @Inject Frame frame;
    @Inject Show show;
    @Inject Texts texts;
    @Inject FacesErrors errors;

    private List<KeyField> fields = List.of();
    private boolean allMethods;
    private boolean bareUrl;
    private String liveWord = "";
    private transient CredentialCheck checked;
    private TypedCredentials tried;
    private long tookMillis;
    private Trouble trouble;

    public void draw(ProviderProfile profile, WizardDraft draft) {
        fields =
                profile.credentialFields().stream()
                        .map(
                                field ->
                                        new KeyField(
                                                field,
                                                words.label(profile.code(), field),
                                                words.hint(profile.code(), field)))
                        .toList();
        fields.forEach(f -> f.setValue(draft.fields().getOrDefault(f.getKey(), f.firstChoice())));
        allMethods = draft.allMethods();
        bareUrl = draft.bareUrl();
    }

    /** The draft with what may be kept of the typed fields. */
    public WizardDraft into(WizardDraft draft) {
        return fields.isEmpty()
                ? draft
                : draft.withKeys(typed(key -> !key.isSecret()), allMethods, bareUrl);
    }

    /** After each field: as soon as all that is needed is typed, the provider is asked. */
    public void look() {
        if (isAllTyped() && !typed().equals(tried)) {
            lookAgain();
        }
    }

    public void lookAgain() {
        trouble = null;
        checked = null;
        tried = typed();
        Instant before = show.now();
        refusing(
                () -> {
                    checked = connecting.check(frame.scope(), wizard.getProvider(), tried);
                    tookMillis = Duration.between(before, show.now()).toMillis();
                });
    }

    /** Seals the keys and goes on. */
    public void leave() {
        trouble = null;
        boolean stored = wizard.getIntegration() != null;
        if (stored && typed(KeyField::isSecret).isEmpty()) {
            wizard.next();
            return;
        }
        if (!stored && !isComplete()) {
            return;
        }
        refusing(
                () -> {
                    if (stored) {
                        RotateCommand command =
                                new RotateCommand(typed(), RotateCommand.DEFAULT_OVERLAP);
                        integrations.rotate(frame.scope(), wizard.getIntegration(), command);
                    } else {
                        wizard.connected(connecting.connect(frame.scope(), command()).row().id());
                    }
                    fields.stream().filter(KeyField::isSecret).forEach(KeyField::forget);
                    wizard.go(ConnectStep.NOTIFICATIONS);
                });
    }

    private boolean isComplete() {
        fields.stream()
                .filter(key -> key.isRequired() && !key.isFilled())
                .forEach(key -> key.say("danger", texts.of("connect.keys.needed")));
        if (fields.stream().anyMatch(key -> key.isRefused() && !key.isFilled())) {
            return false;
        }
        if (isLive() && !isLiveConfirmed()) {
            trouble =
                    new Trouble(
                            texts.of("connect.live.needed"),
                            texts.of("connect.live.needed.text", texts.of("connect.live.word")),
                            texts.of("error.side.you"),
                            "");
            return false;
        }
        return true;
    }

    private ConnectCommand command() {
        return new ConnectCommand(
                wizard.getProvider(),
                typed(),
                wizard.places(),
                allMethods,
                bareUrl,
                isLive() && isLiveConfirmed(),
                wizard.isNoticeConfirmed());
    }

    /** Stores the webhook secret that the provider showed after its address was set by hand. */
    public void saveWebhookSecret() {
        Map<String, String> typed = typed(KeyField::isWebhookSecret);
        if (typed.isEmpty()) {
            getWebhookFields().forEach(key -> key.say("danger", texts.of("connect.keys.needed")));
            return;
        }
        refusing(
                () -> {
                    integrations.rotate(
                            frame.scope(),
                            wizard.getIntegration(),
                            new RotateCommand(
                                    new TypedCredentials(typed), RotateCommand.DEFAULT_OVERLAP));
                    getWebhookFields().forEach(KeyField::forget);
                    wizard.refresh();
                    errors.done(texts.of("connect.hook.saved"), "");
                });
    }

    /** Sets the address at the provider, or sets it again. */
    public void register() {
        refusing(
                () -> {
                    integrations.repairWebhook(frame.scope(), wizard.getIntegration());
                    wizard.refresh();
                    errors.done(texts.of("connect.hook.registered", wizard.getName()), "");
                });
    }

    /** Work at the provider's; its refusal goes to the field that it names. */
    private void refusing(FacesErrors.Work work) {
        try {
            work.run();
        } catch (HubException refusal) {
            Optional<KeyField> field =
                    refusal.field()
                            .map(name -> name.substring(name.lastIndexOf('.') + 1))
                            .flatMap(
                                    name ->
                                            fields.stream()
                                                    .filter(key -> key.getKey().equals(name))
                                                    .findFirst());
            field.ifPresent(key -> key.say("danger", errors.sentence(refusal)));
            if (field.isEmpty()) {
                trouble = Trouble.of(refusal, wizard.getName(), texts, errors);
            }
        }
    }

    private TypedCredentials typed() {
        return new TypedCredentials(typed(key -> true));
    }

    private Map<String, String> typed(Predicate<KeyField> which) {
        return fields.stream()
                .filter(KeyField::isFilled)
                .filter(which)
                .collect(Collectors.toMap(KeyField::getKey, KeyField::getValue));
    }

    private boolean isAllTyped() {
        return fields.stream().noneMatch(key -> key.isRequired() && !key.isFilled());
    }

    // ---- what the page reads ------------------------------------------------------------------

    public List<KeyField> getFields() {
        return fields;
    }

    /** What there is to copy in the provider's cabinet, for the picture beside the fields. */
    public List<KeyField> getCopied() {
        return fields.stream()
                .filter(
                        field ->
                                field.isRequired() && !field.isWebhookSecret() && !field.isChoice())
                .toList();
    }

    public List<KeyField> getWebhookFields() {
        return fields.stream().filter(KeyField::isWebhookSecret).toList();
    }

    /** Real money: by the provider's answer, else by the look of the key. */
    public boolean isLive() {
        return checked != null
                ? checked.livemode()
                : fields.stream().anyMatch(key -> key.getMode().equals("live"));
    }

    private boolean isLiveConfirmed() {
        return liveWord.strip().equalsIgnoreCase(texts.of("connect.live.word"));
    }

    public CredentialCheck getChecked() {
        return checked;
    }

    /** The rights to add, one per line, for the clipboard. */
    public String getMissingRights() {
        return checked == null ? "" : String.join("\n", checked.missingRights());
    }

    public long getTookMillis() {
        return tookMillis;
    }

    public Trouble getTrouble() {
        return trouble;
    }

    /** What is stored of a field already, once the keys were sealed. */
    public String stored(KeyField key) {
        return wizard.getDetail() == null
                ? ""
                : wizard.getDetail().credentials().stream()
                        .filter(c -> c.field().equals(key.getKey()) && c.validUntil().isEmpty())
                        .map(StoredCredential::shown)
                        .findFirst()
                        .orElse("");
    }

    public boolean isWebhookSecretStored() {
        return getWebhookFields().stream().anyMatch(key -> !stored(key).isEmpty());
    }

    /** Whether somebody has set our address at the provider, as far as it can be known. */
    public boolean isAddressSet() {
        boolean typedAfterwards =
                getWebhookFields().stream().anyMatch(key -> !key.isRequired())
                        && isWebhookSecretStored();
        return typedAfterwards || wizard.getDetail().health().firstEventAt().isPresent();
    }

    /** Our addresses, with what each is for. */
    public List<HookAddress> getAddresses() {
        WebhookUrls urls = wizard.getDetail().webhookUrls();
        return HookAddress.of(wizard.getProvider(), urls, words, texts);
    }

    /** What only the merchant can switch on, each with its address. */
    public List<HookAddress> getByHand() {
        String bare = wizard.getDetail().webhookUrls().bare();
        return words.eventsByHand(wizard.getProvider()).stream()
                .map(
                        event ->
                                new HookAddress(
                                        "byhand-" + event,
                                        texts.of("connect.hand.only", event),
                                        bare + "?type=" + event))
                .toList();
    }

    /** The merchant says that it is set. */
    public void lookAtHook() {
        refusing(
                () -> {
                    integrations.verify(frame.scope(), wizard.getIntegration());
                    wizard.refresh();
                });
    }

    /** What to write to the provider's support; empty where that is not needed. */
    public String getSupportText() {
        return words.supportText(
                wizard.getProvider(),
                frame.getMerchantName(),
                wizard.getDetail().credentials().stream()
                        .filter(c -> !c.secret() && c.shown().contains("@"))
                        .map(StoredCredential::shown)
                        .findFirst()
                        .orElse(""),
                getAddresses().stream().map(a -> a.label() + ": " + a.url()).toList());
    }

    /** The events to switch on by hand, one per line, for the clipboard. */
    public String getRequiredEvents() {
        return String.join("\n", wizard.getDetail().requiredEvents());
    }

    public boolean isAllMethods() {
        return allMethods;
    }

    public void setAllMethods(boolean allMethods) {
        this.allMethods = allMethods;
    }

    public boolean isBareUrl() {
        return bareUrl;
    }

    public void setBareUrl(boolean bareUrl) {
        this.bareUrl = bareUrl;
    }

    public String getLiveWord() {
        return liveWord;
    }

    public void setLiveWord(String liveWord) {
        this.liveWord = liveWord == null ? "" : liveWord;
    }
}
