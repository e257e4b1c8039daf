package org.payhub.web.payment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.ledger.Balance;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerAccount;
import org.payhub.ledger.LedgerFilter;
import org.payhub.ledger.LedgerRow;
import org.payhub.payment.PaymentId;
import org.payhub.platform.Page;
import org.payhub.web.shared.Days;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Walk;

/** The books: balances of the whole filter and the lines behind them. */
@Named("ledgerView")
@RequestScoped
public class LedgerView {

    private static final int ROWS = 50;

    @Inject Ledger ledger;
    @Inject Frame frame;

    private String account;
    private String payment;
    private String from;
    private String to;
    private String after;
    private String back;
    private Walk walk;
    private List<LedgerRow> rows = List.of();
    private List<Balance> balances = List.of();

    public void load() {
        walk =
                new Walk("ledger", after, back)
                        .with("account", account)
                        .with("payment", payment)
                        .with("from", from)
                        .with("to", to);
        LedgerFilter filter =
                new LedgerFilter(
                        accountOf(),
                        Optional.empty(),
                        paymentOf(),
                        Days.from(from, frame.getZone()),
                        Days.until(to, frame.getZone()));
        Page<LedgerRow> page = ledger.entries(frame.scope(), filter, walk.request(ROWS));
        walk.found(page.nextCursor());
        rows = page.items();
        balances = ledger.balances(frame.scope(), filter);
    }

    private Optional<LedgerAccount> accountOf() {
        return Arrays.stream(LedgerAccount.values())
                .filter(a -> a.word().equals(account))
                .findFirst();
    }

    private Optional<UUID> paymentOf() {
        return Optional.ofNullable(payment)
                .filter(p -> !p.isBlank())
                .map(p -> PaymentId.parse(p).value());
    }

    /** The payment of a line, for its link. */
    public String paymentId(LedgerRow row) {
        return row.payment().map(id -> new PaymentId(id).toString()).orElse("");
    }

    public boolean isFiltered() {
        return accountOf().isPresent() || paymentOf().isPresent() || filled(from) || filled(to);
    }

    private static boolean filled(String value) {
        return value != null && !value.isBlank();
    }

    public List<String> getAccounts() {
        return Arrays.stream(LedgerAccount.values()).map(LedgerAccount::word).toList();
    }

    public Walk getWalk() {
        return walk;
    }

    public List<LedgerRow> getRows() {
        return rows;
    }

    public List<Balance> getBalances() {
        return balances;
    }

    public String getAccount() {
        return account;
    }

    public void setAccount(String account) {
        this.account = account;
    }

    public String getPayment() {
        return payment;
    }

    public void setPayment(String payment) {
        this.payment = payment;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }

    public String getAfter() {
        return after;
    }

    public void setAfter(String after) {
        this.after = after;
    }

    public String getBack() {
        return back;
    }

    public void setBack(String back) {
        this.back = back;
    }
}
