package org.payhub.web.operator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.payhub.access.Invitation;
import org.payhub.access.LoginResult;
import org.payhub.access.OwnerInvitation;
import org.payhub.access.People;
import org.payhub.access.Place;
import org.payhub.access.SetupLinks;
import org.payhub.access.Users;
import org.payhub.apikey.ApiKeys;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.client.NewClient;
import org.payhub.merchant.LocationCommand;
import org.payhub.merchant.LocationRow;
import org.payhub.merchant.Merchants;
import org.payhub.merchant.NewMerchant;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;
import org.payhub.visit.CreateVisit;
import org.payhub.visit.VisitLineKind;
import org.payhub.visit.VisitLineRow;
import org.payhub.visit.Visits;

/**
 * The demo's story, made through the same doors as everything else and in one transaction: two
 * businesses, people of every role, clients and visits. No provider is connected: that is what a
 * newcomer does first.
 */
@ApplicationScoped
public class DemoSeed {

    private static final List<Role> ROLES =
            List.of(
                    Role.OWNER,
                    Role.MANAGER,
                    Role.FRONT_DESK,
                    Role.ACCOUNTANT,
                    Role.INTEGRATOR,
                    Role.AUDITOR);

    /** Day from today, time, client, phone, mailbox, language, service, who, price, product. */
    private static final String ALBA =
            """
            -1 | 10:00 | Carmen Vidal | +34600000101 | carmen | - | Corte y peinado | Noa | 32.00
            -1 | 12:30 | James O'Neill | +353850000102 | james | en | Masaje de espalda, 50 min | Marc | 55.00
            0 | 09:30 | Sofía Núñez | +34600000103 | sofia | - | Color completo | Lucía | 78.50
            0 | 11:00 | Ольга Петрова | +34600000104 | olga | ru | Corte y peinado | Noa | 32.00
            0 | 13:15 | 山田 花子 | +819000000105 | hanako | en | Manicura | Noa | 24.00
            0 | 16:00 | Jordi Puig | +34600000106 | jordi | - | Corte y peinado | Marc | 25.00 | Cera mate | 14.90
            0 | 17:30 | Amélie Dubois | +33600000107 | amelie | en | Color completo | Lucía | 78.50
            0 | 19:00 | ليلى حداد | +34600000108 | layla | en | Masaje de espalda, 50 min | Marc | 55.00
            1 | 10:30 | Pablo Serrano | +34600000109 | pablo | - | Corte y peinado | Noa | 25.00
            1 | 12:00 | Anna-Lena Müßig | +4915100000110 | annalena | en | Manicura | Noa | 24.00
            1 | 18:00 | Carmen Vidal | +34600000101 | carmen | - | Color completo | Lucía | 78.50
            2 | 11:15 | Zoë Ng | +34600000111 | zoe | en | Masaje de espalda, 50 min | Marc | 55.00
            3 | 17:00 | Sofía Núñez | +34600000103 | sofia | - | Manicura | Noa | 24.00
            """;

    /** Day from today, time, client, phone, mailbox, language, service, who, price, product. */
    private static final String SHEBER =
            """
            -1 | 15:00 | Әлия Нұрпейісова | +77010000201 | aliya | - | Маникюр | Дана | 9000.00
            0 | 10:00 | Мария Соколова | +77010000202 | maria | ru | Шаш бояу | Айгерім | 28000.00
            0 | 12:00 | Жанар Төлегенова | +77010000203 | zhanar | - | Шаш қию | Дана | 12600.00
            0 | 14:30 | Алексей Цой | +77010000204 | alexey | ru | Шаш қию | Тимур | 8000.00
            0 | 18:00 | Гүлнұр Сапар | +77010000205 | gulnur | - | Қас пішіндеу | Дана | 6500.00
            1 | 11:00 | Sarah Lindqvist | +46700000206 | sarah | en | Маникюр | Дана | 9000.00
            1 | 16:30 | Мария Соколова | +77010000202 | maria | ru | Қас пішіндеу | Айгерім | 6500.00
            2 | 13:00 | Ерлан Бек | +77010000207 | erlan | - | Шаш қию | Тимур | 8000.00 | Шампунь | 4200.00
            """;

