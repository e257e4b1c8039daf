package org.payhub.provider;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * A test that runs once in each language that has broken someone's code: own digits (Arabic, Thai),
 * an own i (Turkish), an own alphabet (Russian, Kazakh).
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(InEveryLanguage.Languages.class)
public @interface InEveryLanguage {

    /** Runs the test in each of them. */
    class Languages implements TestTemplateInvocationContextProvider {

        private static final List<String> TAGS =
                List.of("en-US", "ar", "th-TH-u-nu-thai", "tr", "ru", "kk");

        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
                ExtensionContext context) {
            return TAGS.stream().map(In::new);
        }
    }

    /** One language, spoken for the time of one test. */
    record In(String tag) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int index) {
            return "in " + tag;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            Locale before = Locale.getDefault();
            return List.of(
                    (BeforeEachCallback) context -> Locale.setDefault(Locale.forLanguageTag(tag)),
                    (AfterEachCallback) context -> Locale.setDefault(before));
        }
    }
}
