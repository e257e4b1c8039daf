package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonObject;
import org.payhub.simulator.kit.Json;

/**
 * One notification as it was made: who sends it does not matter to it.
 *
 * @param id of the notification, which the provider never tells
 * @param type {@code check}, {@code pay}, {@code fail}, {@code confirm}, {@code refund}, {@code
 *     cancel}
 * @param transaction number of the operation that it is about
 * @param form the body as a form, as it is signed
 */
public record TiptoppayNotice(String id, String type, String transaction, String form) {

    static TiptoppayNotice of(JsonObject notice) {
        return new TiptoppayNotice(
                Json.need(notice, "id"),
                Json.need(notice, "type"),
                Json.need(notice, "transaction"),
                Fields.form(Json.child(notice, "fields")));
    }
}
