package org.payhub.web.integration;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.payhub.provider.spi.CredentialField;

/**
 * One field of the keys page: what it is, what was typed, and what we say to it. A typed secret
 * lives only here, in the page's memory, and is never sent back to the browser.
 */
public class KeyField implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where a key tells its mode by itself. */
    private static final Pattern MODE = Pattern.compile("(?:^|[_-])(test|live)(?:[_-]|$)");

    /** The beginning of an example up to its first underscore: {@code sk_}, {@code whsec_}. */
    private static final Pattern PREFIX = Pattern.compile("\\b[a-z][a-z0-9]{1,9}_");

    private final CredentialField field;
    private final String label;
    private final String hint;
    private String value = "";
    private String tone = "";
    private String message = "";

    KeyField(CredentialField field, String label, String hint) {
        this.field = field;
        this.label = label;
        this.hint = hint;
    }

    String firstChoice() {
        return field.choices().isEmpty() ? "" : field.choices().get(0);
    }

    public String getKey() {
        return field.key();
    }

    public String getLabel() {
        return label;
    }

    public String getHint() {
        return hint;
    }

    public String getExample() {
        return field.example();
    }

    public boolean isRequired() {
        return field.required();
    }

    public boolean isSecret() {
        return field.secret();
    }

    public boolean isWebhookSecret() {
        return field.kind() == CredentialField.Kind.WEBHOOK_SECRET;
    }

    public boolean isText() {
        return field.kind() == CredentialField.Kind.TEXT;
    }

    public boolean isChoice() {
        return field.kind() == CredentialField.Kind.CHOICE;
    }

    public List<String> getChoices() {
        return field.choices();
    }

    /** Which beginnings of pasted words belong here. */
    public String getPrefixes() {
        return PREFIX.matcher(field.example())
                .results()
                .map(r -> r.group())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** The id of the input that is shown, for its label. */
    public String getInput() {
        return isChoice() ? "choice" : isSecret() ? "secret" : "text";
    }

    public String getValue() {
        return value;
    }

    /** A password field comes back empty from the browser: that keeps what was typed before. */
    public void setValue(String typed) {
        String text = typed == null ? "" : typed.strip();
        if (!text.isEmpty() || !isSecret()) {
            if (!text.equals(value)) {
                say("", "");
            }
            value = text;
        }
    }

    void forget() {
        value = "";
        say("", "");
    }

    boolean isFilled() {
        return !value.isEmpty();
    }

    /** {@code test}, {@code live}, or empty where the key does not tell. */
    public String getMode() {
        Matcher mode = MODE.matcher(value);
        return mode.find() ? mode.group(1) : "";
    }

    void say(String newTone, String newMessage) {
        tone = newTone;
        message = newMessage;
    }

    boolean isRefused() {
        return tone.equals("danger");
    }

    public String getTone() {
        return tone;
    }

    public String getMessage() {
        return message;
    }
}
