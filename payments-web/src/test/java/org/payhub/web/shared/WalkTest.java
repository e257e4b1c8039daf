package org.payhub.web.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WalkTest {

    @Test
    void the_first_page_has_no_way_back_and_the_last_no_way_on() {
        Walk walk = new Walk("payments", null, null);

        walk.found(Optional.empty());

        assertThat(walk.getPrevious()).isEmpty();
        assertThat(walk.getNext()).isEmpty();
    }

    @Test
    void what_is_chosen_stays_chosen_on_every_page() {
        Walk walk = new Walk("payments", null, null).with("q", "Ana & Co").with("from", " ");

        walk.found(Optional.of("abc"));

        assertThat(walk.getNext()).isEqualTo("payments?q=Ana+%26+Co&after=abc&back=-");
    }

    @Test
    void the_way_back_is_the_way_that_was_come() {
        Walk second = new Walk("payments", "abc", "-");
        second.found(Optional.of("def"));

        Walk third = new Walk("payments", "def", "-,abc");

        assertThat(second.getNext()).isEqualTo("payments?after=def&back=-%2Cabc");
        assertThat(third.getPrevious()).isEqualTo("payments?after=abc&back=-");
        assertThat(second.getPrevious()).isEqualTo("payments");
    }

    @Test
    void choosing_a_row_keeps_the_place() {
        Walk walk = new Walk("payments", "abc", "-").with("status", "paid");

        assertThat(walk.here("selected", "pay_1"))
                .isEqualTo("payments?status=paid&selected=pay_1&after=abc&back=-");
        assertThat(walk.fresh("status", "")).isEqualTo("payments");
    }

    @Test
    void an_address_that_was_cut_shows_the_first_page() {
        Walk walk = new Walk("payments", "not-a-cursor", "");

        assertThat(walk.request(50).after()).isEmpty();
    }
}
