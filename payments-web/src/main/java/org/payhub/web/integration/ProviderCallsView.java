package org.payhub.web.integration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.IntegrationRow;
import org.payhub.integration.Integrations;
import org.payhub.provider.http.ProviderCallFilter;
import org.payhub.provider.http.ProviderCallRow;
import org.payhub.provider.http.ProviderCalls;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Pager;
import org.payhub.web.shared.Texts;

/** Our own calls to providers, newest first, with what was said and answered. */
@Named("calls")
@RequestScoped
public class ProviderCallsView {

    @Inject ProviderCalls calls;
    @Inject Integrations integrations;
    @Inject Frame frame;
    @Inject Texts texts;

    private final Pager<ProviderCallRow> pager = new Pager<>("provider-calls");
    private String integration = "";
    private boolean failed;
    private String opened = "";
    private List<IntegrationRow> known;

    public void load() {
        ProviderCallFilter filter = filter();
        pager.with("integration", integration)
                .with("failed", failed ? "true" : "")
                .read(request -> calls.page(frame.scope(), filter, request));
    }

    private ProviderCallFilter filter() {
        return new ProviderCallFilter(
                Optional.of(integration)
                        .filter(text -> !text.isEmpty())
                        .map(text -> IntegrationId.parse(text).value()),
                failed);
    }

    public Pager<ProviderCallRow> getPager() {
        return pager;
    }

    /** The row whose words are shown below it. */
    public boolean isOpen(ProviderCallRow row) {
        return row.id().toString().equals(opened);
    }

    public String open(ProviderCallRow row) {
        return isOpen(row)
                ? pager.here("open", "")
                : pager.here("open", row.id().toString()) + "#open";
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

    public String getOpen() {
        return opened;
    }

    public void setOpen(String opened) {
        this.opened = opened == null ? "" : opened;
    }
}
