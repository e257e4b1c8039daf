package org.payhub.browser;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import java.util.function.BiConsumer;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** A class of tests that looks at the pages with a Chromium of its own. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class InChromium {

    private static Chromium chromium;

    @BeforeAll
    static void startChromium() {
        chromium = new Chromium();
        // A loaded machine is slow, and a poll comes every few seconds.
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @AfterAll
    static void stopChromium() {
        chromium.close();
    }

    static Chromium chromium() {
        return chromium;
    }

    /** The same person in light and in dark, told which of the two it is. */
    static void inBothThemes(Owner owner, BiConsumer<Visitor, String> walk) {
        for (String theme : List.of("light", "dark")) {
            try (Visitor visitor = Visitor.at(chromium)) {
                visitor.theme(theme);
                visitor.logIn(owner);
                walk.accept(visitor, theme);
            }
        }
    }
}
