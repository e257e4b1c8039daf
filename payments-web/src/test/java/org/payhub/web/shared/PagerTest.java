package org.payhub.web.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;

class PagerTest {

    @Test
    void the_first_page_has_no_way_back_and_the_last_no_way_on() {
        Pager<String> pager = new Pager<>("payments");

        pager.read(request -> new Page<>(List.of("a", "b"), Optional.empty()));

        assertThat(pager.getRows()).containsExactly("a", "b");
        assertThat(pager.getPrevious()).isEmpty();
        assertThat(pager.getNext()).isEmpty();
    }

    @Test
    void what_is_chosen_stays_chosen_on_every_page() {
        Pager<String> pager = new Pager<String>("payments").with("q", "Ana & Co").with("from", " ");

        pager.read(request -> before("abc"));

        assertThat(pager.isFiltered()).isTrue();
        assertThat(pager.getNext()).isEqualTo("payments?q=Ana%20%26%20Co&after=abc&back=-");
    }

    @Test
    void what_is_no_longer_chosen_leaves_the_addresses() {
        Pager<String> pager = new Pager<String>("payments").with("status", "paid");

        pager.with("status", "");

        assertThat(pager.isFiltered()).isFalse();
        assertThat(pager.here("selected", "pay_1")).isEqualTo("payments?selected=pay_1");
    }

    @Test
    void the_way_back_is_the_way_that_was_come() {
        Pager<String> second = at("abc", "-");
        Pager<String> third = at("def", "-,abc");

        second.read(request -> before("def"));

        assertThat(second.getNext()).isEqualTo("payments?after=def&back=-%2Cabc");
        assertThat(third.getPrevious()).isEqualTo("payments?after=abc&back=-");
        assertThat(second.getPrevious()).isEqualTo("payments");
    }

    @Test
    void choosing_a_row_keeps_the_place() {
        Pager<String> pager = at("abc", "-").with("status", "paid");

        String chosen = pager.here("selected", "pay_1");

        assertThat(chosen).isEqualTo("payments?status=paid&selected=pay_1&after=abc&back=-");
        assertThat(pager.fresh("status", "")).isEqualTo("payments");
    }

    @Test
    void an_address_that_was_cut_shows_the_first_page() {
        Pager<String> pager = at("not-a-cursor", "");
        List<PageRequest> asked = new ArrayList<>();

        pager.read(
                request -> {
                    asked.add(request);
                    return new Page<>(List.of(), Optional.empty());
                });

        assertThat(asked).containsExactly(PageRequest.first(50));
    }

    private static Pager<String> at(String after, String back) {
        Pager<String> pager = new Pager<>("payments");
        pager.setAfter(after);
        pager.setBack(back);
        return pager;
    }

    private static Page<String> before(String cursor) {
        return new Page<>(List.of("a"), Optional.of(cursor));
    }
}
