package org.payhub.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.payhub.platform.HubException;
import org.payhub.platform.TypedText;
import org.payhub.tenancy.UserId;

/** A person who logs in; what they are where is told by memberships. */
@Entity
@Table(name = "hub_user")
class HubUser {

    static final Set<String> LANGUAGES = Set.of("en", "es", "ru", "kk");

    @Id private UUID id;
    private String email;
    private String name;

    @Column(name = "password_hash")
    private String passwordHash;

    private String language;
    private boolean disabled;

    @Column(name = "sessions_from")
    private Instant sessionsFrom;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version private int version;

    HubUser() {}

    HubUser(String email, String name, Instant now) {
        this.id = UserId.next().value();
        this.email = EmailAddress.checked(email);
        this.name = checkedName(name);
        this.language = "en";
        this.sessionsFrom = now;
        this.createdAt = now;
    }

    private static String checkedName(String name) {
        return TypedText.required("name", name, 200, "access.name", "The person's name");
    }

    /** Sets the password; sessions that were begun with the old one end. */
    void setPassword(String hash, Instant now) {
        passwordHash = hash;
        sessionsFrom = now;
    }

    void rename(String newName) {
        name = checkedName(newName);
    }

    void speak(String newLanguage) {
        if (!LANGUAGES.contains(newLanguage)) {
            throw HubException.ofField(
                    "language", "access.language_unknown", "Choose one of the languages offered.");
        }
        language = newLanguage;
    }

    void disable(Instant now) {
        disabled = true;
        sessionsFrom = now;
    }

    void enable() {
        disabled = false;
    }

    void endSessions(Instant now) {
        sessionsFrom = now;
    }

    /** Whether a session begun then still counts. */
    boolean allowsSession(Instant began) {
        return !disabled && !began.isBefore(sessionsFrom);
    }

    UserId id() {
        return new UserId(id);
    }

    String email() {
        return email;
    }

    String name() {
        return name;
    }

    Optional<String> passwordHash() {
        return Optional.ofNullable(passwordHash);
    }

    String language() {
        return language;
    }

    boolean isDisabled() {
        return disabled;
    }
}
