package org.payhub.web.shared;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.money.MoneyText;

/**
 * Amounts, times and names as people write them, in the language of the page and, for times, in a
 * location's zone: {@code #{show.time(row.startsAt, view.zone)}}.
 */
@Named("show")
@RequestScoped
public class Show {

    private static final Map<String, String> NETWORKS =
            Map.of(
                    "tron", "TRON",
                    "ethereum", "Ethereum",
                    "bitcoin", "Bitcoin",
                    "bsc", "BNB Smart Chain",
                    "ton", "TON");

    private static final Map<String, String> SIGNS =
            Map.of(
                    "EUR", "€", "KZT", "₸", "USD", "$", "GBP", "£", "RUB", "₽", "JPY", "¥", "UAH",
                    "₴", "TRY", "₺", "GEL", "₾");

    /** Currencies whose smallest unit nobody uses at a front desk: zeros after the point go. */
    private static final Set<String> WHOLE = Set.of("KZT", "HUF", "COP", "UZS", "AMD", "RSD");

    @Inject Clock clock;

    private final Locale fixed;

    /** For the container: the language is the page's. */
    public Show() {
        this(null, null);
    }

    Show(Clock clock, Locale fixed) {
        this.clock = clock;
        this.fixed = fixed;
    }

    private Locale locale() {
        return fixed == null ? Texts.pageLocale() : fixed;
    }

    // ---- money -------------------------------------------------------------------------------

    /** The digits with all decimals of the asset, for columns. */
    public String digits(Money money) {
        return money == null ? "" : MoneyText.digits(money, locale());
    }

    /** The digits without decimals that nobody speaks of, for sentences and big figures. */
    public String shortDigits(Money money) {
        return money == null ? "" : shortDigits(money, locale());
    }

    /** The currency's sign where it has one that is read everywhere, else its code. */
    public String unit(Asset asset) {
        return asset == null ? "" : SIGNS.getOrDefault(asset.code(), asset.symbol());
    }

    /** The code, with the network of a coin: {@code USDT · tron}. */
    public String code(Asset asset) {
        return asset == null ? "" : asset.code().replace(":", " · ");
    }

    /** The network of a coin as it writes itself; nothing for a currency. */
    public String network(Asset asset) {
        int colon = asset == null ? -1 : asset.code().indexOf(':');
        if (colon < 0) {
            return "";
        }
        String network = asset.code().substring(colon + 1);
        return NETWORKS.getOrDefault(network, network);
    }

    /** A coin with its network, a currency by its code: {@code USDT (TRON)}. */
    public String coin(Asset asset) {
        String network = network(asset);
        return asset == null
                ? ""
                : asset.symbol() + (network.isEmpty() ? "" : " (" + network + ")");
    }

    /** An amount inside a sentence: {@code 12,600 ₸}, never broken between digits and sign. */
    public String money(Money money) {
        return money == null ? "" : money(money, locale());
    }

    /** As {@link #money(Money)} in a language of choice. */
    public static String money(Money money, Locale locale) {
        return shortDigits(money, locale)
                + '\u00a0'
                + SIGNS.getOrDefault(money.asset().code(), money.asset().symbol());
    }

    private static String shortDigits(Money money, Locale locale) {
        String digits = MoneyText.digits(money, locale);
        int exponent = money.asset().exponent();
        if (WHOLE.contains(money.asset().code()) && digits.endsWith("0".repeat(exponent))) {
            return digits.substring(0, digits.length() - exponent - 1);
        }
        return digits;
    }

    public boolean isZero(Money money) {
        return money == null || money.isZero();
    }

    /** How much of the whole a part is, in per cent, for the width of a bar. */
    public int share(Money part, Money whole) {
        if (part == null || whole == null || !whole.isPositive() || !part.isPositive()) {
            return 0;
        }
        java.math.BigInteger percent =
                part.minor().multiply(java.math.BigInteger.valueOf(100)).divide(whole.minor());
        return Math.max(1, Math.min(100, percent.intValue()));
    }

    /** A whole number with the language's grouping. */
    public String number(long number) {
        return number(number, locale());
    }

    static String number(long number, Locale locale) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    // ---- time --------------------------------------------------------------------------------

    /** {@code 14:02}. */
    public String clock(Instant at, ZoneId zone) {
        return at == null ? "" : format("HH:mm", at.atZone(zone));
    }

    /** {@code 14:02:51}, where seconds are evidence. */
    public String clockExact(Instant at, ZoneId zone) {
        return at == null ? "" : format("HH:mm:ss", at.atZone(zone));
    }

