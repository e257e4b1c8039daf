package org.payhub.web.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageAddressTest {

    @Test
    void values_are_encoded_so_that_they_cannot_become_other_parts() {
        PageAddress plain = PageAddress.of("webhooks");

        PageAddress filtered = plain.with("q", "a&b=c 'd'").with("status", "parked");

        assertThat(filtered).hasToString("webhooks?q=a%26b%3Dc%20%27d%27&status=parked");
    }

    @Test
    void a_blank_value_leaves_the_part_out() {
        PageAddress filtered = PageAddress.of("webhooks").with("q", "x").with("state", "live");

        PageAddress less = filtered.with("q", " ").without("nothing");

        assertThat(less).hasToString("webhooks?state=live");
        assertThat(less.without("state").isPlain()).isTrue();
    }

    @Test
    void changing_a_part_does_not_change_the_address_it_came_from() {
        PageAddress before = PageAddress.of("webhooks").with("q", "x");

        before.with("q", "y");

        assertThat(before).hasToString("webhooks?q=x");
    }
}
