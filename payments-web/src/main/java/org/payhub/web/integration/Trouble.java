package org.payhub.web.integration;

import java.io.Serializable;
import org.payhub.platform.Correlation;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Texts;

/** Something that went wrong and is no single field's fault: what, whose side, the reference. */
public record Trouble(String title, String text, String side, String reference)
        implements Serializable {

    static Trouble of(HubException refusal, String provider, Texts texts, FacesErrors errors) {
        String title =
                switch (refusal.problem()) {
                    case REFUSED -> "connect.trouble.refused";
                    case UNAVAILABLE -> "connect.trouble.away";
                    default -> "connect.trouble.other";
                };
        return new Trouble(
                texts.of(title, provider),
                errors.sentence(refusal),
                refusal.problem() == Problem.UNAVAILABLE ? provider : texts.of("error.side.you"),
                Correlation.current());
    }
}
