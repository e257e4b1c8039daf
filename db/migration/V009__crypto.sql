-- Coins: rates that owners enter, the quote that a client was given, invoices that may be paid in
-- parts, too much or too late, and withdrawals to an address.

-- So many coins for one unit of a currency. Every entry stays; the newest of a pair counts.
CREATE TABLE exchange_rate (
    id           BINARY(16)   NOT NULL,
    merchant_id  BINARY(16)   NOT NULL,
    from_asset   VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    to_asset     VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    rate         VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- exact decimal text
    source       VARCHAR(200) NOT NULL, -- where the person took it from, in words
    valid_until  DATETIME(6)  NOT NULL,
    entered_by   VARCHAR(200) NOT NULL,
    created_at   DATETIME(6)  NOT NULL,
    withdrawn_at DATETIME(6)  NULL,     -- taken back: the pair has no rate until a new one comes
    version      INT          NOT NULL,
    PRIMARY KEY (id),
    KEY ix_exchange_rate_pair (merchant_id, from_asset, to_asset, created_at),
    CONSTRAINT fk_exchange_rate_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

ALTER TABLE payment
    -- At which rate the asked amount became the expected one; null: both are one currency.
    ADD COLUMN quote_rate            VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN quote_source          VARCHAR(200) NULL,
    ADD COLUMN quote_locked_at       DATETIME(6)  NULL,
    ADD COLUMN quote_valid_until     DATETIME(6)  NULL,
    -- What was seen of an invoice, posted or not, and the report by which it was posted.
    ADD COLUMN invoice_key           VARCHAR(255) COLLATE utf8mb4_bin NULL,
    ADD COLUMN invoice_seen_minor    DECIMAL(38, 0) NULL,
    ADD COLUMN invoice_outcome       VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN invoice_minor         DECIMAL(38, 0) NULL,
    ADD COLUMN invoice_changed_at    DATETIME(6)  NULL,
    -- What a person decided: so much is the visit's; up to which report that was known.
    ADD COLUMN invoice_share_minor   DECIMAL(38, 0) NULL,
    ADD COLUMN invoice_decided_minor DECIMAL(38, 0) NULL,
    ADD COLUMN invoice_decided_at    DATETIME(6)  NULL,
    -- Too little came, and a person took it for all of it.
    ADD COLUMN invoice_accepted      BOOLEAN      NOT NULL DEFAULT FALSE,
    ADD COLUMN invoice_postings      INT          NOT NULL DEFAULT 0;

CREATE TABLE withdrawal_address (
    id           BINARY(16)   NOT NULL,
    merchant_id  BINARY(16)   NOT NULL,
    asset        VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    address      VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    name         VARCHAR(200) NOT NULL,
    added_by     VARCHAR(200) NOT NULL,
    created_at   DATETIME(6)  NOT NULL,
    removed_at   DATETIME(6)  NULL,
    version      INT          NOT NULL,
    PRIMARY KEY (id),
    KEY ix_withdrawal_address_merchant (merchant_id, asset),
    CONSTRAINT fk_withdrawal_address_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE withdrawal (
    id              BINARY(16)   NOT NULL,
    merchant_id     BINARY(16)   NOT NULL,
    integration_id  BINARY(16)   NOT NULL,
    livemode        BOOLEAN      NOT NULL,
    payment_id      BINARY(16)   NULL, -- whose money it returns; null: the merchant's own
    amount_minor    DECIMAL(38, 0) NOT NULL,
    amount_asset    VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    arrived_minor   DECIMAL(38, 0) NULL,
    address         VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    address_tag     VARCHAR(64)  COLLATE utf8mb4_bin NULL,
    reason          VARCHAR(200) NOT NULL,
    status          VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    withdrawal_key  VARCHAR(255) COLLATE utf8mb4_bin NULL, -- the provider's
    network_key     VARCHAR(255) COLLATE utf8mb4_bin NULL, -- the transfer on the network
    failure_reason  VARCHAR(255) NULL,
    request_key     VARCHAR(255) COLLATE utf8mb4_bin NULL, -- the caller's idempotency key
    requested_by_id BINARY(16)   NOT NULL,
    requested_by    VARCHAR(200) NOT NULL,
    approved_by     VARCHAR(200) NULL,
    approved_at     DATETIME(6)  NULL,
    -- The one order that is ever sent by itself; after it only questions.
    sent_at         DATETIME(6)  NULL,
    ask_at          DATETIME(6)  NULL,
    asked_times     INT          NOT NULL,
    created_at      DATETIME(6)  NOT NULL,
    settled_at      DATETIME(6)  NULL,
    version         INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_withdrawal_key (integration_id, withdrawal_key),
    UNIQUE KEY uq_withdrawal_request (merchant_id, request_key),
    KEY ix_withdrawal_list (merchant_id, livemode, created_at, id),
    KEY ix_withdrawal_payment (payment_id),
    KEY ix_withdrawal_ask (ask_at),
    CONSTRAINT fk_withdrawal_integration FOREIGN KEY (integration_id) REFERENCES integration (id),
    CONSTRAINT fk_withdrawal_payment FOREIGN KEY (payment_id) REFERENCES payment (id),
    CONSTRAINT ck_withdrawal_status CHECK (status IN
        ('requested', 'approved', 'unknown', 'pending', 'succeeded', 'failed', 'cancelled')),
    CONSTRAINT ck_withdrawal_amount CHECK (amount_minor > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
