package org.payhub.payment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.payhub.client.NewClient;
import org.payhub.integration.IntegrationId;
import org.payhub.link.CreateLink;
import org.payhub.link.LinkRow;
import org.payhub.link.PaymentLinks;
import org.payhub.merchant.Merchants;
import org.payhub.merchant.NewMerchant;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.spi.CheckoutOpening.CheckoutAnswer;
import org.payhub.provider.spi.Reference;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;
import org.payhub.visit.CreateVisit;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitId;
import org.payhub.visit.VisitLineKind;
import org.payhub.visit.VisitLineRow;
import org.payhub.visit.Visits;

/** A merchant with one integration, made for one test, and payments on which reports can land. */
final class PreparedInContainer {

    private final Visits visits;
    private final PaymentLinks links;
    private final CheckoutRecords records;
    private final IntegrationId integration;
    private final Scope scope;
    private final String provider;

    PreparedInContainer(
            Merchants merchants,
            Visits visits,
            PaymentLinks links,
            CheckoutRecords records,
            DataSource dataSource)
            throws SQLException {
        this(merchants, visits, links, records, dataSource, "stripe", "EUR");
    }

    /** The same at another provider, which settles in those assets. */
    PreparedInContainer(
            Merchants merchants,
            Visits visits,
            PaymentLinks links,
            CheckoutRecords records,
            DataSource dataSource,
            String provider,
            String assets)
            throws SQLException {
        this.provider = provider;
        this.visits = visits;
        this.links = links;
        this.records = records;
        Actor owner = new Actor(Actor.Kind.USER, UUID.randomUUID(), "Olga Owner", "");
        MerchantId merchant =
                merchants.add(new NewMerchant("Books", "Centre", "EUR", "Europe/Madrid"), owner);
        this.integration = integration(dataSource, merchant, provider, assets);
        this.scope = new Scope(merchant, owner, Role.OWNER, Set.of(), Optional.empty(), false);
    }

    private static IntegrationId integration(
            DataSource dataSource, MerchantId merchant, String provider, String assets)
            throws SQLException {
        IntegrationId id = IntegrationId.next();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO integration (id, merchant_id, provider, livemode,"
                                        + " status, paused, all_methods, position,"
                                        + " settlement_assets, missing_rights, warnings,"
                                        + " webhook_key, bare_url, refusals_in_a_row, connected_at, account_key,"
                                        + " version) VALUES (?, ?, ?, FALSE, 'TEST', FALSE,"
                                        + " FALSE, 0, ?, '', '', ?, FALSE, 0, ?, ?, 0)")) {
            insert.setBytes(1, Ids.bytes(id.value()));
            insert.setBytes(2, Ids.bytes(merchant.value()));
            insert.setString(3, provider);
            insert.setString(4, assets);
            insert.setString(5, UUID.randomUUID().toString().replace("-", ""));
            insert.setTimestamp(6, Timestamp.from(Instant.now()));
            insert.setString(7, "acct_" + merchant);
            insert.executeUpdate();
        }
        return id;
    }

    Scope scope() {
        return scope;
    }

    IntegrationId integration() {
        return integration;
    }

    /** The same account once more, as another integration. */
    IntegrationId connectAnew(DataSource dataSource) throws SQLException {
        return integration(dataSource, scope.merchant(), "stripe", "EUR");
    }

    /** Another person of the merchant. */
    Scope colleague(String name, Role role) {
        return new Scope(
                scope.merchant(),
                new Actor(Actor.Kind.USER, UUID.randomUUID(), name, ""),
                role,
                Set.of(),
                Optional.empty(),
                false);
    }

    /** A visit of that price. */
    VisitId visit(Money price) {
        VisitDetail visit =
                visits.create(
                        scope,
                        new CreateVisit(
                                Optional.empty(),
                                Optional.empty(),
                                new NewClient(
                                        Optional.empty(),
                                        "=HYPERLINK(1)",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                List.of(
                                        new VisitLineRow(
                                                VisitLineKind.SERVICE,
                                                "Haircut; =1+1",
                                                Optional.of("Nina"),
                                                price)),
                                Instant.now().plusSeconds(86_400),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        return visit.id();
    }

    /** A payment whose page is open, known at the provider by that session. */
    PaymentId open(VisitId visit, String session) {
        LinkRow link = links.create(scope, visit, CreateLink.usual());
        return open(link, session, false);
    }

    PaymentId open(LinkRow link, String session, boolean hold) {
        OpenCheckoutCommand command =
                OpenCheckoutCommand.byLink(scope, link.id(), provider, Locale.ENGLISH);
        CheckoutStep step = records.prepare(hold ? command.holding() : command);
        PaymentId id = ((CheckoutStep.Order) step).payment();
        records.opened(
                id,
                new CheckoutAnswer(
                        new Reference("session", session),
                        "https://pay.example/" + session,
                        Instant.now().plusSeconds(3600)));
        return id;
    }
}
