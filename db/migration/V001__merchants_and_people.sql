-- Merchants, their locations, the people who work for them, and how people get in.
-- Ids are UUIDv7 made by the application; instants are UTC; text from outside that is compared
-- exactly has a binary collation.

CREATE TABLE merchant (
    id              BINARY(16)   NOT NULL,
    name            VARCHAR(200) NOT NULL,
    -- Seals this merchant's stored webhook bodies; itself sealed by the master key.
    sealed_data_key VARBINARY(255) NOT NULL,
    created_at      DATETIME(6)  NOT NULL,
    version         INT          NOT NULL,
    PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE location (
    id               BINARY(16)   NOT NULL,
    merchant_id      BINARY(16)   NOT NULL,
    name             VARCHAR(200) NOT NULL,
    currency         VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    time_zone        VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    default_location BOOLEAN      NOT NULL,
    created_at       DATETIME(6)  NOT NULL,
    version          INT          NOT NULL,
    PRIMARY KEY (id),
    KEY ix_location_merchant (merchant_id),
    CONSTRAINT fk_location_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE hub_user (
    id               BINARY(16)   NOT NULL,
    email            VARCHAR(255) COLLATE utf8mb4_bin NOT NULL, -- lower-cased by the application
    name             VARCHAR(200) NOT NULL,
    password_hash    VARCHAR(255) COLLATE utf8mb4_bin NULL,     -- null until the set-up link is used
    language         VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    disabled         BOOLEAN      NOT NULL,
    sessions_from    DATETIME(6)  NOT NULL,                     -- sessions begun earlier are over
    created_at       DATETIME(6)  NOT NULL,
    version          INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_hub_user_email (email)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE membership (
    id               BINARY(16)  NOT NULL,
    user_id          BINARY(16)  NOT NULL,
    merchant_id      BINARY(16)  NOT NULL,
    role             VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- Up to this amount money may be moved alone; null: no limit, or for the front desk: nothing.
    limit_minor      DECIMAL(38, 0) NULL,
    limit_asset      VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at       DATETIME(6) NOT NULL,
    version          INT         NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_membership_user_merchant (user_id, merchant_id),
    KEY ix_membership_merchant (merchant_id),
    CONSTRAINT fk_membership_user FOREIGN KEY (user_id) REFERENCES hub_user (id),
    CONSTRAINT fk_membership_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
    CONSTRAINT ck_membership_role CHECK (role IN
        ('OWNER', 'MANAGER', 'FRONT_DESK', 'ACCOUNTANT', 'INTEGRATOR', 'AUDITOR'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE membership_location (
    membership_id BINARY(16) NOT NULL,
    location_id   BINARY(16) NOT NULL,
    PRIMARY KEY (membership_id, location_id),
    KEY ix_membership_location_location (location_id),
    CONSTRAINT fk_membership_location_membership FOREIGN KEY (membership_id) REFERENCES membership (id),
    CONSTRAINT fk_membership_location_location FOREIGN KEY (location_id) REFERENCES location (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- A link by which a person sets a password: the first owner, or somebody who was invited.
-- Without merchant and user it makes the first merchant of the installation.
CREATE TABLE setup_link (
    id          BINARY(16)  NOT NULL,
    token_hash  BINARY(32)  NOT NULL,
    user_id     BINARY(16)  NULL,
    merchant_id BINARY(16)  NULL,
    expires_at  DATETIME(6) NOT NULL,
    used_at     DATETIME(6) NULL,
    created_at  DATETIME(6) NOT NULL,
    version     INT         NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_setup_link_token (token_hash)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Failed log-ins per account and per address: they slow the next try down and lock nobody out.
CREATE TABLE login_failure (
    subject     BINARY(32)  NOT NULL, -- hash of "account:…" or "address:…"
    failures    INT         NOT NULL,
    last_at     DATETIME(6) NOT NULL,
    PRIMARY KEY (subject)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE api_key (
    id           BINARY(16)   NOT NULL,
    merchant_id  BINARY(16)   NOT NULL,
    name         VARCHAR(200) NOT NULL,
    key_hash     BINARY(32)   NOT NULL,
    ending       VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    limit_minor  DECIMAL(38, 0) NULL,
    limit_asset  VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at   DATETIME(6)  NOT NULL,
    last_used_at DATETIME(6)  NULL,
    revoked_at   DATETIME(6)  NULL,
    version      INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_api_key_hash (key_hash),
    KEY ix_api_key_merchant (merchant_id),
    CONSTRAINT fk_api_key_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Answers already given to calls with an Idempotency-Key, kept 24 hours.
CREATE TABLE idempotent_answer (
    id            BINARY(16)   NOT NULL,
    scope_key     BINARY(32)   NOT NULL, -- hash of API key, path and Idempotency-Key
    request_hash  BINARY(32)   NOT NULL,
    status        SMALLINT     NULL,     -- null while the first call is still running
    content_type  VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL,
    body          MEDIUMBLOB   NULL,
    created_at    DATETIME(6)  NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_idempotent_answer_scope (scope_key),
    KEY ix_idempotent_answer_created (created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- One row for each job that must run on one node at a time: taken by compare-and-set.
CREATE TABLE job_lease (
    name        VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owner       VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    lease_until DATETIME(6)  NOT NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
