package org.payhub.web.shared;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.payhub.platform.HubConfig;
import org.payhub.provider.Providers;

/**
 * What the reader's browser asks for: light, dark or the system's wish (cookie {@code
 * payhub_theme}), the language (cookie {@code payhub_language}, else what the browser accepts) and
 * the content security policy of the page.
 */
@Named("look")
@RequestScoped
public class Look {

    private static final Set<String> THEMES = Set.of("light", "dark", "auto");

    @Inject HttpServletRequest request;
    @Inject HubConfig config;
    @Inject Providers providers;
    @Inject Texts texts;

    public String getTheme() {
        return cookie("payhub_theme").filter(THEMES::contains).orElse("auto");
    }

    public Locale getLocale() {
        List<Locale> wishes = new ArrayList<>();
        cookie("payhub_language").map(Locale::forLanguageTag).ifPresent(wishes::add);
        wishes.addAll(Collections.list(request.getLocales()));
        return wishes.stream()
                .map(wish -> known(wish.getLanguage()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    public String getLanguage() {
        return getLocale().toLanguageTag();
    }

    /** The languages to choose from. */
    public List<Locale> getLanguages() {
        return texts.languages();
    }

    public String getDir() {
        return "ltr";
    }

    /**
     * The policy for Faces pages. {@code script-src} stands last because PrimeFaces appends its
     * nonce to the policy's end. A form may lead to a provider's page (the pay page does), and
     * browsers check redirects against {@code form-action} too: hence the connectors' own hosts,
     * and the simulator's where there is one.
     */
    public String getContentSecurityPolicy() {
        return "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
                + " font-src 'self' data:; connect-src 'self'; object-src 'none';"
                + " base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
                + providers.all().stream()
                        .flatMap(connector -> connector.profile().hosts().stream())
                        .distinct()
                        .map(host -> " " + host)
                        .collect(Collectors.joining())
                + config.simulatorBaseUrl().map(url -> " " + url).orElse("")
                + "; script-src 'self'";
    }

    private Optional<Locale> known(String language) {
        return texts.languages().stream().filter(l -> l.getLanguage().equals(language)).findFirst();
    }

    private Optional<String> cookie(String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }
}
