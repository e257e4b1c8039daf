package org.payhub.web.integration;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the connect wizard keeps between its pages. No secret is ever part of it: only fields that
 * may be shown again, the locations, the switches and the proof payment.
 *
 * @param locations ids of the chosen locations; empty: all of them
 * @param fields field key → what was typed
 * @param notice whether what the provider gives notice of was confirmed
 * @param proofUrl the provider's page of the proof payment; empty while there is none
 * @param proofSkipped whether an owner went on without the proof
 */
public record WizardDraft(
        List<String> locations,
        Map<String, String> fields,
        boolean allMethods,
        boolean bareUrl,
        boolean notice,
        String proofPayment,
        String proofUrl,
        String proofUntil,
        boolean proofSkipped)
        implements Serializable {

    public WizardDraft {
        locations = List.copyOf(locations);
        fields = Map.copyOf(fields);
    }

    static WizardDraft empty() {
        return new WizardDraft(List.of(), Map.of(), false, false, false, "", "", "", false);
    }

    WizardDraft withLocations(List<String> chosen) {
        return new WizardDraft(
                chosen,
                fields,
                allMethods,
                bareUrl,
                notice,
                proofPayment,
                proofUrl,
                proofUntil,
                proofSkipped);
    }

    WizardDraft withNotice(boolean confirmed) {
        return new WizardDraft(
                locations,
                fields,
                allMethods,
                bareUrl,
                confirmed,
                proofPayment,
                proofUrl,
                proofUntil,
                proofSkipped);
    }

    WizardDraft withKeys(Map<String, String> typed, boolean all, boolean bare) {
        return new WizardDraft(
                locations,
                typed,
                all,
                bare,
                notice,
                proofPayment,
                proofUrl,
                proofUntil,
                proofSkipped);
    }

    WizardDraft withProof(String payment, String url, String until) {
        return new WizardDraft(
                locations, fields, allMethods, bareUrl, notice, payment, url, until, false);
    }

    /** The proof that stands there may be made later. */
    WizardDraft withProofSkipped() {
        return new WizardDraft(
                locations,
                fields,
                allMethods,
                bareUrl,
                notice,
                proofPayment,
                proofUrl,
                proofUntil,
                true);
    }

    String json() {
        JsonArrayBuilder places = Json.createArrayBuilder();
        locations.forEach(places::add);
        JsonObjectBuilder typed = Json.createObjectBuilder();
        fields.forEach(typed::add);
        return Json.createObjectBuilder()
                .add("locations", places)
                .add("fields", typed)
                .add("allMethods", allMethods)
                .add("bareUrl", bareUrl)
                .add("notice", notice)
                .add("proofPayment", proofPayment)
                .add("proofUrl", proofUrl)
                .add("proofUntil", proofUntil)
                .add("proofSkipped", proofSkipped)
                .build()
                .toString();
    }

    /** Reads a kept draft; one that cannot be read any more is as none. */
    static WizardDraft of(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject content = reader.readObject();
            List<String> places =
                    content
                            .getOrDefault("locations", JsonValue.EMPTY_JSON_ARRAY)
                            .asJsonArray()
                            .stream()
                            .map(place -> ((JsonString) place).getString())
                            .toList();
            Map<String, String> typed = new LinkedHashMap<>();
            content.getOrDefault("fields", JsonValue.EMPTY_JSON_OBJECT)
                    .asJsonObject()
                    .forEach((key, value) -> typed.put(key, ((JsonString) value).getString()));
            return new WizardDraft(
                    places,
                    typed,
                    content.getBoolean("allMethods", false),
                    content.getBoolean("bareUrl", false),
                    content.getBoolean("notice", false),
                    content.getString("proofPayment", ""),
                    content.getString("proofUrl", ""),
                    content.getString("proofUntil", ""),
                    content.getBoolean("proofSkipped", false));
        } catch (JsonException | ClassCastException e) {
            return empty();
        }
    }
}
