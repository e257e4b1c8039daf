package org.payhub.web.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestInfoTest {

    @Test
    void nobody_is_believed_unless_named() {
        RequestInfo info = new RequestInfo("");

        assertThat(info.clientAddress("203.0.113.9", List.of("198.51.100.1")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void a_trusted_proxy_is_believed_for_the_hop_that_it_saw() {
        RequestInfo info = new RequestInfo("10.0.0.0/8, ::1");

        assertThat(info.clientAddress("10.1.2.3", List.of("6.6.6.6, 198.51.100.1")))
                .isEqualTo("198.51.100.1");
        assertThat(info.clientAddress("::1", List.of("198.51.100.1, 10.9.9.9")))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void a_port_is_no_part_of_an_address() {
        RequestInfo info = new RequestInfo("10.0.0.0/8");

        assertThat(info.clientAddress("10.1.2.3", List.of("198.51.100.1:4711")))
                .isEqualTo("198.51.100.1");
        assertThat(info.clientAddress("10.1.2.3", List.of("[2001:db8::1]:443")))
                .isEqualTo("2001:db8::1");
        assertThat(info.clientAddress("10.1.2.3", List.of("fade.de"))).isEqualTo("10.1.2.3");
    }

    @Test
    void rubbish_in_the_header_is_no_address() {
        RequestInfo info = new RequestInfo("10.0.0.0/8");

        assertThat(info.clientAddress("10.1.2.3", List.of("evil.example"))).isEqualTo("10.1.2.3");
        assertThat(info.clientAddress("10.1.2.3", List.of("\" onclick=\""))).isEqualTo("10.1.2.3");
    }

    @Test
    void a_wrong_network_stops_the_start_with_the_settings_name() {
        assertThatThrownBy(() -> new RequestInfo("10.0.0.0/99"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PAYHUB_TRUSTED_PROXIES");
    }
}
