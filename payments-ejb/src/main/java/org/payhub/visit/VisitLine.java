package org.payhub.visit;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Money;
import org.payhub.platform.Ids;

/** One service or product of a visit; written with it and never changed. */
@Entity
@Table(name = "visit_line")
class VisitLine {

    @Id private UUID id;

    @Column(name = "visit_id")
    private UUID visit;

    private int position;

    @Convert(converter = VisitLineKindColumn.class)
    private VisitLineKind kind;

    private String name;

    @Column(name = "staff_name")
    private String staffName;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "price_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "price_asset"))
    private Money price;

    VisitLine() {}

    VisitLine(UUID visit, int position, VisitLineRow line) {
        this.id = Ids.next();
        this.visit = visit;
        this.position = position;
        this.kind = line.kind();
        this.name = line.name().strip();
        this.staffName = line.staffName().orElse(null);
        this.price = line.price();
    }

    UUID visit() {
        return visit;
    }

    VisitLineRow row() {
        return new VisitLineRow(kind, name, Optional.ofNullable(staffName), price);
    }
}
