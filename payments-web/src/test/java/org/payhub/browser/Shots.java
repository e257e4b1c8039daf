package org.payhub.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/** Numbered pictures of a walk, and one sheet with all of them. */
final class Shots {

    private final Path folder;
    private final List<String> names = new ArrayList<>();
    private int number;

    Shots(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page as it is. */
    void take(Page page, String what) {
        number++;
        shoot(page, name(what, page.viewportSize().width));
    }

    /** The page at a desk and on a phone. */
    void takeBoth(Page page, String what) {
        take(page, what);
        var size = page.viewportSize();
        resize(page, Visitor.PHONE, 780);
        shoot(page, name(what, Visitor.PHONE));
        resize(page, size.width, size.height);
        // A frame is drawn at that size: a dialog that it moves has moved before anybody clicks.
        page.screenshot(new Page.ScreenshotOptions().setClip(0, 0, 1, 1));
    }

    /** Resizes and waits until the page has heard of it. */
    private static void resize(Page page, int width, int height) {
        page.setViewportSize(width, height);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .pollInSameThread()
                .until(() -> ((Number) page.evaluate("window.innerWidth")).intValue() == width);
    }

    private String name(String what, int width) {
        return String.format(Locale.ROOT, "%02d-%s-%d.png", number, what.replace(' ', '-'), width);
    }

    private void shoot(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(folder.resolve(name))
                        .setAnimations(ScreenshotAnimations.DISABLED));
        names.add(name);
    }

    /** Walks; where it ends too early there is a picture, and the words, of what was seen last. */
    void during(Page page, Runnable walk) {
        try {
            walk.run();
        } catch (RuntimeException | Error e) {
            take(page, "failed here");
            e.addSuppressed(new AssertionError(page.url() + " says\n" + words(page)));
            throw e;
        }
    }

    /** What an open dialog says, else the page. */
    private static String words(Page page) {
        Locator dialog = page.locator(".ui-dialog:visible");
        return (dialog.count() > 0 ? dialog.last() : page.locator("body")).innerText();
    }

    /** Writes {@code index.html} and its picture, {@code contact-sheet.png}. */
    void sheet(Chromium chromium) {
        StringBuilder html =
                new StringBuilder(
                        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>The main"
                                + " job, step by step</title><style>body{font:14px"
                                + " sans-serif;margin:24px;background:#eee}main{display:flex;"
                                + "flex-wrap:wrap;gap:24px}figure{margin:0}img{block-size:300px;"
                                + "border:1px solid #aaa;background:#fff}</style><h1>The main job, step"
                                + " by step</h1><main>");
        names.forEach(
                name ->
                        html.append("<figure><a href=\"")
                                .append(name)
                                .append("\"><img alt=\"\" src=\"")
                                .append(name)
                                .append("\"></a><figcaption>")
                                .append(name, 0, name.length() - 4)
                                .append("</figcaption></figure>"));
        Path index = folder.resolve("index.html");
        try {
            Files.writeString(index, html.append("</main></html>"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Page page = chromium.browser().newPage()) {
            page.setViewportSize(2100, 1000);
            page.navigate(index.toUri().toString());
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setPath(folder.resolve("contact-sheet.png"))
                            .setFullPage(true));
        }
    }
}
