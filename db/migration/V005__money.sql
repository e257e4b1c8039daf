-- Payments, what the providers reported of them, refunds, disputes, payouts, unmatched money,
-- and the double-entry ledger.

CREATE TABLE payment (
    id                BINARY(16)   NOT NULL,
    merchant_id       BINARY(16)   NOT NULL,
    location_id       BINARY(16)   NULL,
    visit_id          BINARY(16)   NULL, -- null for a proof and for found money
    link_id           BINARY(16)   NULL,
    integration_id    BINARY(16)   NOT NULL,
    provider          VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    purpose           VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    livemode          BOOLEAN      NOT NULL,
    status            VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- The status by what was reported alone: where a payment goes that leaves review.
    reported_status   VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    review_reason     VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    asked_minor       DECIMAL(38, 0) NOT NULL,
    asked_asset       VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    expected_minor    DECIMAL(38, 0) NOT NULL,
    expected_asset    VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    -- In what the money really moved: the expected asset, unless another one came.
    moved_asset       VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    authorized_minor  DECIMAL(38, 0) NOT NULL,
    -- What we ordered to be taken of a hold; null: nothing was ordered.
    capture_ordered_minor DECIMAL(38, 0) NULL,
    captured_minor    DECIMAL(38, 0) NOT NULL,
    refunded_minor    DECIMAL(38, 0) NOT NULL,
    refund_pending_minor DECIMAL(38, 0) NOT NULL,
    -- What of the captured money is not the visit's, and how much of that has left us again.
    suspense_minor    DECIMAL(38, 0) NOT NULL,
    suspense_out_minor DECIMAL(38, 0) NOT NULL,
    -- Of the returned money: what was taken from suspense.
    refunded_suspense_minor DECIMAL(38, 0) NOT NULL,
    -- Known once the provider's booking was read; in the asset it settles in.
    fee_minor         DECIMAL(38, 0) NULL,
    fee_asset         VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    hold_only         BOOLEAN      NOT NULL,
    hold_until        DATETIME(6)  NULL,
    checkout_key      VARCHAR(255) COLLATE utf8mb4_bin NULL,
    checkout_url      VARCHAR(2048) COLLATE utf8mb4_bin NULL,
    checkout_expires_at DATETIME(6) NULL,
    checkout_open     BOOLEAN      NOT NULL,
    shown_to_client   BOOLEAN      NOT NULL, -- whether the page's address ever reached the client
    method            VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    card_brand        VARCHAR(32)  NULL,
    card_last4        VARCHAR(4)   CHARACTER SET ascii COLLATE ascii_bin NULL,
    decline_code      VARCHAR(64)  COLLATE utf8mb4_bin NULL,
    decline_message   VARCHAR(500) NULL,
    unknown_since     DATETIME(6)  NULL,
    -- What is unknown: checkout, capture, void.
    unknown_what      VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    unknown_minor     DECIMAL(38, 0) NULL,
    ask_at            DATETIME(6)  NULL, -- when the provider is asked next
    asked_times       INT          NOT NULL,
    disputed          BOOLEAN      NOT NULL,
    created_by        VARCHAR(200) NOT NULL,
    created_at        DATETIME(6)  NOT NULL,
    paid_at           DATETIME(6)  NULL,
    version           INT          NOT NULL,
    PRIMARY KEY (id),
    KEY ix_payment_list (merchant_id, livemode, created_at, id),
    KEY ix_payment_visit (visit_id),
    KEY ix_payment_link (link_id),
    KEY ix_payment_ask (ask_at),
    KEY ix_payment_integration (integration_id, created_at),
    CONSTRAINT fk_payment_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
    CONSTRAINT fk_payment_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
    CONSTRAINT fk_payment_link FOREIGN KEY (link_id) REFERENCES payment_link (id),
    CONSTRAINT fk_payment_integration FOREIGN KEY (integration_id) REFERENCES integration (id),
    CONSTRAINT ck_payment_purpose CHECK (purpose IN ('VISIT', 'PROOF', 'FOUND')),
    CONSTRAINT ck_payment_status CHECK (status IN
        ('created', 'unknown', 'pending', 'authorized', 'paid', 'part_paid', 'failed', 'expired',
         'cancelled', 'review')),
    CONSTRAINT ck_payment_amounts CHECK (asked_minor > 0 AND expected_minor > 0
        AND authorized_minor >= 0 AND captured_minor >= 0 AND refunded_minor >= 0
        AND refund_pending_minor >= 0 AND refunded_minor <= captured_minor
        AND suspense_minor >= 0 AND suspense_minor <= captured_minor
        AND suspense_out_minor >= 0 AND suspense_out_minor <= suspense_minor)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Every key that a provider gave to something of a payment: one payment is found by session, then
-- intent, then charge.
CREATE TABLE payment_reference (
    integration_id BINARY(16)   NOT NULL,
    kind           VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reference_key  VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    payment_id     BINARY(16)   NOT NULL,
    created_at     DATETIME(6)  NOT NULL,
    PRIMARY KEY (integration_id, kind, reference_key),
    KEY ix_payment_reference_payment (payment_id),
    -- By it a webhook on the address for all merchants is led to its integration.
    KEY ix_payment_reference_key (reference_key, kind),
    CONSTRAINT fk_payment_reference_payment FOREIGN KEY (payment_id) REFERENCES payment (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- What providers reported, one row an operation. Insert-only.
CREATE TABLE provider_transaction (
    id              BINARY(16)   NOT NULL,
    merchant_id     BINARY(16)   NOT NULL,
    integration_id  BINARY(16)   NOT NULL,
    livemode        BOOLEAN      NOT NULL,
    payment_id      BINARY(16)   NULL,
    kind            VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    transaction_key VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    amount_minor    DECIMAL(38, 0) NOT NULL,
    amount_asset    VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    fee_minor       DECIMAL(38, 0) NULL,
    fee_asset       VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    exchange_rate   VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL, -- as told, never reckoned
    available_at    DATETIME(6)  NULL,
    source_key      VARCHAR(255) COLLATE utf8mb4_bin NULL, -- of a booking: what it belongs to
    delivery_id     BINARY(16)   NULL,
    occurred_at     DATETIME(6)  NOT NULL, -- by the provider's clock
    recorded_at     DATETIME(6)  NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_provider_transaction (integration_id, kind, transaction_key),
    KEY ix_provider_transaction_list (merchant_id, livemode, recorded_at, id),
    KEY ix_provider_transaction_occurred (merchant_id, livemode, occurred_at, id),
    KEY ix_provider_transaction_payment (payment_id),
    KEY ix_provider_transaction_period (merchant_id, livemode, occurred_at, id),
    KEY ix_provider_transaction_source (integration_id, source_key),
    CONSTRAINT fk_provider_transaction_integration FOREIGN KEY (integration_id) REFERENCES integration (id),
    CONSTRAINT ck_provider_transaction_kind CHECK (kind IN
        ('pending', 'authorization', 'capture', 'decline', 'void', 'hold_expiry', 'refund',
         'refund_failure', 'dispute', 'booking'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE refund (
    id               BINARY(16)   NOT NULL,
    merchant_id      BINARY(16)   NOT NULL,
    payment_id       BINARY(16)   NOT NULL,
    integration_id   BINARY(16)   NOT NULL,
    livemode         BOOLEAN      NOT NULL,
    amount_minor     DECIMAL(38, 0) NOT NULL,
    amount_asset     VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status           VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    needs_approval   BOOLEAN      NOT NULL, -- a second person has to say yes first
    reason           VARCHAR(64)  NOT NULL,
    note             VARCHAR(1000) NULL,
    refund_key       VARCHAR(255) COLLATE utf8mb4_bin NULL,
    request_key      VARCHAR(255) COLLATE utf8mb4_bin NULL, -- the caller's idempotency key
    failure_reason   VARCHAR(255) NULL,
    -- How much of it is taken from money in suspense; the rest is the visit's.
    from_suspense_minor DECIMAL(38, 0) NOT NULL,
    made_at_provider BOOLEAN      NOT NULL, -- in the provider's cabinet, not by us
    requested_by_id  BINARY(16)   NOT NULL,
    requested_by     VARCHAR(200) NOT NULL,
    approved_by      VARCHAR(200) NULL,
    unknown_since    DATETIME(6)  NULL,
    ask_at           DATETIME(6)  NULL,
    asked_times      INT          NOT NULL,
    created_at       DATETIME(6)  NOT NULL,
    settled_at       DATETIME(6)  NULL,
    version          INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_refund_key (integration_id, refund_key),
    UNIQUE KEY uq_refund_request (payment_id, request_key),
    KEY ix_refund_payment (payment_id),
    KEY ix_refund_list (merchant_id, livemode, created_at, id),
    KEY ix_refund_ask (ask_at),
    CONSTRAINT fk_refund_payment FOREIGN KEY (payment_id) REFERENCES payment (id),
    CONSTRAINT ck_refund_status CHECK (status IN
        ('requested', 'unknown', 'pending', 'succeeded', 'failed', 'cancelled')),
    CONSTRAINT ck_refund_amount CHECK (amount_minor > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE dispute (
    id               BINARY(16)   NOT NULL,
    merchant_id      BINARY(16)   NOT NULL,
    payment_id       BINARY(16)   NOT NULL,
    integration_id   BINARY(16)   NOT NULL,
    livemode         BOOLEAN      NOT NULL,
    dispute_key      VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    status           VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount_minor     DECIMAL(38, 0) NOT NULL,
    amount_asset     VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason           VARCHAR(64)  COLLATE utf8mb4_bin NOT NULL,
    answer_by        DATETIME(6)  NULL,
    opened_at        DATETIME(6)  NOT NULL,
    reported_at      DATETIME(6)  NOT NULL, -- of the newest report, by the provider's clock
    closed_at        DATETIME(6)  NULL,
    created_at       DATETIME(6)  NOT NULL,
    version          INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_dispute_key (integration_id, dispute_key),
    KEY ix_dispute_payment (payment_id),
    KEY ix_dispute_list (merchant_id, livemode, created_at, id),
    CONSTRAINT fk_dispute_payment FOREIGN KEY (payment_id) REFERENCES payment (id),
    CONSTRAINT ck_dispute_status CHECK (status IN
        ('inquiry', 'needs_response', 'under_review', 'won', 'lost', 'closed', 'prevented'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE payout (
    id              BINARY(16)   NOT NULL,
    merchant_id     BINARY(16)   NOT NULL,
    integration_id  BINARY(16)   NOT NULL,
    livemode        BOOLEAN      NOT NULL,
    payout_key      VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    status          VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount_minor    DECIMAL(38, 0) NOT NULL,
    amount_asset    VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    arrival_date    DATE         NULL,
    automatic       BOOLEAN      NOT NULL,
    reconciled      BOOLEAN      NOT NULL,
    trace_id        VARCHAR(255) COLLATE utf8mb4_bin NULL,
    failure_reason  VARCHAR(255) NULL,
    reported_at     DATETIME(6)  NOT NULL, -- of the newest report, by the provider's clock
    created_at      DATETIME(6)  NOT NULL,
    version         INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_payout_key (integration_id, payout_key),
    KEY ix_payout_list (merchant_id, livemode, created_at, id),
    CONSTRAINT fk_payout_integration FOREIGN KEY (integration_id) REFERENCES integration (id),
    CONSTRAINT ck_payout_status CHECK (status IN
        ('pending', 'in_transit', 'paid', 'failed', 'cancelled'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Genuine money that fits no payment of ours, or fits one that wants none of it.
CREATE TABLE unmatched_money (
    id              BINARY(16)   NOT NULL,
    merchant_id     BINARY(16)   NOT NULL,
    integration_id  BINARY(16)   NOT NULL,
    livemode        BOOLEAN      NOT NULL,
    payment_id      BINARY(16)   NOT NULL, -- the payment that holds it
    delivery_id     BINARY(16)   NULL,
    reason          VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    transaction_key VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    amount_minor    DECIMAL(38, 0) NOT NULL,
    amount_asset    VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status          VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    resolved_by     VARCHAR(200) NULL,
    resolution_note VARCHAR(1000) NULL,
    attached_visit_id BINARY(16) NULL,
    occurred_at     DATETIME(6)  NOT NULL,
    created_at      DATETIME(6)  NOT NULL,
    resolved_at     DATETIME(6)  NULL,
    version         INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_unmatched_money (integration_id, transaction_key, reason),
    KEY ix_unmatched_money_list (merchant_id, livemode, created_at, id),
    KEY ix_unmatched_money_payment (payment_id),
    CONSTRAINT fk_unmatched_money_payment FOREIGN KEY (payment_id) REFERENCES payment (id),
    CONSTRAINT fk_unmatched_money_integration FOREIGN KEY (integration_id) REFERENCES integration (id),
    CONSTRAINT ck_unmatched_money_status CHECK (status IN ('open', 'attached', 'returned', 'ignored'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- The books: signed lines, debit positive; the lines of one posting sum to zero in each asset.
-- Insert-only; what was wrong is reversed by new lines.
CREATE TABLE ledger_entry (
    id             BINARY(16)   NOT NULL,
    posting_id     BINARY(16)   NOT NULL,
    line_no        INT          NOT NULL,
    merchant_id    BINARY(16)   NOT NULL,
    integration_id BINARY(16)   NOT NULL,
    livemode       BOOLEAN      NOT NULL,
    account        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount_minor   DECIMAL(38, 0) NOT NULL,
    amount_asset   VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    fact           VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    fact_key       VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    payment_id     BINARY(16)   NULL,
    refund_id      BINARY(16)   NULL,
    dispute_id     BINARY(16)   NULL,
    occurred_at    DATETIME(6)  NOT NULL,
    recorded_at    DATETIME(6)  NOT NULL,
    booking_date   DATE         NOT NULL,
    booking_zone   VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    tax_minor      DECIMAL(38, 0) NULL,
    PRIMARY KEY (id),
    -- One fact is posted once.
    UNIQUE KEY uq_ledger_entry_fact (integration_id, fact, fact_key, line_no),
    KEY ix_ledger_entry_list (merchant_id, livemode, recorded_at, id),
    KEY ix_ledger_entry_balance (merchant_id, livemode, account, amount_asset),
    KEY ix_ledger_entry_payment (payment_id),
    KEY ix_ledger_entry_posting (posting_id),
    CONSTRAINT fk_ledger_entry_integration FOREIGN KEY (integration_id) REFERENCES integration (id),
    CONSTRAINT ck_ledger_entry_account CHECK (account IN
        ('clearing', 'prepayments', 'suspense', 'fees', 'refunds_payable', 'disputes_receivable',
         'dispute_loss', 'fx', 'in_transit', 'other_sales', 'bank', 'revenue', 'tax'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- Fiscal receipts to be made; filled when that feature lands.
CREATE TABLE fiscal_receipt_outbox (
    id          BINARY(16)  NOT NULL,
    merchant_id BINARY(16)  NOT NULL,
    payment_id  BINARY(16)  NOT NULL,
    status      VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    version     INT         NOT NULL,
    PRIMARY KEY (id),
    KEY ix_fiscal_receipt_outbox_status (status, created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
