-- Clients, visits with their lines, and the links by which visits are paid in advance.

CREATE TABLE client (
    id          BINARY(16)   NOT NULL,
    merchant_id BINARY(16)   NOT NULL,
    external_id VARCHAR(255) COLLATE utf8mb4_bin NULL,
    name        VARCHAR(200) NOT NULL,
    phone       VARCHAR(20)  CHARACTER SET ascii COLLATE ascii_bin NULL, -- E.164
    email       VARCHAR(255) NULL,
    language    VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at  DATETIME(6)  NOT NULL,
    version     INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_client_external (merchant_id, external_id),
    KEY ix_client_phone (merchant_id, phone),
    CONSTRAINT fk_client_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE visit (
    id                BINARY(16)   NOT NULL,
    merchant_id       BINARY(16)   NOT NULL,
    location_id       BINARY(16)   NOT NULL,
    client_id         BINARY(16)   NOT NULL,
    external_id       VARCHAR(255) COLLATE utf8mb4_bin NULL,
    starts_at         DATETIME(6)  NOT NULL,
    ends_at           DATETIME(6)  NOT NULL,
    status            VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    price_minor       DECIMAL(38, 0) NOT NULL,
    price_asset       VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- Whose money counts for it: real or test. Kept in step by the payments, under the row's lock.
    livemode          BOOLEAN      NOT NULL,
    captured_minor    DECIMAL(38, 0) NOT NULL,
    refunded_minor    DECIMAL(38, 0) NOT NULL,
    payment_status    VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    note              VARCHAR(1000) NULL,
    created_at        DATETIME(6)  NOT NULL,
    cancelled_at      DATETIME(6)  NULL,
    version           INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_visit_external (merchant_id, external_id),
    KEY ix_visit_start (merchant_id, starts_at, id),
    KEY ix_visit_client (client_id),
    CONSTRAINT fk_visit_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
    CONSTRAINT fk_visit_location FOREIGN KEY (location_id) REFERENCES location (id),
    CONSTRAINT fk_visit_client FOREIGN KEY (client_id) REFERENCES client (id),
    CONSTRAINT ck_visit_status CHECK (status IN ('booked', 'completed', 'cancelled')),
    CONSTRAINT ck_visit_payment_status CHECK (payment_status IN
        ('none', 'pending', 'authorized', 'part_paid', 'paid', 'part_refunded', 'refunded', 'review')),
    CONSTRAINT ck_visit_amounts CHECK (price_minor >= 0 AND captured_minor >= 0
        AND refunded_minor >= 0 AND refunded_minor <= captured_minor)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE visit_line (
    id          BINARY(16)   NOT NULL,
    visit_id    BINARY(16)   NOT NULL,
    position    INT          NOT NULL,
    kind        VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name        VARCHAR(200) NOT NULL,
    staff_name  VARCHAR(200) NULL,
    price_minor DECIMAL(38, 0) NOT NULL,
    price_asset VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_visit_line_position (visit_id, position),
    CONSTRAINT fk_visit_line_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
    CONSTRAINT ck_visit_line_kind CHECK (kind IN ('service', 'product'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE payment_link (
    id              BINARY(16)  NOT NULL,
    merchant_id     BINARY(16)  NOT NULL,
    visit_id        BINARY(16)  NOT NULL,
    token           VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- 128 random bits
    amount_minor    DECIMAL(38, 0) NOT NULL,
    amount_asset    VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status          VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    livemode        BOOLEAN     NOT NULL,
    -- The providers that may be used, comma-separated codes; null: all that are connected.
    providers       VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
    expires_at      DATETIME(6) NOT NULL,
    opened_at       DATETIME(6) NULL,
    paid_at         DATETIME(6) NULL,
    -- The visit's id while the link can be used: at most one such link per visit.
    usable_visit_id BINARY(16)  NULL,
    created_by      VARCHAR(200) NOT NULL,
    created_at      DATETIME(6) NOT NULL,
    version         INT         NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_payment_link_token (token),
    UNIQUE KEY uq_payment_link_usable (usable_visit_id),
    KEY ix_payment_link_visit (visit_id),
    KEY ix_payment_link_expiry (status, expires_at),
    CONSTRAINT fk_payment_link_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
    CONSTRAINT ck_payment_link_status CHECK (status IN
        ('active', 'opened', 'pending', 'part_paid', 'paid', 'expired', 'cancelled', 'replaced')),
    CONSTRAINT ck_payment_link_amount CHECK (amount_minor > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
