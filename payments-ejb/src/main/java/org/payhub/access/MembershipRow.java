package org.payhub.access;

import java.util.Optional;
import java.util.Set;
import org.payhub.money.Money;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Role;

/** What a person is at one merchant; no locations means all of them. */
public record MembershipRow(
        MerchantId merchant,
        String merchantName,
        Role role,
        Set<LocationId> locations,
        Optional<Money> moneyLimit) {}
