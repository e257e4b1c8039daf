package org.payhub.visit;

import java.io.Serializable;
import java.util.Optional;
import org.payhub.money.Money;

/** One service or product of a visit, who does it, and its price. */
public record VisitLineRow(VisitLineKind kind, String name, Optional<String> staffName, Money price)
        implements Serializable {}
