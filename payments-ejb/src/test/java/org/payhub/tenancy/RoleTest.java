package org.payhub.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.payhub.tenancy.Right.*;
import static org.payhub.tenancy.Role.*;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleTest {

    private static final List<Role> COLUMNS =
            List.of(OWNER, MANAGER, FRONT_DESK, ACCOUNTANT, INTEGRATOR, AUDITOR, API_KEY);

    /** The table of rights as people read it: x may, - may not, one column per role. */
    private static final Map<Right, String> TABLE = new EnumMap<>(Right.class);

    static {
        TABLE.put(SEE_MONEY, "x x x x - x x");
        TABLE.put(MAKE_LINKS, "x x x - - - x");
        TABLE.put(MOVE_MONEY, "x x x - - - x");
        TABLE.put(RESOLVE_UNMATCHED, "x x - x - - x");
        TABLE.put(SEE_DISPUTES, "x x - x - x x");
        TABLE.put(ANSWER_DISPUTES, "x x - - - - -");
        TABLE.put(SEE_WITHDRAWALS, "x x - x - - x");
        TABLE.put(ASK_WITHDRAWAL, "x x - x - - x");
        TABLE.put(APPROVE_WITHDRAWAL, "x x - - - - -");
        TABLE.put(SEE_INTEGRATIONS, "x x - - x - x");
        TABLE.put(MANAGE_INTEGRATIONS, "x x - - x - x");
        TABLE.put(GO_LIVE, "x - - - - - x");
        TABLE.put(SEE_WEBHOOKS, "x x - - x x x");
        TABLE.put(REPLAY_WEBHOOKS, "x x - - x - x");
        TABLE.put(EXPORT, "x x - x - x x");
        TABLE.put(MANAGE_LOCATIONS, "x x - - - - -");
        TABLE.put(SET_RATES, "x x - - - - x");
        TABLE.put(MANAGE_PEOPLE, "x - - - - - -");
        TABLE.put(MANAGE_FRONT_DESK, "x x - - - - -");
        TABLE.put(SEE_AUDIT, "x - - - - x -");
    }

    @Test
    void every_role_has_exactly_the_rights_of_the_table() {
        assertThat(TABLE.keySet()).isEqualTo(Set.of(Right.values()));
        assertThat(EnumSet.copyOf(COLUMNS)).isEqualTo(EnumSet.allOf(Role.class));

        for (Right right : Right.values()) {
            String[] marks = TABLE.get(right).split(" ");
            for (int column = 0; column < COLUMNS.size(); column++) {
                assertThat(COLUMNS.get(column).may(right))
                        .as(COLUMNS.get(column) + " " + right)
                        .isEqualTo(marks[column].equals("x"));
            }
        }
    }

    @Test
    void only_the_front_desk_moves_nothing_until_a_limit_is_set() {
        for (Role role : Role.values()) {
            assertThat(role.needsLimitToMoveMoney()).as(role.name()).isEqualTo(role == FRONT_DESK);
        }
    }
}
