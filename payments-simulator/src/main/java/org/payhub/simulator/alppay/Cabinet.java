package org.payhub.simulator.alppay;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.function.Supplier;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.CabinetParts;
import org.payhub.simulator.kit.CabinetSwitches;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;
import org.payhub.simulator.kit.Said;

/**
 * The merchant's cabinet under {@code /cabinet/alppay}: what the buttons do, those of "support"
 * included. Every button posts, does one thing and leads back with one sentence on what happened.
 */
final class Cabinet {

    private static final String HERE = "/cabinet/alppay/{account}";

    private final AlppaySimulator alppay;
    private final World world;

    Cabinet(AlppaySimulator alppay, World world) {
        this.alppay = alppay;
        this.world = world;
    }

    static String path(String account) {
        return "/cabinet/alppay/" + account;
    }

    void mount(Router r) {
        r.get("/cabinet/alppay", call -> Answer.seeOther(path(alppay.account().id())));
        r.post("/cabinet/alppay", this::addAccount);
        r.get(HERE, this::show);
        r.post(HERE + "/do", call -> back(call, () -> act(call)));
        r.post(HERE + "/webhooks", call -> back(call, () -> webhookUrls(call)));
        r.post(HERE + "/key", call -> back(call, () -> rollKey(call)));
        r.post(HERE + "/account", call -> back(call, () -> accountSwitches(call)));
        r.post(HERE + "/switches", call -> back(call, () -> switches(call)));
        r.post(HERE + "/resend", call -> back(call, () -> resend(call)));
    }

    private Answer show(Call call) {
        String account = call.var("account");
        world.merchant(account);
        return world.act(
                () ->
                        Answer.html(
                                200,
                                Html.page(
                                        "ALPPAY cabinet",
                                        "cabinet",
                                        new CabinetView(alppay, world, account)
                                                .body(Said.in(call)))));
    }

    private static Answer back(Call call, Supplier<String> work) {
        return Said.after(path(call.var("account")), work);
    }

    private Answer addAccount(Call call) {
        String name = Json.text(call.params(), "name").orElse("").strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("An account needs a name");
        }
        String email = Json.text(call.params(), "email").orElse("owner@account.example").strip();
        return Answer.seeOther(path(alppay.addAccount(name, email).id()));
    }

    private String act(Call call) {
        JsonObject in = call.params();
        String action = Json.need(in, "action");
        alppay.act(action, Json.need(in, "id"), in);
        return "Done: " + action.replace('_', ' ') + ".";
    }

    private String webhookUrls(Call call) {
        JsonObject in = call.params();
        alppay.webhookUrls(
                call.var("account"),
                Json.text(in, "payment").orElse("").strip(),
                Json.text(in, "withdrawal").orElse("").strip());
        return "Support has set the two addresses.";
    }

    private String rollKey(Call call) {
        boolean hmac = Json.need(call.params(), "kind").equals("hmac");
        if (hmac) {
            alppay.rollHmacKey(call.var("account"));
            return "Support made a new HMAC key. For a day the old one is taken as well.";
        }
        alppay.rollApiKey(call.var("account"));
        return "A new API key was made; the old one is refused from now on.";
    }

    private String accountSwitches(Call call) {
        JsonObject in = call.params();
        alppay.listed(call.var("account"), Json.flag(in, "listed"));
        alppay.tellsFees(call.var("account"), Json.flag(in, "tellsFees"));
        return "Saved.";
    }

    private String resend(Call call) {
        alppay.resend(Json.need(call.params(), "delivery"));
        return "Sent again.";
    }

    private String switches(Call call) {
        JsonObject in = call.params();
        if (!Json.need(in, "switch").equals("timing")) {
            return CabinetSwitches.set(alppay, in);
        }
        alppay.timeout(Duration.ofSeconds(CabinetParts.whole(in, "timeoutSeconds")));
        alppay.confirmByHand(Json.flag(in, "confirmByHand"));
        return "New invoices follow this.";
    }
}
