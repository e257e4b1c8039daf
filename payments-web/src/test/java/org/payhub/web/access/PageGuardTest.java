package org.payhub.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageGuardTest {

    private static final Path ADMIN = Path.of("src", "main", "webapp", "admin");

    @Test
    void every_page_of_the_admin_says_which_right_it_needs() throws IOException {
        List<String> pages;
        try (Stream<Path> files = Files.walk(ADMIN)) {
            pages =
                    files.filter(file -> file.toString().endsWith(".xhtml"))
                            .map(file -> "/admin/" + ADMIN.relativize(file))
                            .toList();
        }

        assertThat(pages).isNotEmpty().allMatch(PageGuard::knows);
    }

    @Test
    void a_page_that_is_not_in_the_table_is_not_known() {
        assertThat(PageGuard.knows("/admin/secret.xhtml")).isFalse();
        assertThat(PageGuard.knows("/admin/sub/home.xhtml")).isFalse();
        assertThat(PageGuard.knows("/admin/home.xhtml")).isTrue();
    }
}
