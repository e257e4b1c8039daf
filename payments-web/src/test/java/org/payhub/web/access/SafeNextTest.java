package org.payhub.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SafeNextTest {

    @Test
    void our_own_pages_are_gone_on_to() {
        for (String ours :
                List.of(
                        "/admin/home",
                        "/admin/visit?id=vis_01k",
                        "/admin/payments?from=2026-01-01&state=paid&q=%C3%A9+x",
                        "/admin/visits.xhtml")) {
            assertThat(SafeNext.of(ours)).isEqualTo(ours);
        }
    }

    @Test
    void everything_else_leads_home() {
        for (String foreign :
                List.of(
                        "",
                        "//evil.example",
                        "///evil.example",
                        "\\\\evil.example",
                        "/\\evil.example",
                        "/admin//evil.example",
                        "/admin/../../evil",
                        "/admin/%2e%2e/x",
                        "http://evil.example/admin/home",
                        "https:evil.example",
                        "javascript:alert(1)",
                        "JaVaScRiPt:alert(1)",
                        "data:text/html,x",
                        "/admin/home\r\nLocation: http://evil.example",
                        "/admin/home#//evil",
                        "/admin/home?next=//evil.example",
                        "/admin@evil.example",
                        "/admin",
                        "/adminx/home",
                        "/api/v1/visits",
                        "/pay/x",
                        "/admin/logout",
                        "/admin/home?x=" + "a".repeat(1001),
                        "\u0000/admin/home",
                        " /admin/home",
                        "/admin/h\u00f3me")) {
            assertThat(SafeNext.of(foreign)).as(foreign).isEqualTo("/admin/home");
        }
        assertThat(SafeNext.of(null)).isEqualTo("/admin/home");
    }
}
