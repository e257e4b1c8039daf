package org.payhub.simulator.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.CabinetSwitches;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;
import org.payhub.simulator.kit.Said;

/**
 * The merchant's cabinet under {@code /cabinet/stripe}: what the buttons do. Every button posts,
 * does one thing and leads back to the page with one sentence on what happened.
 */
final class CabinetPages {

    private static final String HERE = "/cabinet/stripe/{account}/{mode}";

    private final StripeSimulator stripe;
    private final World world;

    CabinetPages(StripeSimulator stripe, World world) {
        this.stripe = stripe;
        this.world = world;
    }

    void mount(Router r) {
        r.get("/cabinet/stripe", call -> Answer.seeOther(path(stripe.account().id(), "test")));
        r.post("/cabinet/stripe", this::addAccount);
        r.get(HERE, this::show);
        r.post(HERE + "/do", call -> back(call, () -> act(call)));
        r.post(HERE + "/endpoint", call -> back(call, () -> addEndpoint(call)));
        r.post(HERE + "/endpoint/{id}", call -> back(call, () -> endpoint(call)));
        r.post(HERE + "/key", call -> back(call, () -> rollKey(call)));
        r.post(HERE + "/rights", call -> back(call, () -> rights(call)));
        r.post(HERE + "/version", call -> back(call, () -> version(call)));
        r.post(HERE + "/switches", call -> back(call, () -> switches(call)));
        r.post(HERE + "/resend", call -> back(call, () -> resend(call)));
    }

    private Answer show(Call call) {
        Space space = space(call);
        return world.act(
                Cause.BANK,
                () ->
                        Answer.html(
                                200,
                                Html.page(
                                        "Stripe cabinet",
                                        "cabinet",
                                        new CabinetView(stripe, world, space)
                                                .body(Said.in(call)))));
    }

    private Answer back(Call call, Supplier<String> work) {
        Space space = space(call);
        return Said.after(path(space.account(), space.mode()), work);
    }

    private Answer addAccount(Call call) {
        JsonObject in = call.params();
        String name = Json.text(in, "name").orElse("").strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("An account needs a name");
        }
        String currency = Json.text(in, "currency").orElse("eur").strip();
        String country = Json.text(in, "country").orElse("ES").strip();
        StripeAccount made =
                stripe.addAccount(name, country, currency.toLowerCase(java.util.Locale.ROOT));
        return Answer.seeOther(path(made.id(), "test"));
    }

    private String act(Call call) {
        JsonObject in = call.params();
        String action = Json.need(in, "action");
        in.addProperty("livemode", space(call).live());
        stripe.act(action, Json.need(in, "id"), in);
        return "Done: " + action.replace('_', ' ') + ".";
    }

    private String addEndpoint(Call call) {
        JsonObject in = call.params();
        String types = Json.text(in, "types").orElse("*").strip();
        JsonObject params =
                Json.of(
                        "url", Json.text(in, "url").orElse("").strip(),
                        "enabled_events", Json.list((Object[]) types.split("[\\s,]+")));
        Json.text(in, "version")
                .filter(v -> !v.isBlank())
                .ifPresent(v -> params.addProperty("api_version", v.strip()));
        world.act(Cause.BANK, () -> world.endpoints.create(space(call), params));
        return "The endpoint was added. Copy its signing secret into the hub.";
    }

    private String endpoint(Call call) {
        String id = call.var("id");
        String action = Json.need(call.params(), "action");
        return switch (action) {
            case "roll" -> {
                stripe.rollWebhookSecret(id);
                yield "Rolled. For 24 hours the old secret signs as well.";
            }
            case "disable", "enable" -> {
                boolean off = action.equals("disable");
                world.act(
                        Cause.BANK,
                        () ->
                                world.endpoints.update(
                                        world.store.get(id), Json.of("disabled", off)));
                yield off ? "The endpoint is off." : "The endpoint is on.";
            }
            case "delete" -> {
                world.act(Cause.BANK, () -> world.store.delete(id));
                yield "The endpoint is gone.";
            }
            default -> throw new IllegalArgumentException("There is no action " + action);
        };
    }

    private String rollKey(Call call) {
        Space space = space(call);
        stripe.rollKey(space.account(), space.live(), Json.need(call.params(), "kind"));
        return "A new key was made; the old one is refused from now on.";
    }

    private String rights(Call call) {
        List<String> rights = new ArrayList<>();
        for (JsonElement e : Json.children(call.params(), "rights")) {
            rights.add(e.getAsString());
        }
        Space space = space(call);
        stripe.restrict(space.account(), space.live(), rights);
        return "The restricted key has " + rights.size() + " rights now.";
    }

    private String version(Call call) {
        String version = Json.text(call.params(), "version").orElse("").strip();
        if (!version.isEmpty()) {
            Endpoints.checkVersion(version);
        }
        stripe.eventVersion(space(call).account(), version.isEmpty() ? null : version);
        return "Events without an endpoint's own version follow this now.";
    }

    private String resend(Call call) {
        stripe.resend(Json.need(call.params(), "delivery"));
        return "Sent once more.";
    }

    private String switches(Call call) {
        JsonObject in = call.params();
        String name = Json.need(in, "switch");
        if (name.equals("unfreeze")) {
            stripe.unfreeze();
            return "Reads answer the present again.";
        }
        if (name.equals("api")) {
            stripe.asyncCapture(Json.flag(in, "asyncCapture"));
        }
        return CabinetSwitches.set(stripe, in);
    }

    private Space space(Call call) {
        String account = call.var("account");
        stripe.account(account);
        return new Space(account, call.var("mode").equals("live"));
    }

    static String path(String account, String mode) {
        return "/cabinet/stripe/" + account + "/" + mode;
    }
}
