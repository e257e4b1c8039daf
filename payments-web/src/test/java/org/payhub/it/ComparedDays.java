package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Presses "Compare this day" as the owner and reads what became of it. */
public final class ComparedDays {

    private static final Pattern CHOICE = Pattern.compile("name=\"([^\"]*:integration_input)\"");
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");
    private static final Pattern DAY = Pattern.compile("name=\"([^\"]*:day)\"");

    private final TestMerchant merchant;
    private final Visitor owner;

    private ComparedDays(TestMerchant merchant, Visitor owner) {
        this.merchant = merchant;
        this.owner = owner;
    }

    /** The merchant's owner sets the password and logs in. */
    public static ComparedDays of(TestMerchant merchant) {
        return new ComparedDays(
                merchant,
                Visitor.owner(merchant.setupUrl(), "Ana Ruiz", "correct horse battery staple"));
    }

    public Visitor owner() {
        return owner;
    }

    /** Today where the merchant is. */
    public static LocalDate today() {
        return LocalDate.now(ZoneId.of("Europe/Madrid"));
    }

    /** The answer of the page to the button. */
    public Http.Answer press(String integration, String day) {
        Http.Answer page = owner.get("/admin/reconciliation");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("jakarta.faces.ViewState", Visitor.viewState(page));
        fields.put("primefaces.nonce", found(NONCE, page));
        fields.put("days", "days");
        fields.put(found(CHOICE, page), integration);
        fields.put(found(DAY, page), day);
        fields.put("days:compare", "days:compare");
        return owner.post("/admin/reconciliation", fields);
    }

    private static String found(Pattern pattern, Http.Answer page) {
        Matcher found = pattern.matcher(page.body());
        assertThat(found.find()).as(pattern + " in " + page.body()).isTrue();
        return found.group(1);
    }

    /** Compares that day to its end; answers the day with its differences. */
    public JsonObject compare(String integration, LocalDate day) {
        Http.Answer pressed = press(integration, day.toString());
        assertThat(pressed.status()).as(pressed.body()).isEqualTo(200);
        return TestMerchant.await(
                "comparison of " + day,
                () -> latest(integration, day),
                found -> !Http.text(found, "status").equals("running"));
    }

    /** Today, with the merchant's one integration. */
    public JsonObject compareToday() {
        return compare(merchant.integration(), today());
    }

    /** That day as the interface tells it. */
    public JsonObject latest(String integration, LocalDate day) {
        for (var item :
                merchant.get("/reconciliations?integration=" + integration)
                        .json()
                        .getAsJsonArray("items")) {
            JsonObject found = item.getAsJsonObject();
            if (Http.text(found, "day").equals(day.toString())) {
                return merchant.get("/reconciliations/" + Http.text(found, "id")).json();
            }
        }
        throw new AssertionError("no comparison of " + day);
    }
}
