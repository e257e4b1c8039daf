-- The provider's own list of a day against ours. One row for each integration and day, worked on by
-- one node at a time: who began it and was not heard of for a while is taken over.

CREATE TABLE compared_day (
    id              BINARY(16)   NOT NULL,
    merchant_id     BINARY(16)   NOT NULL,
    integration_id  BINARY(16)   NOT NULL,
    livemode        BOOLEAN      NOT NULL,
    compared_date   DATE         NOT NULL,
    zone            VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- whose midnight began it
    status          VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    listed          INT          NOT NULL, -- how far it has come, and how many there were
    matched         INT          NOT NULL,
    fetched         INT          NOT NULL,
    left_over       INT          NOT NULL, -- differences that are left
    not_ours        INT          NOT NULL, -- the account's other business
    whole           BOOLEAN      NOT NULL, -- begun after the day was over
    problem         VARCHAR(500) NULL,
    attempts        INT          NOT NULL, -- in a row without success
    run             INT          NOT NULL, -- fences a run that was taken over
    begun_at        DATETIME(6)  NOT NULL,
    touched_at      DATETIME(6)  NOT NULL,
    ended_at        DATETIME(6)  NULL,
    created_at      DATETIME(6)  NOT NULL,
    version         INT          NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY uq_compared_day (integration_id, compared_date),
    KEY ix_compared_day_list (merchant_id, livemode, begun_at, id),
    CONSTRAINT fk_compared_day_integration FOREIGN KEY (integration_id) REFERENCES integration (id),
    CONSTRAINT ck_compared_day_status CHECK (status IN ('running', 'done', 'failed'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE day_difference (
    id              BINARY(16)   NOT NULL,
    compared_day_id BINARY(16)   NOT NULL,
    kind            VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    thing           VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    thing_key       VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    payment_id      BINARY(16)   NULL,
    ours_minor      DECIMAL(38, 0) NULL,
    ours_asset      VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    theirs_minor    DECIMAL(38, 0) NULL,
    theirs_asset    VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    occurred_at     DATETIME(6)  NOT NULL, -- by the provider's clock
    created_at      DATETIME(6)  NOT NULL,
    PRIMARY KEY (id),
    KEY ix_day_difference_day (compared_day_id, kind, id),
    CONSTRAINT fk_day_difference_day FOREIGN KEY (compared_day_id) REFERENCES compared_day (id),
    CONSTRAINT ck_day_difference_kind CHECK (kind IN
        ('amount_differs', 'only_ours', 'only_theirs', 'not_ours')),
    CONSTRAINT ck_day_difference_thing CHECK (thing IN
        ('payment', 'refund', 'withdrawal', 'dispute', 'payout'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
