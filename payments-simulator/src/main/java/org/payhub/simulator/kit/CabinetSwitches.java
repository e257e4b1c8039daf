package org.payhub.simulator.kit;

import static org.payhub.simulator.kit.CabinetParts.number;
import static org.payhub.simulator.kit.CabinetParts.tick;
import static org.payhub.simulator.kit.CabinetParts.whole;

import com.google.gson.JsonObject;
import java.time.Duration;

/**
 * The cabinet's switches for webhooks, the clock and the answers of the interface: the forms, and
 * what they do. A provider adds its own ticks and forms.
 */
public final class CabinetSwitches {

    private static final String SET = "<button>Set</button></form>";

    private final String action;
    private final JsonObject all;
    private final JsonObject hooks;
    private final JsonObject api;

    /**
     * @param page the address of the cabinet; its forms post to {@code switches} below it
     */
    public CabinetSwitches(ImitatedProvider provider, String page) {
        this.action = page + "/switches";
        this.all = provider.describe();
        this.hooks = Json.child(all, "webhooks");
        this.api = Json.child(all, "api");
    }

    /**
     * The whole section.
     *
     * @param webhooks what the provider calls its webhooks
     * @param more ready-made HTML below the clock
     * @param ticks ready-made HTML beside the switches of the interface
     */
    public String section(String webhooks, String more, String ticks) {
        return CabinetParts.card("Switches")
                + "<div class=\"two\"><div><h3>"
                + Html.esc(webhooks)
                + "</h3>"
                + webhooks()
                + "<h3>Clock</h3>"
                + clock()
                + more
                + "</div><div><h3>Answers of the interface</h3>"
                + answers(ticks)
                + failures()
                + hanging()
                + "</div></div></section>";
    }

    /** Opens a form that sets this switch. */
    public String form(String name) {
        return "<form method=\"post\" class=\"row\" style=\"margin-block-end:8px\" action=\""
                + Html.esc(action)
                + "\">"
                + Html.hidden("switch", name);
    }

    private String webhooks() {
        String form =
                form("webhooks")
                        + number("delayMillis", "Late by, in ms", Json.number(hooks, "delayMillis"))
                        + number("copies", "How often each", Json.number(hooks, "copies"))
                        + tick("dropAll", "Lose all", Json.flag(hooks, "dropAll"))
                        + SET;
        if (!Json.flag(hooks, "holding")) {
            return form + form("hold") + "<button>Hold, to shuffle</button></form>";
        }
        return form
                + form("release")
                + number("seed", "Seed of the shuffle", 1)
                + "<button>Release "
                + Json.number(hooks, "heldBack")
                + " held</button></form>";
    }

    private String clock() {
        long minutes = Json.number(all, "clockOffsetSeconds") / 60;
        return form("clock") + number("minutes", "Ahead by, in minutes", minutes) + SET;
    }

    private String answers(String ticks) {
        return form("api")
                + number("slowMillis", "Slow by, in ms", Json.number(api, "slowMillis"))
                + tick("readsFail", "Every read fails", Json.flag(api, "readsFail"))
                + ticks
                + SET;
    }

    private String failures() {
        return form("fail")
                + number("calls", "Next calls", 1)
                + "<label>fail with<select name=\"kind\">"
                + "<option value=\"status\">500</option>"
                + "<option value=\"html\">HTML page, 502</option>"
                + "<option value=\"empty\">500, empty</option>"
                + "<option value=\"garbage\">200, no JSON</option>"
                + "<option value=\"reset\">Broken connection</option></select></label>"
                + tick("afterEffect", "after the effect", false)
                + SET;
    }

    private String hanging() {
        return Json.missing(api, "hang")
                ? form("hang") + "<button>Hold the answers to changes</button></form>"
                : form("unhang")
                        + "<button>Let go of "
                        + Json.number(api, "held")
                        + " held answers</button></form>";
    }

    /**
     * Does what one of these forms asks for, and answers the sentence that says so.
     *
     * <p>Errors: {@link IllegalArgumentException} for an unknown switch or a wrong number.
     */
    public static String set(ImitatedProvider provider, JsonObject in) {
        WebhookQueue queue = provider.webhooks();
        ApiFaults faults = provider.api();
        switch (Json.need(in, "switch")) {
            case "webhooks" -> {
                queue.delay(Duration.ofMillis(whole(in, "delayMillis")));
                queue.copies((int) whole(in, "copies"));
                queue.dropAll(Json.flag(in, "dropAll"));
            }
            case "hold" -> queue.hold();
            case "release" -> queue.release(whole(in, "seed"));
            case "api" -> {
                faults.slow(Duration.ofMillis(whole(in, "slowMillis")));
                faults.readsFail(Json.flag(in, "readsFail"));
            }
            case "fail" -> faults.failNext((int) whole(in, "calls"), failure(in));
            case "hang" -> faults.hang("POST ");
            case "unhang" -> faults.release();
            case "clock" -> provider.clock().offset(Duration.ofMinutes(whole(in, "minutes")));
            default -> throw new IllegalArgumentException("There is no such switch");
        }
        return "The switch is set.";
    }

    private static ApiFaults.Failure failure(JsonObject in) {
        ApiFaults.Failure failure = ApiFaults.Failure.of(ApiFaults.kind(Json.need(in, "kind")));
        return Json.flag(in, "afterEffect") ? failure.afterTheEffect() : failure;
    }
}
