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
import org.payhub.web.shared.DayRange;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Pager;

/** The books: balances of the whole filter and the lines behind them. */
@Named("ledgerView")
@RequestScoped
public class LedgerView {

    @Inject Ledger ledger;
    @Inject Frame frame;

    private final Pager<LedgerRow> pager = new Pager<>("ledger");
    private final DayRange days = new DayRange();
    private String account;
    private String payment;
    private List<Balance> balances = List.of();

    public void load() {
        LedgerFilter filter =
                new LedgerFilter(
                        accountOf(),
                        Optional.empty(),
                        paymentOf(),
                        days.begin(frame.getZone()),
                        days.end(frame.getZone()));
        pager.with("account", account)
                .with("payment", payment)
                .with(days)
                .read(request -> ledger.entries(frame.scope(), filter, request));
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
        return accountOf().isPresent() || paymentOf().isPresent() || days.isChosen();
    }

    public List<String> getAccounts() {
        return Arrays.stream(LedgerAccount.values()).map(LedgerAccount::word).toList();
    }

    public Pager<LedgerRow> getPager() {
        return pager;
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

    public DayRange getDays() {
        return days;
    }
}
