package org.payhub.it;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.Parcel;

/**
 * Notifications with something about them changed. It knows no provider: it looks for what was
 * asked for, in whichever unit and notation it stands there.
 */
final class Altered {

    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.-])(?<!\\d:)(\\d{1,30}(?:\\.\\d{1,18})?)(?![\\w.:-])");

    /** What the words of an end that brought no money are, and what they would be otherwise. */
    private static final Map<String, String> GOOD_NEWS = new LinkedHashMap<>();

    static {
        GOOD_NEWS.put("Declined", "Completed");
        GOOD_NEWS.put("&Reason=", "&Status=Completed&Reason=");
        GOOD_NEWS.put("\"KO\"", "\"OK\"");
        GOOD_NEWS.put("EXPIRED", "COMPLETED");
        GOOD_NEWS.put("payment_intent.payment_failed", "payment_intent.succeeded");
        GOOD_NEWS.put("charge.failed", "charge.succeeded");
        GOOD_NEWS.put("failed", "succeeded");
        GOOD_NEWS.put("requires_payment_method", "succeeded");
        GOOD_NEWS.put("declined", "paid");
    }

    private Altered() {}

    /** The parcel with another text, rightly signed; empty where nothing changed. */
    static Optional<Parcel> of(Parcel told, UnaryOperator<String> change) {
        byte[] body = bytes(told, change);
        return java.util.Arrays.equals(body, told.body()) ? Optional.empty() : told.saying(body);
    }

    static List<Parcel> each(List<Parcel> told, UnaryOperator<String> change) {
        List<Parcel> changed = new ArrayList<>();
        told.forEach(parcel -> of(parcel, change).ifPresent(changed::add));
        return changed;
    }

    /** The same as bytes, signed as before. */
    static byte[] bytes(Parcel told, UnaryOperator<String> change) {
        String text = new String(told.body(), StandardCharsets.ISO_8859_1);
        return change.apply(text).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** So many times the amount that the exam asks for, plus so many of the smallest unit. */
    static UnaryOperator<String> amount(ExamActor actor, BigDecimal times, long plusSmallest) {
        BigDecimal price = new BigDecimal(actor.price());
        BigDecimal asked = actor.coin().isPresent() ? price.multiply(new BigDecimal("1.1")) : price;
        int digits = actor.coin().isPresent() ? 6 : 2;
        BigDecimal minor = asked.movePointRight(digits);
        return text ->
                NUMBER.matcher(text)
                        .replaceAll(
                                found ->
                                        Matcher.quoteReplacement(
                                                other(
                                                        found.group(1),
                                                        asked,
                                                        minor,
                                                        digits,
                                                        times,
                                                        plusSmallest)));
    }

    private static String other(
            String number,
            BigDecimal asked,
            BigDecimal minor,
            int digits,
            BigDecimal times,
            long plus) {
        BigDecimal value = new BigDecimal(number);
        if (value.compareTo(asked) == 0) {
            BigDecimal changed = value.multiply(times).add(BigDecimal.valueOf(plus, digits));
            return changed.setScale(
                            Math.max(value.scale(), plus == 0 ? 0 : digits),
                            java.math.RoundingMode.UNNECESSARY)
                    .toPlainString();
        }
        if (value.compareTo(minor) == 0) {
            return value.multiply(times).add(BigDecimal.valueOf(plus)).toPlainString();
        }
        return number;
    }

    /** The same figures of other money. */
    static UnaryOperator<String> currency(ExamActor actor) {
        String now = actor.coin().map(coin -> coin.split(":")[0]).orElse(actor.currency());
        String other = actor.coin().isPresent() ? "USDC" : now.equals("USD") ? "EUR" : "USD";
        return text ->
                text.replace(now, other)
                        .replace(now.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }

    /** What ended badly is said to have ended well. */
    static UnaryOperator<String> goodNews() {
        return text -> {
            String better = text;
            for (Map.Entry<String, String> word : GOOD_NEWS.entrySet()) {
                better = better.replace(word.getKey(), word.getValue());
            }
            return better;
        };
    }

    /** Of a kind, or in a state, that nobody has heard of. */
    static UnaryOperator<String> unheardOf(Parcel told) {
        return text ->
                text.contains('"' + told.type() + '"')
                        ? text.replace('"' + told.type() + '"', "\"exam.unheard_of\"")
                        : text.replaceFirst(
                                "(?i)(\"?(?:status|operationtype)\"?[:=]\"?)[A-Za-z_]+",
                                "$1UNHEARD_OF");
    }

    /** One more field, as that notation writes it. */
    static UnaryOperator<String> with(String jsonMember, String formPart) {
        return text ->
                text.startsWith("{")
                        ? "{" + jsonMember + "," + text.substring(1)
                        : text + "&" + formPart;
    }
}
