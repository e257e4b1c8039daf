package org.payhub.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;

/** What axe finds on a page as it is drawn now. */
final class Axe {

    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private Axe() {}

    /** Adds every serious or critical violation, with the element and how to mend it. */
    static void grave(Page page, String at, List<String> wrong) {
        new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .filter(rule -> GRAVE.contains(rule.getImpact()))
                        .forEach(
                                rule ->
                                        rule.getNodes()
                                                .forEach(
                                                        node ->
                                                                wrong.add(
                                                                        at
                                                                                + ": "
                                                                                + rule.getId()
                                                                                + " at "
                                                                                + node.getHtml()
                                                                                + " "
                                                                                + node
                                                                                        .getFailureSummary())));
    }
}
