package org.payhub.link;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.visit.VisitLineRow;

/**
 * What a client who opens a link is shown. Holds no more of the visit than the client told or was
 * told already.
 *
 * @param payable what pressing the button would charge: the link's amount, or less where less is
 *     due by now
 */
public record PayPage(
        LinkRow link,
        MerchantId merchant,
        String merchantName,
        LocationId location,
        String locationName,
        ZoneId zone,
        Instant startsAt,
        List<VisitLineRow> lines,
        boolean visitCancelled,
        Money price,
        Money due,
        Money payable,
        Optional<String> clientLanguage) {}
