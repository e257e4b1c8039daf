package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.payhub.webhook.SignedPost.event;
import static org.payhub.webhook.SignedPost.freshId;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.Visitor;

/** The inbox as a booking system sees it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class InboxIT {

    private static final Pattern ROW =
            Pattern.compile("href=\"webhooks\\?type=thing\\.happened&amp;id=([^&\"]+)");

    private static JsonObject only(TestMerchant merchant, String query) {
        Http.Answer list = merchant.get("/webhook-deliveries?" + query);
        assertThat(list.status()).as(list.body()).isEqualTo(200);
        assertThat(list.json().getAsJsonArray("items")).as(list.body()).hasSize(1);
        return list.json().getAsJsonArray("items").get(0).getAsJsonObject();
    }

    private static void awaitIgnored(SignedPost sender, String id) {
        TestMerchant.await("event", () -> sender.stored(id), List.of("ignored")::equals);
    }

    @Test
    void a_delivery_is_found_by_its_event_its_object_and_its_own_id() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();
        sender.send(event(id, "thing.happened", ""));
        sender.send(event(freshId(), "thing.happened", ""));
        awaitIgnored(sender, id);

        JsonObject byEvent = only(sender.merchant(), "text=" + id);
        JsonObject byObject = only(sender.merchant(), "text=obj_" + id);
        JsonObject byItself = only(sender.merchant(), "text=" + Http.text(byEvent, "id"));

        assertThat(byObject).isEqualTo(byEvent);
        assertThat(byItself).isEqualTo(byEvent);
        assertThat(
                        sender.merchant()
                                .get("/webhook-deliveries?text=nothing-of-ours")
                                .json()
                                .getAsJsonArray("items"))
                .isEmpty();
    }

    @Test
    void pages_show_each_delivery_once_newest_first() {
        SignedPost sender = SignedPost.connect();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            String id = freshId();
            sender.send(event(id, "thing.happened", ""));
            sent.add(0, id);
        }

        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            Http.Answer page =
                    sender.merchant().get("/webhook-deliveries?limit=3&cursor=" + cursor);
            page.json()
                    .getAsJsonArray("items")
                    .forEach(
                            item ->
                                    listed.add(
                                            item.getAsJsonObject().get("eventId").getAsString()));
            cursor = page.text("nextCursor");
        } while (!cursor.isEmpty());

        assertThat(listed).isEqualTo(sent);
    }

    @Test
    void the_inbox_is_walked_on_and_back_by_addresses_that_keep_the_filter() {
        SignedPost sender = SignedPost.connect();
        for (int i = 0; i < 26; i++) {
            sender.send(event(freshId(), "thing.happened", ""));
        }
        sender.send(event(freshId(), "other.happened", ""));
        Visitor owner =
                Visitor.owner(
                        sender.merchant().setupUrl(), "Ana Ruiz", "correct horse battery staple");

        Http.Answer first = owner.get("/admin/webhooks?type=thing.happened");
        Http.Answer second = owner.get("/admin/" + address(first, "next"));
        Http.Answer again = owner.get("/admin/" + address(second, "prev"));

        assertThat(shown(first)).hasSize(25);
        assertThat(shown(second)).hasSize(1).doesNotContainAnyElementsOf(shown(first));
        assertThat(shown(again)).isEqualTo(shown(first));
        assertThat(second.body()).doesNotContain("rel=\"next\"");
        assertThat(again.body()).doesNotContain("rel=\"prev\"");
    }

    /** Where Previous or Next of the page leads. */
    private static String address(Http.Answer page, String rel) {
        Matcher link =
                Pattern.compile("rel=\"" + rel + "\" href=\"([^\"]+)\"").matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    /** The deliveries on the page, in its order. */
    private static List<String> shown(Http.Answer page) {
        return ROW.matcher(page.body()).results().map(row -> row.group(1)).toList();
    }

    @Test
    void running_one_again_changes_nothing_and_stands_in_the_audit() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();
        sender.send(event(id, "thing.happened", ""));
        awaitIgnored(sender, id);
        JsonObject before = only(sender.merchant(), "text=" + id);

        Http.Answer replayed =
                sender.merchant()
                        .post("/webhook-deliveries/" + Http.text(before, "id") + "/replay", "");

        assertThat(replayed.status()).as(replayed.body()).isEqualTo(202);
        TestMerchant.await(
                "second run",
                () -> Http.text(only(sender.merchant(), "text=" + id), "appliedAt"),
                at -> !at.equals(Http.text(before, "appliedAt")));
        awaitIgnored(sender, id);
    }

    @Test
    void a_conflict_is_not_run_again() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();
        sender.send(event(id, "thing.happened", ",\"amount\":1"));
        awaitIgnored(sender, id);
        sender.send(event(id, "thing.happened", ",\"amount\":2"));
        TestMerchant.await(
                "conflict", () -> sender.stored(id), List.of("ignored", "conflict")::equals);
        String conflict = Http.text(only(sender.merchant(), "status=conflict"), "id");

        Http.Answer replayed =
                sender.merchant().post("/webhook-deliveries/" + conflict + "/replay", "");

        assertThat(replayed.status()).isEqualTo(409);
        assertThat(replayed.text("code")).isEqualTo("webhook_delivery.cannot_be_replayed");
    }

    @Test
    void the_deliveries_of_another_merchant_do_not_exist() {
        SignedPost sender = SignedPost.connect();
        SignedPost other = SignedPost.connect();
        String id = freshId();
        sender.send(event(id, "thing.happened", ""));
        String delivery = Http.text(only(sender.merchant(), "text=" + id), "id");

        assertThat(other.merchant().get("/webhook-deliveries/" + delivery).status()).isEqualTo(404);
        assertThat(
                        other.merchant()
                                .post("/webhook-deliveries/" + delivery + "/replay", "")
                                .status())
                .isEqualTo(404);
        assertThat(
                        other.merchant()
                                .get("/webhook-deliveries?text=" + id)
                                .json()
                                .getAsJsonArray("items"))
                .isEmpty();
    }

    @Test
    void what_a_delivery_shows_covers_signatures_and_people() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();
        sender.send(
                event(
                        id,
                        "thing.happened",
                        ",\"billing_details\":{\"name\":\"Zoe Roe\",\"email\":\"zoe@example.com\"}"));
        String delivery = Http.text(only(sender.merchant(), "text=" + id), "id");

        Http.Answer detail = sender.merchant().get("/webhook-deliveries/" + delivery);

        assertThat(detail.body())
                .contains(id)
                .doesNotContain("Zoe Roe", "zoe@example.com", "v1=", sender.secret());
    }
}
