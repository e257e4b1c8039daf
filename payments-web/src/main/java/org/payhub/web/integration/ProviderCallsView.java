package org.payhub.web.integration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.IntegrationRow;
import org.payhub.integration.Integrations;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.provider.http.ProviderCallFilter;
import org.payhub.provider.http.ProviderCallRow;
import org.payhub.provider.http.ProviderCalls;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.PageAddress;
import org.payhub.web.shared.Texts;

/** Our own calls to providers, newest first, with what was said and answered. */
@Named("calls")
@RequestScoped
public class ProviderCallsView {

    private static final int ROWS = 50;

    @Inject ProviderCalls calls;
    @Inject Integrations integrations;
    @Inject Frame frame;
    @Inject Texts texts;

    private String integration = "";
    private boolean failed;
    private String cursor = "";
    private String opened = "";
    private Page<ProviderCallRow> page;
    private List<IntegrationRow> known;

    public List<ProviderCallRow> getRows() {
        return page().items();
    }

    private Page<ProviderCallRow> page() {
        if (page == null) {
            page =
                    calls.page(
                            frame.scope(),
                            new ProviderCallFilter(
                                    integration.isEmpty()
                                            ? java.util.Optional.empty()
                                            : java.util.Optional.of(
                                                    IntegrationId.parse(integration).value()),
                                    failed),
                            PageRequest.of(ROWS, cursor));
        }
        return page;
    }

    /** The row whose words are shown below it. */
    public boolean isOpen(ProviderCallRow row) {
        return row.id().toString().equals(opened);
    }

    public String open(ProviderCallRow row) {
        PageAddress here = address().with("cursor", cursor);
        return isOpen(row) ? here.toString() : here.with("open", row.id()) + "#open";
    }

    public String getNext() {
        return page().nextCursor().map(c -> address().with("cursor", c).toString()).orElse("");
    }

    /** A list that is walked by key knows its first page, not the one before. */
    public String getFirst() {
        return cursor.isEmpty() ? "" : address().toString();
    }

    /** What to filter by; empty for people who may not see integrations. */
    public List<IntegrationRow> getIntegrations() {
        if (known == null) {
            known =
                    frame.may(Right.SEE_INTEGRATIONS)
                            ? integrations.list(frame.scope())
                            : List.of();
        }
        return known;
    }

    public String nameOf(ProviderCallRow row) {
        return row.integration()
                .flatMap(
                        id ->
                                getIntegrations().stream()
                                        .filter(i -> i.id().value().equals(id))
                                        .findFirst())
                .flatMap(IntegrationRow::accountName)
                .orElse("");
    }

    public String idOf(UUID id) {
        return new IntegrationId(id).toString();
    }

    private PageAddress address() {
        return PageAddress.of("provider-calls")
                .with("integration", integration)
                .with("failed", failed ? "true" : "");
    }

    public boolean isFiltered() {
        return !address().isPlain();
    }

    public String getIntegration() {
        return integration;
    }

    public void setIntegration(String integration) {
        this.integration = integration == null ? "" : integration.strip();
    }

    public boolean isFailed() {
        return failed;
    }

    public void setFailed(boolean failed) {
        this.failed = failed;
    }

    public String getCursor() {
        return cursor;
    }

    public void setCursor(String cursor) {
        this.cursor = cursor == null ? "" : cursor;
    }

    public String getOpen() {
        return opened;
    }

    public void setOpen(String opened) {
        this.opened = opened == null ? "" : opened;
    }
}
