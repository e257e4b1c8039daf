-- Connections to providers, their sealed credentials, and what was refused on their address.

CREATE TABLE integration (
    id                   BINARY(16)   NOT NULL,
    merchant_id          BINARY(16)   NOT NULL,
    provider             VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    livemode             BOOLEAN      NOT NULL,
    status               VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    paused               BOOLEAN      NOT NULL,
    all_methods          BOOLEAN      NOT NULL, -- beyond cards and their wallets
    position             INT          NOT NULL, -- order on the pay page
    account_key          VARCHAR(255) COLLATE utf8mb4_bin NULL,
    account_name         VARCHAR(255) NULL,
    settlement_assets    VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    missing_rights       VARCHAR(2000) NOT NULL,
    warnings             VARCHAR(2000) NOT NULL,
    webhook_key          VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- 128 random bits
    bare_url             BOOLEAN      NOT NULL, -- the merchant registered the address without key
    webhook_registration VARCHAR(255) COLLATE utf8mb4_bin NULL, -- the provider's key of ours
    webhook_problem      VARCHAR(500) NULL,     -- what the last look at the provider's settings found
    proof_passed_at      DATETIME(6)  NULL,
    first_event_at       DATETIME(6)  NULL,
    last_event_at        DATETIME(6)  NULL,
    last_refused_at      DATETIME(6)  NULL,
    last_refusal         VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    refusals_in_a_row    INT          NOT NULL,
    last_call_ok_at      DATETIME(6)  NULL,
    last_call_failed_at  DATETIME(6)  NULL,
    last_call_problem    VARCHAR(500) NULL,
    connected_at         DATETIME(6)  NOT NULL,
    disconnected_at      DATETIME(6)  NULL,
    version              INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_integration_webhook_key (webhook_key),
    KEY ix_integration_merchant (merchant_id, provider, livemode),
    KEY ix_integration_provider (provider, bare_url),
    CONSTRAINT fk_integration_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
    CONSTRAINT ck_integration_status CHECK (status IN
        ('ACTION_NEEDED', 'TEST', 'LIVE', 'PAUSED', 'ERROR', 'NOT_CONNECTED'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE integration_location (
    integration_id BINARY(16) NOT NULL,
    location_id    BINARY(16) NOT NULL,
    PRIMARY KEY (integration_id, location_id),
    KEY ix_integration_location_location (location_id),
    CONSTRAINT fk_integration_location_integration FOREIGN KEY (integration_id) REFERENCES integration (id),
    CONSTRAINT fk_integration_location_location FOREIGN KEY (location_id) REFERENCES location (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE integration_credential (
    id             BINARY(16)    NOT NULL,
    integration_id BINARY(16)    NOT NULL,
    field          VARCHAR(64)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sealed         VARBINARY(4096) NOT NULL,
    fingerprint    BINARY(32)    NOT NULL, -- HMAC of the value: the same secret twice is found
    ending         VARCHAR(8)    COLLATE utf8mb4_bin NOT NULL,
    added_at       DATETIME(6)   NOT NULL,
    valid_until    DATETIME(6)   NULL,     -- set while it is being replaced
    version        INT           NOT NULL,
    PRIMARY KEY (id),
    KEY ix_integration_credential_integration (integration_id, field),
    KEY ix_integration_credential_fingerprint (fingerprint),
    CONSTRAINT fk_integration_credential_integration FOREIGN KEY (integration_id) REFERENCES integration (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Webhooks that were refused are counted, never kept. The integration is zeros where none was found.
CREATE TABLE webhook_refusal (
    provider       VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    integration_id BINARY(16)  NOT NULL,
    cause          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    refused        BIGINT      NOT NULL,
    last_at        DATETIME(6) NOT NULL,
    PRIMARY KEY (provider, integration_id, cause)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- What was typed into the connect wizard, without secrets, so that a refresh loses nothing else.
CREATE TABLE connect_draft (
    id          BINARY(16)    NOT NULL,
    merchant_id BINARY(16)    NOT NULL,
    user_id     BINARY(16)    NOT NULL,
    provider    VARCHAR(24)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    step        VARCHAR(24)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    content     LONGTEXT      NOT NULL,
    integration_id BINARY(16) NULL,
    started_at  DATETIME(6)   NOT NULL,
    saved_at    DATETIME(6)   NOT NULL,
    version     INT           NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_connect_draft (merchant_id, user_id, provider)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