    @Inject Merchants merchants;
    @Inject SetupLinks links;
    @Inject People people;
    @Inject Users users;
    @Inject ApiKeys keys;
    @Inject Visits visits;
    @Inject AuditLog audit;
    @Inject Clock clock;

    /** For the container. */
    public DemoSeed() {}

    private record Person(String name, String mailbox) {}

    private record Booking(
            int day,
            String time,
            String client,
            String phone,
            String mailbox,
            String language,
            String service,
            String staff,
            String price,
            String product,
            String productPrice) {}

    /**
     * Makes it.
     *
     * <p><b>Errors</b>: {@code demo.already_seeded}.
     */
    @Transactional
    public JsonObject seed(String apiKey, Actor operator) {
        // Its entry locks the installation's chain: two seeds at once come one after the other.
        audit.recordInstallation(operator, "demo.seed", "installation", "demo", AuditDetails.NONE);
        if (merchants.first().isPresent()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "demo.already_seeded",
                    "There are businesses already; the demo's data are made on an empty database"
                            + " only.");
        }
        JsonArrayBuilder merchantsJson = Json.createArrayBuilder();
        JsonArrayBuilder usersJson = Json.createArrayBuilder();
        Scope alba =
                business(
                        new NewMerchant("Estudio Alba", "Malasaña", "EUR", "Europe/Madrid"),
                        "Chamberí",
                        "alba.example",
                        List.of(
                                new Person("Lucía Alba Romero", "lucia"),
                                new Person("Marc Ferrer", "marc"),
                                new Person("Noa Iglesias", "noa"),
                                new Person("Pilar Otero", "pilar"),
                                new Person("Iván Costa", "ivan"),
                                new Person("Elena Ruiz", "elena")),
                        "50.00",
                        operator,
                        merchantsJson,
                        usersJson);
        Scope sheber =
                business(
                        new NewMerchant("Шебер Studio", "Абай даңғылы", "KZT", "Asia/Almaty"),
                        "Достық",
                        "sheber.example",
                        List.of(
                                new Person("Айгерім Сейітова", "aigerim"),
                                new Person("Нұрлан Оспанов", "nurlan"),
                                new Person("Дана Қалиева", "dana"),
                                new Person("Вера Ким", "vera"),
                                new Person("Тимур Ахметов", "timur"),
                                new Person("Сәуле Жұмабаева", "saule")),
                        "20000.00",
                        operator,
                        merchantsJson,
                        usersJson);
        String key =
                apiKey.isEmpty()
                        ? keys.make(alba, "Booking system", Optional.empty()).key()
                        : keys.adopt(alba, "Booking system", apiKey).key();
        book(alba, bookings(ALBA), "es");
        book(sheber, bookings(SHEBER), "kk");
        return Json.createObjectBuilder()
                .add("merchants", merchantsJson)
                .add("users", usersJson)
                .add("apiKey", key)
                .build();
    }

    private Scope business(
            NewMerchant wanted,
            String secondLocation,
            String domain,
            List<Person> staff,
            String frontDeskLimit,
            Actor operator,
            JsonArrayBuilder merchantsJson,
            JsonArrayBuilder usersJson) {
        Person owner = staff.get(0);
        String address = operator.address();
        OwnerInvitation made = links.addMerchant(wanted, owner.mailbox() + "@" + domain, operator);
        String ownerPassword = password();
        LoginResult login =
                links.setPassword(token(made.setupUrl()), owner.name(), ownerPassword, address);
        Scope scope = users.scope(login.user(), made.merchant(), address);
        merchants.addLocation(
                scope, new LocationCommand(secondLocation, wanted.currency(), wanted.timeZone()));
        LocationRow location = merchants.defaultLocation(made.merchant());
        merchantsJson.add(
                Json.createObjectBuilder()
                        .add("id", made.merchant().toString())
                        .add("name", wanted.name())
                        .add("currency", location.currency().code())
                        .add("timeZone", location.zone().getId()));
        tell(usersJson, Role.OWNER, owner, domain, ownerPassword, made.merchant());
        for (int i = 1; i < ROLES.size(); i++) {
            Role role = ROLES.get(i);
            Person person = staff.get(i);
            Place place =
                    new Place(
                            role,
                            Set.of(),
                            role == Role.FRONT_DESK
                                    ? Optional.of(Money.parse(frontDeskLimit, location.currency()))
                                    : Optional.empty());
            Invitation invitation =
                    people.invite(scope, person.mailbox() + "@" + domain, person.name(), place);
            String password = password();
            links.setPassword(
                    token(invitation.setupUrl().orElseThrow()), person.name(), password, address);
            tell(usersJson, role, person, domain, password, made.merchant());
        }
        return scope;
    }

    private static void tell(
            JsonArrayBuilder usersJson,
            Role role,
            Person person,
            String domain,
            String password,
            MerchantId merchant) {
        usersJson.add(
                Json.createObjectBuilder()
                        .add("role", role.name().toLowerCase(Locale.ROOT))
                        .add("email", person.mailbox() + "@" + domain)
                        .add("password", password)
                        .add("merchantId", merchant.toString()));
    }

    private static String token(String url) {
        return url.substring(url.indexOf("token=") + 6);
    }

    /** Eighty random bits, in groups that can be read aloud. */
    private static String password() {
        String letters = MasterKey.token().substring(10);
        return letters.substring(0, 4)
                + "-"
                + letters.substring(4, 8)
                + "-"
                + letters.substring(8, 12)
                + "-"
                + letters.substring(12, 16);
    }

    private void book(Scope scope, List<Booking> bookings, String usualLanguage) {
        List<LocationRow> locations = merchants.locations(scope);
        for (int i = 0; i < bookings.size(); i++) {
            // Most at the first location, so that its day is full.
            LocationRow location = locations.get(i % 4 == 3 ? 1 : 0);
            visits.create(scope, visit(bookings.get(i), location, usualLanguage, i));
        }
    }

    private CreateVisit visit(
            Booking booking, LocationRow location, String usualLanguage, int number) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), location.zone());
        Money price = Money.parse(booking.price(), location.currency());
        VisitLineRow service =
                new VisitLineRow(
                        VisitLineKind.SERVICE,
                        booking.service(),
                        Optional.of(booking.staff()),
                        price);
        List<VisitLineRow> lines =
                booking.product().isEmpty()
                        ? List.of(service)
                        : List.of(
                                service,
                                new VisitLineRow(
                                        VisitLineKind.PRODUCT,
                                        booking.product(),
                                        Optional.empty(),
                                        Money.parse(booking.productPrice(), location.currency())));
        String language = booking.language().isEmpty() ? usualLanguage : booking.language();
        LocationId at = location.id();
        return new CreateVisit(
                Optional.of("demo-" + location.currency().code() + "-" + (1001 + number)),
                Optional.of(at),
                new NewClient(
                        Optional.empty(),
                        booking.client(),
                        Optional.of(booking.phone()),
                        Optional.of(booking.mailbox() + "@example.com"),
                        Optional.of(language)),
                lines,
                day.plusDays(booking.day())
                        .atTime(LocalTime.parse(booking.time()))
                        .atZone(location.zone())
                        .toInstant(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Booking> bookings(String table) {
        return table.lines().map(DemoSeed::booking).toList();
    }

    private static Booking booking(String line) {
        String[] told = line.strip().split(" \\| ", -1);
        return new Booking(
                Integer.parseInt(told[0]),
                told[1],
                told[2],
                told[3],
                told[4],
                told[5].equals("-") ? "" : told[5],
                told[6],
                told[7],
                told[8],
                told.length > 9 ? told[9] : "",
                told.length > 9 ? told[10] : "");
    }
}
