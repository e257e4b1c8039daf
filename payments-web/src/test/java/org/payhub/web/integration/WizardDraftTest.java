package org.payhub.web.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WizardDraftTest {

    @Test
    void a_draft_comes_back_as_it_was_kept() {
        WizardDraft draft =
                WizardDraft.empty()
                        .withLocations(List.of("loc_a", "loc_b"))
                        .withKeys(Map.of("publishable_key", "pk_test_\"x\""), true, false)
                        .withProof("pay_1", "https://example.test/c/1", "2026-11-20T14:00:00Z");

        WizardDraft read = WizardDraft.of(draft.json());

        assertThat(read).isEqualTo(draft);
    }

    @Test
    void a_draft_that_cannot_be_read_is_as_none() {
        List<String> broken =
                List.of("", "no json", "[]", "{\"locations\":{}}", "{\"fields\":[1]}");

        List<WizardDraft> read = broken.stream().map(WizardDraft::of).toList();

        assertThat(read).containsOnly(WizardDraft.empty());
    }
}
