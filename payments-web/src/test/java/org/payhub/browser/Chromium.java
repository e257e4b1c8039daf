package org.payhub.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machine's own Chromium, one for a class of tests. */
final class Chromium implements AutoCloseable {

    /** Nothing but our pages is to be asked for; /dev/shm is too small in a container. */
    private static final List<String> QUIET =
            List.of(
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        Map<String, String> env = new HashMap<>(System.getenv());
        env.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(env));
        List<String> flags = new ArrayList<>(QUIET);
        if ("root".equals(System.getProperty("user.name"))) {
            // Its sandbox refuses to start for root.
            flags.add("--no-sandbox");
        }
        String path =
                Optional.ofNullable(System.getenv("PAYHUB_CHROMIUM")).orElse("/usr/bin/chromium");
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(Path.of(path))
                                        .setArgs(flags));
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
