package org.payhub.web.withdrawal;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.money.MoneyText;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.platform.HubException;
import org.payhub.provider.Providers;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Look;
import org.payhub.web.shared.Pager;
import org.payhub.web.shared.Texts;
import org.payhub.withdrawal.AddressRow;
import org.payhub.withdrawal.AskWithdrawal;
import org.payhub.withdrawal.SendWithdrawal;
import org.payhub.withdrawal.WithdrawalAddresses;
import org.payhub.withdrawal.WithdrawalFilter;
import org.payhub.withdrawal.WithdrawalId;
import org.payhub.withdrawal.WithdrawalRow;
import org.payhub.withdrawal.WithdrawalStatus;
import org.payhub.withdrawal.Withdrawals;

/** Money that leaves for an address: one person asks for it, another agrees. */
@Named("withdrawalsView")
@ViewScoped
public class WithdrawalsView implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject Withdrawals withdrawals;
    @Inject SendWithdrawal sending;
    @Inject WithdrawalAddresses addressList;
    @Inject Payments payments;
    @Inject Providers providers;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;
    @Inject Look look;

    private final Pager<WithdrawalRow> pager = new Pager<>("withdrawals");
    private String paymentId;
    private List<ActiveIntegration> sources = List.of();
    private List<AddressRow> addresses = List.of();
    private PaymentRow returned;
    private WithdrawalRow chosen;

    private String integration;
    private String asset;
    private String amount;
    private String address;
    private String tag;
    private String reason;
    private String listedName;

    public void load() {
        pager.read(request -> withdrawals.page(frame.scope(), WithdrawalFilter.all(), request));
        sources = withdrawals.sources(frame.scope());
        addresses = addressList.list(frame.scope());
        if (paymentId != null && !paymentId.isBlank()) {
            returned = payments.get(frame.scope(), PaymentId.parse(paymentId));
        }
    }

    /** The empty form, or the one for money that goes back to whoever paid it. */
    public void openRequest() {
        errors.tried(
                () -> {
                    ActiveIntegration at = source();
                    integration = at.id().toString();
                    asset = returned == null ? getAssets().get(0).code() : back().asset().code();
                    amount = returned == null ? "" : MoneyText.digits(back(), look.getLocale());
                    address = "";
                    tag = "";
                    reason = returned == null ? "" : texts.of("withdrawals.return.reason");
                });
    }

    private ActiveIntegration source() {
        return sources.stream()
                .filter(s -> returned == null || s.id().equals(returned.integration()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new HubException(
                                        org.payhub.platform.Problem.CONFLICT,
                                        "withdrawal.not_supported",
                                        texts.of("withdrawals.nosource")));
    }

    /** What of the payment goes back: what waits to be placed, else all that can. */
    private Money back() {
        return returned.suspense().isPositive() ? returned.suspense() : returned.refundable();
    }

    public void request() {
        errors.tried(
                () -> {
                    sending.request(
                            frame.scope(),
                            new AskWithdrawal(
                                    IntegrationId.parse(integration),
                                    Optional.ofNullable(returned).map(PaymentRow::id),
                                    typedAmount(),
                                    address == null ? "" : address,
                                    Optional.ofNullable(tag)
                                            .map(String::strip)
                                            .filter(t -> !t.isEmpty()),
                                    reason,
                                    Optional.empty()));
                    paymentId = null;
                    returned = null;
                    load();
                    errors.done(
                            texts.of("withdrawals.requested"),
                            texts.of("withdrawals.requested.detail"));
                });
    }

    private Money typedAmount() {
        try {
            return MoneyText.parse(amount, Asset.of(asset), look.getLocale());
        } catch (HubException wrong) {
            throw HubException.ofField("amount", wrong.code(), errors.sentence(wrong));
        }
    }

    public void choose(WithdrawalId id) {
        errors.tried(() -> chosen = withdrawals.get(frame.scope(), id));
    }

    public void approve() {
        errors.tried(
                () -> {
                    WithdrawalRow sent = sending.approve(frame.scope(), chosen.id());
                    load();
                    errors.done(
                            texts.of(
                                    sent.status() == WithdrawalStatus.UNKNOWN
                                            ? "withdrawals.unknown"
                                            : "withdrawals.approved"),
                            "");
                });
    }

    public void cancel() {
        errors.tried(
                () -> {
                    sending.cancel(frame.scope(), chosen.id());
                    load();
                    errors.done(texts.of("withdrawals.cancelled"), "");
                });
    }

    // ---- the list of addresses ---------------------------------------------------------------

    public void openAddress() {
        errors.tried(
                () -> {
                    integration = source().id().toString();
                    asset = getAssets().get(0).code();
                    address = "";
                    listedName = "";
                });
    }

    public void addAddress() {
        errors.tried(
                () -> {
                    addressList.add(
                            frame.scope(),
                            IntegrationId.parse(integration),
                            Asset.of(asset),
                            address,
                            listedName);
                    load();
                    errors.done(texts.of("withdrawals.address.added"), "");
                });
    }

    public void removeAddress(AddressRow row) {
        errors.tried(
                () -> {
                    addressList.remove(frame.scope(), row.id());
                    load();
                    errors.done(texts.of("withdrawals.address.removed"), "");
                });
    }

    // ---- what the page reads -----------------------------------------------------------------

    /** What the providers hold that can be sent, or the kind that goes back. */
    public List<Asset> getAssets() {
        if (returned != null) {
            return List.of(back().asset());
        }
        return sources.stream()
                .flatMap(
                        s ->
                                (s.settlementAssets().isEmpty()
                                                ? providers.get(s.provider()).profile().assets()
                                                : s.settlementAssets())
                                        .stream())
                .distinct()
                .sorted(Comparator.comparing(Asset::code).reversed())
                .toList();
    }

    public boolean isMayAsk() {
        return frame.may(Right.ASK_WITHDRAWAL) && !sources.isEmpty();
    }

    /** Another person's request, and this person may agree to it. */
    public boolean mayApprove(WithdrawalRow row) {
        return row.status() == WithdrawalStatus.REQUESTED
                && frame.may(Right.APPROVE_WITHDRAWAL)
                && !row.requestedById().equals(frame.scope().actor().id());
    }

    public boolean mayCancel(WithdrawalRow row) {
        return row.status() == WithdrawalStatus.REQUESTED && frame.may(Right.ASK_WITHDRAWAL);
    }

    public boolean isMayList() {
        return frame.may(Right.APPROVE_WITHDRAWAL) && !sources.isEmpty();
    }

    public List<ActiveIntegration> getSources() {
        return sources;
    }

    public List<AddressRow> getAddresses() {
        return addresses;
    }

    public PaymentRow getReturned() {
        return returned;
    }

    public WithdrawalRow getChosen() {
        return chosen;
    }

    public Pager<WithdrawalRow> getPager() {
        return pager;
    }

    public String getPaymentId() {
        return paymentId;
    }

    public void setPaymentId(String paymentId) {
        this.paymentId = paymentId;
    }

    public String getIntegration() {
        return integration;
    }

    public void setIntegration(String integration) {
        this.integration = integration;
    }

    public String getAsset() {
        return asset;
    }

    public void setAsset(String asset) {
        this.asset = asset;
    }

    public String getAmount() {
        return amount;
    }

    public void setAmount(String amount) {
        this.amount = amount;
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public String getTag() {
        return tag;
    }

    public void setTag(String tag) {
        this.tag = tag;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getListedName() {
        return listedName;
    }

    public void setListedName(String listedName) {
        this.listedName = listedName;
    }
}
