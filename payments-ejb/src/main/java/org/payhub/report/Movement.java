package org.payhub.report;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Money;
import org.payhub.platform.Ids;

/** One movement of a provider's balance, as one row of {@code balance_itemised.v1}. */
final class Movement {

    static final List<String> COLUMNS =
            List.of(
                    "row_id",
                    "balance_transaction_id",
                    "created_utc",
                    "created",
                    "available_on_utc",
                    "available_on",
                    "booking_date",
                    "reporting_category",
                    "gross",
                    "fee",
                    "net",
                    "currency",
                    "customer_facing_amount",
                    "customer_facing_currency",
                    "exchange_rate",
                    "rate_source",
                    "provider",
                    "integration_id",
                    "livemode",
                    "payment_id",
                    "provider_payment_id",
                    "provider_event_id",
                    "charge_id",
                    "refund_id",
                    "dispute_id",
                    "payout_id",
                    "payout_effective_at_utc",
                    "trace_id",
                    "visit_id",
                    "visit_start",
                    "location_id",
                    "location_name",
                    "services",
                    "staff_name",
                    "client_id",
                    "client_name",
                    "payment_method_type",
                    "card_brand",
                    "card_last4",
                    "crypto_asset",
                    "crypto_network",
                    "crypto_amount",
                    "tx_hash",
                    "fee_provider",
                    "fee_fx",
                    "fee_platform",
                    "tax_on_fee",
                    "description",
                    "reconciliation_state",
                    "period_locked",
                    "journal_id");

    /** What happened of the transaction's kind, and whether money left. */
    private enum Category {
        CHARGE,
        REFUND,
        REFUND_FAILURE,
        DISPUTE,
        DISPUTE_REVERSAL,
        OTHER;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final ResultSet row;
    private final Optional<ZoneId> wantedZone;

    private Movement(ResultSet row, Optional<ZoneId> wantedZone) {
        this.row = row;
        this.wantedZone = wantedZone;
    }

    /** The cells of the row on which the result stands. */
    static List<String> cells(ResultSet row, Optional<ZoneId> wantedZone) throws SQLException {
        return new Movement(row, wantedZone).cells();
    }

    private List<String> cells() throws SQLException {
        Category category = category();
        Money told = signed(category, money("amount_minor", "amount_asset"));
        boolean ownBooking = category.compareTo(Category.DISPUTE) >= 0;
        Money booked = money("booking_minor", "booking_asset");
        Money gross = ownBooking || booked == null ? told : booked;
        Money fee =
                ownBooking
                        ? money("fee_minor", "fee_asset")
                        : money("booking_fee_minor", "booking_fee_asset");
        Money net = fee == null || !fee.asset().equals(gross.asset()) ? null : gross.minus(fee);
        ZoneId home = ZoneId.of(row.getString("time_zone"));
        ZoneId zone = wantedZone.orElse(home);
        Instant created = instant("occurred_at");
        Instant available = instant(ownBooking ? "own_available_at" : "available_at");
        String key = row.getString("transaction_key");
        String toldRate = row.getString(ownBooking ? "own_exchange_rate" : "exchange_rate");
        // Where the provider told none, the rate of the quote that the client was given.
        boolean quoted = toldRate == null && category == Category.CHARGE;
        String rate = quoted ? row.getString("quote_rate") : toldRate;
        String source = row.getString(quoted ? "quote_source" : "provider");

        List<String> cells = new ArrayList<>(COLUMNS.size());
        cells.add(Cells.id("txn", uuid("id")));
        cells.add(Cells.text(ownBooking ? key : row.getString("booking_key")));
        cells.add(Cells.utc(created));
        cells.add(Cells.local(created, zone));
        cells.add(Cells.utc(available));
        cells.add(Cells.local(available, zone));
        cells.add(created.atZone(home).toLocalDate().toString());
        cells.add(category.word());
        cells.add(Cells.amount(gross));
        cells.add(Cells.amount(fee));
        cells.add(Cells.amount(net));
        cells.add(Cells.asset(gross));
        // What the client saw; a dispute's movement is told in the settled currency alone.
        cells.add(ownBooking ? "" : Cells.amount(told));
        cells.add(ownBooking ? "" : Cells.asset(told));
        cells.add(rate == null ? "" : rate);
        cells.add(rate == null ? "" : Cells.text(source));
        cells.add(row.getString("provider"));
        cells.add(Cells.id("int", uuid("integration_id")));
        cells.add(Boolean.toString(row.getBoolean("livemode")));
        cells.add(Cells.id("pay", uuid("payment_id")));
        cells.add(Cells.text(row.getString("checkout_key")));
        cells.add(Cells.text(row.getString("event_key")));
        cells.add(Cells.text(category == Category.CHARGE ? key : row.getString("charge_key")));
        boolean refund = category == Category.REFUND || category == Category.REFUND_FAILURE;
        cells.add(refund ? Cells.text(key) : "");
        boolean dispute = category == Category.DISPUTE || category == Category.DISPUTE_REVERSAL;
        cells.add(dispute ? Cells.text(row.getString("source_key")) : "");
        // Payouts are stored and shown; which movements they hold is known once they are itemised.
        cells.add("");
        cells.add("");
        cells.add("");
        cells.add(Cells.id("vis", uuid("visit_id")));
        cells.add(Cells.local(instant("visit_starts_at"), zone));
        cells.add(Cells.id("loc", uuid("location_id")));
        cells.add(Cells.text(row.getString("location_name")));
        cells.add(Cells.text(row.getString("services")));
        cells.add(Cells.text(row.getString("staff")));
        cells.add(Cells.id("cli", uuid("client_id")));
        cells.add(Cells.text(row.getString("client_name")));
        cells.add(Cells.text(row.getString("method")));
        cells.add(Cells.text(row.getString("card_brand")));
        cells.add(Cells.text(row.getString("card_last4")));
        addCrypto(cells, told, category == Category.CHARGE ? key : null);
        cells.add(Cells.amount(fee));
        cells.add("");
        cells.add("");
        cells.add("");
        cells.add(Cells.text(description(category)));
        cells.add(state(category, fee));
        cells.add("false");
        cells.add(Cells.id("pst", uuid("posting_id")));
        return cells;
    }