    /** {@code 14:02} today, {@code 18 Nov, 11:20} this year, with the year before that. */
    public String time(Instant at, ZoneId zone) {
        if (at == null) {
            return "";
        }
        ZonedDateTime then = at.atZone(zone);
        ZonedDateTime now = clock.instant().atZone(zone);
        if (then.toLocalDate().equals(now.toLocalDate())) {
            return format("HH:mm", then);
        }
        return format(then.getYear() == now.getYear() ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm", then);
    }

    /** As {@link #time} with the day always said: {@code 20 Nov 14:02}, for columns. */
    public String dayAndTime(Instant at, ZoneId zone) {
        if (at == null) {
            return "";
        }
        ZonedDateTime then = at.atZone(zone);
        boolean thisYear = then.getYear() == clock.instant().atZone(zone).getYear();
        return format(thisYear ? "d MMM HH:mm" : "d MMM yyyy HH:mm", then);
    }

    /** Everything, for titles: {@code 20 November 2026, 14:02:51 (Europe/Madrid)}. */
    public String exact(Instant at, ZoneId zone) {
        return at == null
                ? ""
                : format(longDayOfMonth(locale()) + " yyyy, HH:mm:ss", at.atZone(zone))
                        + " ("
                        + zone.getId()
                        + ")";
    }

    /** For machines, in {@code <time datetime>}. */
    public String iso(Instant at) {
        return at == null ? "" : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code Friday, 20 November}. */
    public String longDay(LocalDate day) {
        return day == null ? "" : capital(pattern("EEEE, " + longDayOfMonth(locale())).format(day));
    }

    /** {@code Fri 20 Nov}, with the year when it is another. */
    public String day(LocalDate day, ZoneId zone) {
        if (day == null) {
            return "";
        }
        boolean thisYear = day.getYear() == clock.instant().atZone(zone).getYear();
        return capital(pattern(thisYear ? "EEE d MMM" : "EEE d MMM yyyy").format(day));
    }

    /** {@code 20 Nov}. */
    public String shortDay(LocalDate day) {
        return day == null ? "" : pattern("d MMM").format(day);
    }

    /** The day of that instant in that zone. */
    public LocalDate dayOf(Instant at, ZoneId zone) {
        return at == null ? null : at.atZone(zone).toLocalDate();
    }

    /** Where the times are from, for the head of a page: {@code Madrid (UTC+1)}. */
    public String zone(ZoneId zone) {
        String id = zone.getId();
        String city = id.substring(id.lastIndexOf('/') + 1).replace('_', ' ');
        String offset = zone.getRules().getOffset(clock.instant()).getId().replace("Z", "+0");
        String hours = offset.replaceFirst("^([+-])0?(\\d+):00$", "$1$2");
        return city + " (UTC" + hours.replace('-', '\u2212') + ")";
    }

    /** Whole minutes since then; pages say "2 minutes ago" only within the last hour. */
    public long minutesSince(Instant at) {
        return at == null ? 0 : Math.max(0, Duration.between(at, clock.instant()).toMinutes());
    }

    public Instant now() {
        return clock.instant();
    }

    // ---- names -------------------------------------------------------------------------------

    /** One or two letters that stand for a name in a round picture. */
    public String initials(String name) {
        if (name == null || name.isBlank()) {
            return "·";
        }
        String[] words = name.strip().split("\\s+");
        String first = letter(words[0]);
        String letters = words.length == 1 ? first : first + letter(words[words.length - 1]);
        return letters.toUpperCase(locale());
    }

    private static String letter(String word) {
        return word.substring(0, word.offsetByCodePoints(0, 1));
    }

    /** An id that fits a narrow place: its prefix and its last letters, the full one as title. */
    public String shortId(Object id) {
        String text = id == null ? "" : id.toString();
        int prefix = text.indexOf('_') + 1;
        return text.length() - prefix <= 8
                ? text
                : text.substring(0, prefix) + "…" + text.substring(text.length() - 6);
    }

    /** A phone in lists: enough to know it again, not enough to copy. */
    public String phone(String number) {
        return number == null || number.length() < 8
                ? ""
                : number.substring(0, 4) + " •• " + number.substring(number.length() - 4);
    }

    /** The name of a language in the language of the page. */
    public String language(String tag) {
        return tag == null || tag.isEmpty()
                ? ""
                : capital(Locale.forLanguageTag(tag).getDisplayLanguage(locale()));
    }

    /** {@code 20 November} in a language of choice, for messages to a client. */
    public static String day(LocalDate day, Locale locale) {
        return DateTimeFormatter.ofPattern(longDayOfMonth(locale), locale).format(day);
    }

    /** {@code 14:30} in a language of choice. */
    public static String clock(LocalTime time, Locale locale) {
        return DateTimeFormatter.ofPattern("HH:mm", locale).format(time);
    }

    /** Spanish puts a word between day and month; the other languages only inflect the month. */
    private static String longDayOfMonth(Locale locale) {
        return locale.getLanguage().equals("es") ? "d 'de' MMMM" : "d MMMM";
    }

    private String format(String pattern, ZonedDateTime at) {
        return pattern(pattern).format(at);
    }

    private DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, locale());
    }

    private String capital(String text) {
        int end = text.offsetByCodePoints(0, 1);
        return text.substring(0, end).toUpperCase(locale()) + text.substring(end);
    }
}
