package org.payhub.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.it.Visitor;
import org.payhub.platform.Ids;
import org.payhub.tenancy.Role;

/** People of a test: an owner through the doors, the others beside them. */
public final class TestPeople {

    public static final String PASSWORD = "seven purple otters";

    private TestPeople() {}

    /** A business with its owner, who is logged in. */
    public record Business(String merchant, String email, Visitor owner) {}

    /** Makes a business through the operator's door and sets its owner's password. */
    public static Business business() {
        String email = "owner-" + UUID.randomUUID() + "@example.com";
        Http.Answer made =
                Http.post(
                        "/internal/merchants",
                        "{\"name\":\"Salon "
                                + email.substring(6, 12)
                                + "\",\"currency\":\"EUR\",\"timeZone\":\"Europe/Madrid\","
                                + "\"location\":\"Main\",\"ownerEmail\":\""
                                + email
                                + "\"}",
                        java.util.Map.of(
                                "Authorization",
                                "Bearer " + TestWorld.operatorToken(),
                                "Content-Type",
                                "application/json"));
        Visitor owner = Visitor.owner(made.text("setupUrl"), "Olga Owner", PASSWORD);
        return new Business(made.text("merchantId"), email, owner);
    }

    /** Adds a person of that role and logs them in. */
    public static Visitor person(String merchant, Role role) {
        return Visitor.loggedIn(add(merchant, role), PASSWORD);
    }

    /** Adds a person of that role; answers the e-mail. */
    public static String add(String merchant, Role role) {
        String email = role.name().toLowerCase() + "-" + UUID.randomUUID() + "@example.com";
        UUID user = UUID.randomUUID();
        Timestamp now = Timestamp.from(Instant.now().minusSeconds(5));
        try (Connection connection = TestWorld.owner()) {
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO hub_user (id, email, name, password_hash, language,"
                                    + " disabled, sessions_from, created_at, version)"
                                    + " VALUES (?, ?, ?, ?, 'en', FALSE, ?, ?, 0)")) {
                insert.setBytes(1, TestMerchant.bytes(user));
                insert.setString(2, email);
                insert.setString(3, "Test " + role);
                insert.setString(4, new Passwords().hashNew(PASSWORD));
                insert.setTimestamp(5, now);
                insert.setTimestamp(6, now);
                insert.executeUpdate();
            }
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO membership (id, user_id, merchant_id, role, created_at,"
                                    + " version) VALUES (?, ?, ?, ?, ?, 0)")) {
                insert.setBytes(1, TestMerchant.bytes(UUID.randomUUID()));
                insert.setBytes(2, TestMerchant.bytes(user));
                insert.setBytes(3, TestMerchant.bytes(Ids.require("mer", merchant, "merchant")));
                insert.setString(4, role.name());
                insert.setTimestamp(5, now);
                insert.executeUpdate();
            }
            return email;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