    private Category category() throws SQLException {
        String kind = row.getString("kind");
        boolean negative = minor("amount_minor").signum() < 0;
        return switch (kind) {
            case "capture" -> Category.CHARGE;
            case "refund" -> Category.REFUND;
            case "refund_failure" -> Category.REFUND_FAILURE;
            case "dispute" -> negative ? Category.DISPUTE : Category.DISPUTE_REVERSAL;
            default -> Category.OTHER;
        };
    }

    /** Money out of our balance is negative. */
    private static Money signed(Category category, Money told) {
        return category == Category.REFUND ? told.negated() : told;
    }

    private static void addCrypto(List<String> cells, Money told, String transfer) {
        int colon = told.asset().code().indexOf(':');
        boolean crypto = colon >= 0;
        cells.add(crypto ? told.asset().symbol() : "");
        cells.add(crypto ? told.asset().code().substring(colon + 1) : "");
        cells.add(crypto ? Cells.amount(told) : "");
        cells.add(crypto && transfer != null ? Cells.text(transfer) : "");
    }

    private String description(Category category) throws SQLException {
        if ("PROOF".equals(row.getString("purpose"))) {
            return "Proof payment of the integration";
        }
        String reason = row.getString("refund_reason");
        return switch (category) {
            case CHARGE -> "Prepayment";
            case REFUND -> reason == null ? "Refund" : "Refund: " + reason;
            case REFUND_FAILURE -> "Failed refund";
            case DISPUTE -> "Dispute";
            case DISPUTE_REVERSAL -> "Dispute, money given back";
            case OTHER -> "Other booking of the provider";
        };
    }

    private String state(Category category, Money fee) throws SQLException {
        if (fee == null) {
            return "fee_pending";
        }
        return category == Category.CHARGE && row.getBoolean("in_suspense") ? "suspense" : "booked";
    }

    private Money money(String minor, String asset) throws SQLException {
        return Cells.money(minor(minor), row.getString(asset));
    }

    private BigInteger minor(String column) throws SQLException {
        return row.getBigDecimal(column) == null
                ? null
                : row.getBigDecimal(column).toBigIntegerExact();
    }

    private Instant instant(String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private UUID uuid(String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? null : Ids.of(bytes);
    }
}
