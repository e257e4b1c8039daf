package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Map;
import org.payhub.simulator.kit.Ids;
import org.payhub.simulator.kit.Json;

/**
 * Fresh objects with every field that Stripe sends, so that a reader meets the same nulls.
 *
 * <p>Source: the recorded events of 2026-04-22.dahlia and Stripe's API reference.
 */
final class Shapes {

    private Shapes() {}

    static JsonObject session(JsonObject params, String id, String url, boolean live) {
        return Json.of(
                "id",
                id,
                "object",
                "checkout.session",
                "adaptive_pricing",
                Json.of("enabled", false),
                "after_expiration",
                null,
                "allow_promotion_codes",
                null,
                "amount_subtotal",
                0,
                "amount_total",
                0,
                "automatic_tax",
                Json.of("enabled", false, "liability", null, "provider", null, "status", null),
                "billing_address_collection",
                null,
                "cancel_url",
                params.get("cancel_url"),
                "client_reference_id",
                params.get("client_reference_id"),
                "client_secret",
                null,
                "collected_information",
                null,
                "consent",
                null,
                "consent_collection",
                null,
                "created",
                0,
                "currency",
                null,
                "currency_conversion",
                null,
                "custom_fields",
                new JsonArray(),
                "custom_text",
                Json.of(
                        "after_submit", null,
                        "shipping_address", null,
                        "submit", null,
                        "terms_of_service_acceptance", null),
                "customer",
                params.get("customer"),
                "customer_account",
                null,
                "customer_creation",
                or(params, "customer_creation", "if_required"),
                "customer_details",
                null,
                "customer_email",
                params.get("customer_email"),
                "discounts",
                new JsonArray(),
                "expires_at",
                0,
                "invoice",
                null,
                "invoice_creation",
                null,
                "livemode",
                live,
                "locale",
                params.get("locale"),
                "metadata",
                metadata(params),
                "mode",
                "payment",
                "origin_context",
                null,
                "payment_intent",
                null,
                "payment_link",
                null,
                "payment_method_collection",
                "if_required",
                "payment_method_configuration_details",
                null,
                "payment_method_options",
                new JsonObject(),
                "payment_method_types",
                Json.list("card"),
                "payment_status",
                "unpaid",
                "permissions",
                null,
                "phone_number_collection",
                Json.of("enabled", false),
                "presentment_details",
                null,
                "recovered_from",
                null,
                "saved_payment_method_options",
                null,
                "setup_intent",
                null,
                "shipping_address_collection",
                null,
                "shipping_cost",
                null,
                "shipping_options",
                new JsonArray(),
                "status",
                "open",
                "submit_type",
                params.get("submit_type"),
                "subscription",
                null,
                "success_url",
                params.get("success_url"),
                "total_details",
                Json.of("amount_discount", 0, "amount_shipping", 0, "amount_tax", 0),
                "ui_mode",
                or(params, "ui_mode", "hosted_page"),
                "url",
                url,
                "wallet_options",
                null);
    }

    static JsonObject intent(String id, String secret, long amount, String currency, boolean live) {
        return Json.of(
                "id", id,
                "object", "payment_intent",
                "amount", amount,
                "amount_capturable", 0,
                "amount_details", Json.of("tip", new JsonObject()),
                "amount_received", 0,
                "application", null,
                "application_fee_amount", null,
                "automatic_payment_methods", null,
                "canceled_at", null,
                "cancellation_reason", null,
                "capture_method", "automatic_async",
                "client_secret", secret,
                "confirmation_method", "automatic",
                "created", 0,
                "currency", currency,
                "customer", null,
                "customer_account", null,
                "description", null,
                "excluded_payment_method_types", null,
                "last_payment_error", null,
                "latest_charge", null,
                "livemode", live,
                "metadata", new JsonObject(),
                "next_action", null,
                "on_behalf_of", null,
                "payment_method", null,
                "payment_method_configuration_details", null,
                "payment_method_options", new JsonObject(),
                "payment_method_types", Json.list("card"),
                "presentment_details", null,
                "processing", null,
                "receipt_email", null,
                "review", null,
                "setup_future_usage", null,
                "shipping", null,
                "source", null,
                "statement_descriptor", null,
                "statement_descriptor_suffix", null,
                "status", "requires_payment_method",
                "transfer_data", null,
                "transfer_group", null);
    }

