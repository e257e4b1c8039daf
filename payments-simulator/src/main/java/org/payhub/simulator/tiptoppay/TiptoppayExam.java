package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.ImitatedProvider;
import org.payhub.simulator.kit.Json;

/**
 * The merchant, the client and the bank of the exam. The hub sets the addresses of Pay, Fail and
 * Refund by itself; Check is the one step that the merchant takes in the cabinet.
 */
final class TiptoppayExam implements ExamActor {

    private static final String SECRET = "api_secret";
    private static final String PUBLIC_ID = "public_id";

    private final TiptoppaySimulator tiptoppay;

    TiptoppayExam(TiptoppaySimulator tiptoppay) {
        this.tiptoppay = tiptoppay;
    }

    @Override
    public String currency() {
        return "KZT";
    }

    @Override
    public String price() {
        return "2500.00";
    }

    @Override
    public String part() {
        return "1000.00";
    }

    @Override
    public Map<String, String> openAccount() {
        TiptoppaySite site = tiptoppay.addSite("Exam site", "KZT");
        return Map.of(
                "region",
                "kazakhstan",
                "mode",
                "test",
                PUBLIC_ID,
                site.publicId(),
                SECRET,
                site.apiSecret());
    }

    @Override
    public Map<String, String> withWrongSecret(Map<String, String> credentials) {
        return ExamActor.changed(credentials, SECRET, secret -> "0123456789abcdef0123456789abcdef");
    }

    @Override
    public void notifyAt(Map<String, String> credentials, List<String> addresses) {
        String check =
                addresses.stream()
                        .filter(address -> address.contains("check"))
                        .findFirst()
                        .orElse(addresses.get(0));
        tiptoppay.notify(credentials.get(PUBLIC_ID), "check", check);
    }

    @Override
    public void pay(String page) {
        use(page, TestCard.VISA.number, "succeeded");
    }

    @Override
    public void decline(String page) {
        use(page, TestCard.INSUFFICIENT.number, "declined");
    }

    private void use(String page, String card, String wanted) {
        ExamActor.expect(wanted, tiptoppay.pay(ExamActor.subject(page), card));
    }

    @Override
    public boolean refundInCabinet(String page, String amount) {
        String order = ExamActor.subject(page);
        String site = Json.need(tiptoppay.world().order(order), "site");
        JsonObject paid =
                tiptoppay
                        .world()
                        .transactions(
                                site,
                                t ->
                                        Json.text(t, "order").filter(order::equals).isPresent()
                                                && Json.need(t, "Status").equals("Completed")
                                                && Json.number(t, "Type") == 0)
                        .get(0);
        tiptoppay.refund(site, Json.number(paid, "TransactionId"), amount);
        return true;
    }

    @Override
    public Map<String, String> rollSecret(Map<String, String> credentials) {
        return Map.of(SECRET, tiptoppay.rollSecret(credentials.get(PUBLIC_ID)));
    }

    @Override
    public ImitatedProvider provider() {
        return tiptoppay;
    }

    @Override
    public Books books(Map<String, String> credentials) {
        TiptoppayBooks books = tiptoppay.books(credentials.get(PUBLIC_ID), false);
        return new Books(
                books.captured().getOrDefault("KZT", 0L), books.refunded().getOrDefault("KZT", 0L));
    }
}
