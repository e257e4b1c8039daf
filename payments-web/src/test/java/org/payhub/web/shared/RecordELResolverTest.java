package org.payhub.web.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.el.ELContext;
import jakarta.el.ELResolver;
import jakarta.el.FunctionMapper;
import jakarta.el.PropertyNotWritableException;
import jakarta.el.VariableMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordELResolverTest {

    /** What pages read. */
    public record Row(String name, Optional<String> note) {}

    private final RecordELResolver resolver = new RecordELResolver();
    private final Context context = new Context();

    @Test
    void a_page_reads_a_record_as_a_bean() {
        Row row = new Row("Ana", Optional.of("window seat"));

        assertThat(resolver.getValue(context, row, "name")).isEqualTo("Ana");
        assertThat(resolver.getValue(context, row, "note")).isEqualTo("window seat");
        assertThat(context.isPropertyResolved()).isTrue();
    }

    @Test
    void what_is_absent_is_null_in_a_page() {
        Row row = new Row("Ana", Optional.empty());

        assertThat(resolver.getValue(context, row, "note")).isNull();
        assertThat(context.isPropertyResolved()).isTrue();
    }

    @Test
    void others_resolve_what_is_no_part_of_a_record() {
        resolver.getValue(context, new Row("Ana", Optional.empty()), "phone");
        resolver.getValue(context, "text", "name");

        assertThat(context.isPropertyResolved()).isFalse();
    }

    @Test
    void a_record_is_never_written() {
        Row row = new Row("Ana", Optional.empty());

        assertThat(resolver.isReadOnly(context, row, "name")).isTrue();
        assertThatThrownBy(() -> resolver.setValue(context, row, "name", "Eva"))
                .isInstanceOf(PropertyNotWritableException.class);
    }

    private static final class Context extends ELContext {

        @Override
        public ELResolver getELResolver() {
            return null;
        }

        @Override
        public FunctionMapper getFunctionMapper() {
            return null;
        }

        @Override
        public VariableMapper getVariableMapper() {
            return null;
        }
    }
}