    static JsonObject charge(String id, JsonObject intent, TestCard card, Ids ids) {
        long amount = Json.number(intent, "amount");
        return Json.of(
                "id",
                id,
                "object",
                "charge",
                "amount",
                amount,
                "amount_captured",
                0,
                "amount_refunded",
                0,
                "application",
                null,
                "application_fee",
                null,
                "application_fee_amount",
                null,
                "balance_transaction",
                null,
                "billing_details",
                billing(null),
                "calculated_statement_descriptor",
                null,
                "captured",
                false,
                "created",
                0,
                "currency",
                intent.get("currency"),
                "customer",
                intent.get("customer"),
                "description",
                intent.get("description"),
                "destination",
                null,
                "dispute",
                null,
                "disputed",
                false,
                "failure_balance_transaction",
                null,
                "failure_code",
                null,
                "failure_message",
                null,
                "fraud_details",
                new JsonObject(),
                "livemode",
                intent.get("livemode"),
                "metadata",
                intent.get("metadata").deepCopy(),
                "on_behalf_of",
                null,
                "order",
                null,
                "outcome",
                outcome(card),
                "paid",
                false,
                "payment_intent",
                intent.get("id"),
                "payment_method",
                ids.next("pm_1", 23),
                "payment_method_details",
                card.debit() ? debit(intent) : card(card, amount, ids),
                "presentment_details",
                null,
                "radar_options",
                new JsonObject(),
                "receipt_email",
                intent.get("receipt_email"),
                "receipt_number",
                null,
                "receipt_url",
                null,
                "refunded",
                false,
                "review",
                null,
                "shipping",
                null,
                "source",
                null,
                "source_transfer",
                null,
                "statement_descriptor",
                null,
                "statement_descriptor_suffix",
                intent.get("statement_descriptor_suffix"),
                "status",
                "failed",
                "transfer_data",
                null,
                "transfer_group",
                null);
    }

    static JsonObject billing(String email) {
        return Json.of(
                "address",
                        Json.of(
                                "city", null,
                                "country", null,
                                "line1", null,
                                "line2", null,
                                "postal_code", null,
                                "state", null),
                "email", email,
                "name", null,
                "phone", null,
                "tax_id", null);
    }

    private static JsonObject outcome(TestCard card) {
        return card.refusal()
                .map(
                        no ->
                                Json.of(
                                        "advice_code",
                                                no.networkCode() == null ? null : "try_again_later",
                                        "network_advice_code", null,
                                        "network_decline_code", no.networkCode(),
                                        "network_status",
                                                no.networkCode() == null
                                                        ? "not_sent_to_network"
                                                        : "declined_by_network",
                                        "reason",
                                                no.networkCode() == null
                                                        ? "highest_risk_level"
                                                        : no.declineCode(),
                                        "risk_level",
                                                no.networkCode() == null ? "highest" : "normal",
                                        "risk_score", no.networkCode() == null ? 92 : 12,
                                        "seller_message", no.seller(),
                                        "type", no.outcome()))
                .orElseGet(
                        () ->
                                Json.of(
                                        "advice_code",
                                        null,
                                        "network_advice_code",
                                        null,
                                        "network_decline_code",
                                        null,
                                        "network_status",
                                        "approved_by_network",
                                        "reason",
                                        null,
                                        "risk_level",
                                        "normal",
                                        "risk_score",
                                        21,
                                        "seller_message",
                                        "Payment complete.",
                                        "type",
                                        "authorized"));
    }

    private static JsonObject card(TestCard card, long amount, Ids ids) {
        JsonElement secure =
                card == TestCard.THREE_D_SECURE
                        ? Json.of(
                                "authentication_flow",
                                "challenge",
                                "electronic_commerce_indicator",
                                "05",
                                "exemption_indicator",
                                null,
                                "exemption_indicator_applied",
                                null,
                                "result",
                                "authenticated",
                                "result_reason",
                                null,
                                "transaction_id",
                                ids.next("", 24),
                                "version",
                                "2.2.0")
                        : JsonNull.INSTANCE;
        JsonObject details =
                Json.of(
                        "amount_authorized",
                        card.refusal().isPresent() ? JsonNull.INSTANCE : amount,
                        "authorization_code",
                        ids.digits(6),
                        "brand",
                        card.brand,
                        "checks",
                        Json.of(
                                "address_line1_check", null,
                                "address_postal_code_check", null,
                                "cvc_check", "pass"),
                        "country",
                        card.country,
                        "ds_transaction_id",
                        null,
                        "exp_month",
                        12,
                        "exp_year",
                        2034,
                        "extended_authorization",
                        Json.of("status", "disabled"),
                        "fingerprint",
                        ids.next("", 16),
                        "funding",
                        "credit",
                        "incremental_authorization",
                        Json.of("status", "unavailable"),
                        "installments",
                        null,
                        "last4",
                        card.lastFour(),
                        "mandate",
                        null,
                        "multicapture",
                        Json.of("status", "unavailable"),
                        "network",
                        card.brand,
                        "network_token",
                        Json.of("used", false),
                        "network_transaction_id",
                        ids.digits(15),
                        "overcapture",
                        Json.of("maximum_amount_capturable", amount, "status", "unavailable"),
                        "regulated_status",
                        "unregulated",
                        "three_d_secure",
                        secure,
                        "wallet",
                        null);
        return Json.of("card", details, "type", "card");
    }

