package org.payhub.reconciliation;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.payhub.integration.IntegrationId;

/**
 * A compared day as pages and interfaces show it.
 *
 * @param zone whose midnight began the day
 * @param listed how many things the provider listed; while it runs, how far it has come
 * @param matched how many were known, the same
 * @param fetched how many were missing, and were applied
 * @param differences how many are left for a person
 * @param notOurs how many are the account's other business
 * @param problem why it failed
 */
public record ComparedDayRow(
        ComparedDayId id,
        IntegrationId integration,
        boolean livemode,
        LocalDate day,
        ZoneId zone,
        DayStatus status,
        int listed,
        int matched,
        int fetched,
        int differences,
        int notOurs,
        Optional<String> problem,
        Instant begunAt,
        Optional<Instant> endedAt)
        implements Serializable {}
