package org.payhub.web.shared;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.payhub.access.MembershipRow;
import org.payhub.audit.StrayRequests;
import org.payhub.dispute.DisputeFilter;
import org.payhub.dispute.DisputeStatus;
import org.payhub.dispute.Disputes;
import org.payhub.merchant.LocationRow;
import org.payhub.merchant.Merchants;
import org.payhub.platform.HubException;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;
import org.payhub.unmatched.UnmatchedMoney;
import org.payhub.web.access.SignedInUser;
import org.payhub.withdrawal.Withdrawals;

/**
 * The frame around every page of one request: whose money is looked at, which entries the menu has
 * for this person, what waits for them, and whether the money shown is real.
 */
@Named("frame")
@RequestScoped
public class Frame {

    private static final Set<String> FINANCE =
            Set.of(
                    "payments",
                    "payouts",
                    "disputes",
                    "unmatched",
                    "withdrawals",
                    "reconciliation",
                    "ledger",
                    "exports");
    private static final Set<String> SETTINGS =
            Set.of("integrations", "webhooks", "calls", "rates", "rules", "people", "audit");

    private static final int MOST_COUNTED = 99;

    /** A prefix and 26 letters, as {@link org.payhub.platform.Ids} writes them. */
    private static final Pattern ID = Pattern.compile("[a-z]{3}_[0-9a-z]{26}");

    @Inject SignedInUser user;
    @Inject Merchants merchants;
    @Inject UnmatchedMoney unmatched;
    @Inject Disputes disputes;
    @Inject Withdrawals withdrawals;
    @Inject StrayRequests strays;
    @Inject Clock clock;

    private Scope scope;
    private List<LocationRow> locations;
    private Long unmatchedOpen;
    private Long disputesNeeding;
    private Long withdrawalsWaiting;

    /** The scope of this request, read once. */
    public Scope scope() {
        if (scope == null) {
            scope = user.scope();
        }
        return scope;
    }

    public boolean may(Right right) {
        return scope().may(right);
    }

    /** Notes a refusal that says "not there" to somebody who is logged in. */
    public void note(HubException refusal, String address) {
        if (user.isKnown()) {
            strays.note(scope(), refusal, idIn(address));
        }
    }

    /** The first id of ours in an address; empty where it has none. */
    public static String idIn(String address) {
        Matcher id = ID.matcher(address == null ? "" : address);
        return id.find() ? id.group() : "";
    }

    public Role getRole() {
        return scope().role();
    }

    public String getPersonName() {
        return user.getName();
    }

    public MerchantId getMerchantId() {
        return scope().merchant();
    }

    public String getMerchantName() {
        return merchants.get(scope().merchant()).name();
    }

    public List<MembershipRow> getMerchants() {
        return user.memberships();
    }

    public String switchTo(MerchantId merchant) {
        user.lookAt(merchant);
        return "/admin/home?faces-redirect=true";
    }

    /** The locations this person works at. */
    public List<LocationRow> getLocations() {
        if (locations == null) {
            locations =
                    merchants.locations(scope()).stream()
                            .filter(location -> scope().sees(location.id()))
                            .toList();
        }
        return locations;
    }

    public int getLocationCount() {
        return getLocations().size();
    }

    /** The location that pages use where nothing says which. */
    public LocationRow getDefaultLocation() {
        return getLocations().stream()
                .filter(LocationRow::isDefault)
                .findFirst()
                .orElseGet(
                        () ->
                                getLocations().isEmpty()
                                        ? merchants.defaultLocation(scope().merchant())
                                        : getLocations().get(0));
    }

    /** A location by its id, for the name and the zone of a row. */
    public LocationRow location(LocationId id) {
        return getLocations().stream()
                .filter(location -> location.id().equals(id))
                .findFirst()
                .orElseGet(() -> merchants.location(id));
    }

    /** The moment of this request. */
    public Instant now() {
        return clock.instant();
    }

    /** The zone of times that belong to no location of their own. */
    public ZoneId getZone() {
        return getDefaultLocation().zone();
    }

    public boolean isTestMode() {
        return !scope().livemode();
    }

    // ---- what waits for this person ----------------------------------------------------------

    /** How much genuine money waits to be placed; only for those who may see money. */
    public long getUnmatchedOpen() {
        if (unmatchedOpen == null) {
            unmatchedOpen = may(Right.SEE_MONEY) ? unmatched.countOpen(scope()) : 0L;
        }
        return unmatchedOpen;
    }

    /** How many disputes wait for an answer; more than a page of them counts as a page. */
    public long getDisputesNeeding() {
        if (disputesNeeding == null) {
            disputesNeeding = may(Right.SEE_DISPUTES) ? countDisputes() : 0L;
        }
        return disputesNeeding;
    }

    private long countDisputes() {
        DisputeFilter needing =
                new DisputeFilter(
                        Optional.empty(),
                        Set.of(DisputeStatus.NEEDS_RESPONSE),
                        Optional.empty(),
                        Optional.empty());
        return disputes.page(scope(), needing, PageRequest.first(MOST_COUNTED)).items().size();
    }

    /** How many withdrawals wait for a second person, for those who can be it. */
    public long getWithdrawalsWaiting() {
        if (withdrawalsWaiting == null) {
            withdrawalsWaiting =
                    may(Right.APPROVE_WITHDRAWAL) ? withdrawals.countWaiting(scope()) : 0L;
        }
        return withdrawalsWaiting;
    }

    public long getFinanceNeeds() {
        return getUnmatchedOpen() + getDisputesNeeding() + getWithdrawalsWaiting();
    }

    public boolean inFinance(String page) {
        return FINANCE.contains(page);
    }

    public boolean inSettings(String page) {
        return SETTINGS.contains(page);
    }

    public boolean isSettings() {
        return !getFirstSetting().equals("home");
    }

    /** Where "Settings" leads a person of this role. */
    public String getFirstSetting() {
        if (may(Right.SEE_INTEGRATIONS)) {
            return "integrations";
        }
        if (may(Right.SEE_WEBHOOKS)) {
            return "webhooks";
        }
        return may(Right.SEE_AUDIT) ? "audit" : "home";
    }
}