    private static JsonObject debit(JsonObject intent) {
        boolean euro = "eur".equals(Json.need(intent, "currency"));
        String type = euro ? "sepa_debit" : "us_bank_account";
        JsonObject details =
                euro
                        ? Json.of(
                                "bank_code", "37040044",
                                "branch_code", "",
                                "country", "DE",
                                "expected_debit_date", null,
                                "fingerprint", "simulatedDebitFp",
                                "last4", "3000",
                                "mandate", "mandate_simulated")
                        : Json.of(
                                "account_holder_type", "individual",
                                "account_type", "checking",
                                "bank_name", "SIMULATED BANK",
                                "expected_debit_date", null,
                                "fingerprint", "simulatedDebitFp",
                                "last4", "3000",
                                "mandate", "mandate_simulated",
                                "payment_reference", null,
                                "routing_number", "110000000");
        return Json.of(type, details, "type", type);
    }

    static JsonObject refund(String id, JsonObject charge, long amount, String currency) {
        return Json.of(
                "id",
                id,
                "object",
                "refund",
                "amount",
                amount,
                "balance_transaction",
                null,
                "charge",
                charge.get("id"),
                "created",
                0,
                "currency",
                currency,
                "customer",
                charge.get("customer"),
                "destination_details",
                null,
                "metadata",
                new JsonObject(),
                "payment_intent",
                charge.get("payment_intent"),
                "payment_method",
                charge.get("payment_method"),
                "reason",
                null,
                "receipt_number",
                null,
                "source_transfer_reversal",
                null,
                "status",
                "succeeded",
                "transfer_reversal",
                null);
    }

    static JsonObject dispute(String id, JsonObject charge, long amount, String reason) {
        JsonObject evidence = new JsonObject();
        for (String name : EVIDENCE.split(" ")) {
            evidence.add(name, JsonNull.INSTANCE);
        }
        evidence.add("enhanced_evidence", new JsonObject());
        JsonObject card = Json.child(Json.child(charge, "payment_method_details"), "card");
        return Json.of(
                "id",
                id,
                "object",
                "dispute",
                "amount",
                amount,
                "balance_transaction",
                null,
                "balance_transactions",
                new JsonArray(),
                "charge",
                charge.get("id"),
                "created",
                0,
                "currency",
                charge.get("currency"),
                "enhanced_eligibility_types",
                new JsonArray(),
                "evidence",
                evidence,
                "evidence_details",
                Json.of(
                        "due_by",
                        0,
                        "enhanced_eligibility",
                        new JsonObject(),
                        "has_evidence",
                        false,
                        "past_due",
                        false,
                        "submission_count",
                        0),
                "is_charge_refundable",
                false,
                "livemode",
                charge.get("livemode"),
                "metadata",
                new JsonObject(),
                "payment_intent",
                charge.get("payment_intent"),
                "payment_method_details",
                Json.of(
                        "card",
                        Json.of(
                                "brand", card.get("brand"),
                                "case_type", "chargeback",
                                "network_reason_code", "10.4"),
                        "type",
                        "card"),
                "reason",
                reason,
                "status",
                "needs_response");
    }

    /** Every text that a merchant can hand in against a dispute. */
    static final String EVIDENCE =
            "access_activity_log billing_address cancellation_policy"
                    + " cancellation_policy_disclosure cancellation_rebuttal customer_communication"
                    + " customer_email_address customer_name customer_purchase_ip"
                    + " customer_signature duplicate_charge_documentation"
                    + " duplicate_charge_explanation duplicate_charge_id product_description"
                    + " receipt refund_policy refund_policy_disclosure refund_refusal_explanation"
                    + " service_date service_documentation shipping_address shipping_carrier"
                    + " shipping_date shipping_documentation shipping_tracking_number"
                    + " uncategorized_file uncategorized_text";

    static JsonObject payout(String id, long amount, String currency, boolean live) {
        return Json.of(
                "id",
                id,
                "object",
                "payout",
                "amount",
                amount,
                "application_fee",
                null,
                "application_fee_amount",
                null,
                "arrival_date",
                0,
                "automatic",
                true,
                "balance_transaction",
                null,
                "created",
                0,
                "currency",
                currency,
                "description",
                "STRIPE PAYOUT",
                "destination",
                "ba_1Simulated" + currency,
                "failure_balance_transaction",
                null,
                "failure_code",
                null,
                "failure_message",
                null,
                "livemode",
                live,
                "metadata",
                new JsonObject(),
                "method",
                "standard",
                "original_payout",
                null,
                "payout_method",
                null,
                "reconciliation_status",
                "in_progress",
                "reversed_by",
                null,
                "source_type",
                "card",
                "statement_descriptor",
                null,
                "status",
                "in_transit",
                "trace_id",
                Json.of("status", "pending", "value", null),
                "type",
                "bank_account");
    }

    /** Metadata as sent, every value a text. */
    static JsonObject metadata(JsonObject params) {
        JsonObject metadata = new JsonObject();
        for (Map.Entry<String, JsonElement> e : Json.child(params, "metadata").entrySet()) {
            metadata.add(e.getKey(), e.getValue());
        }
        return metadata;
    }

    private static Object or(JsonObject params, String name, String otherwise) {
        return params.has(name) ? params.get(name) : otherwise;
    }
}
