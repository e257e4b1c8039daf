-- The inbox: one row for each genuine webhook, stored before the provider is answered.

CREATE TABLE webhook_delivery (
    id              BINARY(16)   NOT NULL,
    merchant_id     BINARY(16)   NOT NULL,
    integration_id  BINARY(16)   NOT NULL,
    provider        VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    livemode        BOOLEAN      NOT NULL,
    event_key       VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    -- Hash of type, object, amount and currency: the same means a repeat, another a conflict.
    fingerprint     BINARY(32)   NOT NULL,
    event_type      VARCHAR(120) COLLATE utf8mb4_bin NOT NULL,
    object_key      VARCHAR(255) COLLATE utf8mb4_bin NULL,
    sealed_headers  BLOB         NULL,
    sealed_body     MEDIUMBLOB   NULL, -- goes after 400 days; the hash stays
    body_hash       BINARY(32)   NOT NULL,
    body_size       INT          NOT NULL,
    received_at     DATETIME(6)  NOT NULL,
    status          VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason          VARCHAR(500) NULL,
    attempts        INT          NOT NULL,
    -- When it is worked off next; while it is claimed, when the claim ends. Null: nothing to do.
    next_attempt_at DATETIME(6)  NULL,
    owner           VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    lease_until     DATETIME(6)  NULL,
    payment_id      BINARY(16)   NULL,
    -- What it changed, in words for people, as JSON.
    changes         LONGTEXT     NULL,
    applied_at      DATETIME(6)  NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_webhook_delivery_event (integration_id, event_key, fingerprint),
    KEY ix_webhook_delivery_due (next_attempt_at, id),
    KEY ix_webhook_delivery_list (merchant_id, received_at, id),
    KEY ix_webhook_delivery_status (merchant_id, status, received_at, id),
    KEY ix_webhook_delivery_payment (payment_id),
    KEY ix_webhook_delivery_object (integration_id, object_key),
    CONSTRAINT ck_webhook_delivery_status CHECK (status IN
        ('received', 'applied', 'ignored', 'not_ours', 'unmatched', 'conflict', 'parked'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- What a delivery waits for: as soon as one of these keys is known as a payment's, it runs again.
CREATE TABLE delivery_wait (
    delivery_id    BINARY(16)   NOT NULL,
    integration_id BINARY(16)   NOT NULL,
    kind           VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reference_key  VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    PRIMARY KEY (delivery_id, kind, reference_key),
    KEY ix_delivery_wait_reference (integration_id, kind, reference_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
