package org.payhub.payment;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.Assets;
import org.payhub.money.Money;
import org.payhub.platform.Conditions;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.TypedText;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;
import org.payhub.visit.VisitId;

/** Turns a filter into the conditions of a query on payments {@code p}. */
final class PaymentSearch {

    private static final int LONGEST_TEXT = 100;
    private static final int LARGEST_EXPONENT = 18;

    private PaymentSearch() {}

    /** What the caller may see at all, in either mode. */
    static Conditions seen(Scope scope) {
        scope.require(Right.SEE_MONEY);
        Conditions where =
                new Conditions()
                        .add("p.merchant = :merchant", "merchant", scope.merchant().value());
        if (scope.isLocationBound()) {
            where.add(
                    "p.location in :locations",
                    "locations",
                    scope.locations().stream().map(LocationId::value).toList());
        }
        return where;
    }

    /**
     * @param byKey the payments of which a provider's key is the text that is looked for
     */
    static Conditions of(Scope scope, PaymentFilter filter, Collection<UUID> byKey) {
        Conditions where =
                seen(scope)
                        .add("p.livemode = :livemode", "livemode", scope.livemode())
                        .add("p.visit = :visit", "visit", filter.visit().map(VisitId::value))
                        .add(
                                "p.provider = :provider",
                                "provider",
                                filter.provider().map(TypedText::inAscii))
                        .add("p.createdAt >= :from", "from", filter.from())
                        .add("p.createdAt < :to", "to", filter.to());
        if (!filter.statuses().isEmpty()) {
            where.add("p.status in :statuses", "statuses", filter.statuses());
        }
        filter.text().ifPresent(text -> addText(where, cut(text), byKey));
        return where;
    }

    static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private static void addText(Conditions where, String text, Collection<UUID> byKey) {
        StringBuilder any =
                new StringBuilder(
                        "p.visit in (select v.id from Visit v, Client c where c.id = v.client"
                                + " and v.merchant = :merchant and (lower(c.name) like :like escape '!'"
                                + " or lower(c.email) like :like escape '!'"
                                + " or c.phone like :phone escape '!' or v.externalId = :text))");
        where.set("text", text);
        where.set("like", "%" + literal(text.toLowerCase(Locale.ROOT)) + "%");
        where.set("phone", TypedText.inAscii("%" + literal(text.replace(" ", "")) + "%"));
        id(text).ifPresent(
                        id -> {
                            any.append(
                                    " or p.id = :textId or p.visit = :textId or p.link = :textId");
                            where.set("textId", id);
                        });
        if (!byKey.isEmpty()) {
            any.append(" or p.id in :byKey");
            where.set("byKey", byKey);
        }
        if (text.length() == 4 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            any.append(" or p.cardLast4 = :text");
        }
        addAmount(where, any, text);
        where.add(any.toString());
    }

    private static Optional<UUID> id(String text) {
        return Ids.parse("pay", text)
                .or(() -> Ids.parse("vis", text))
                .or(() -> Ids.parse("lnk", text));
    }

    /** The same digits are another number of smallest units in each kind of asset. */
    private static void addAmount(Conditions where, StringBuilder any, String text) {
        String plain = text.replace(',', '.');
        for (int exponent = 0; exponent <= LARGEST_EXPONENT; exponent++) {
            int digits = exponent;
            List<Asset> assets = Assets.all().stream().filter(a -> a.exponent() == digits).toList();
            Optional<BigInteger> minor =
                    assets.isEmpty() ? Optional.empty() : minor(plain, assets.get(0));
            if (minor.isPresent()) {
                any.append(" or p.expected.minor = :minor")
                        .append(digits)
                        .append(" and p.expected.asset in :assets")
                        .append(digits);
                where.set("minor" + digits, minor.get());
                where.set("assets" + digits, assets);
            }
        }
    }

    private static Optional<BigInteger> minor(String text, Asset asset) {
        try {
            return Optional.of(Money.parse(text, asset).minor());
        } catch (HubException notAnAmount) {
            return Optional.empty();
        }
    }

    /** Text that a LIKE takes as it stands. */
    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
