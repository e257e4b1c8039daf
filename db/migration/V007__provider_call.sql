-- Every call that we made to a provider, redacted: never a secret, never card data. For people who
-- look why something did not work, and for the health shown on an integration's page.

CREATE TABLE provider_call (
    id                  BINARY(16)    NOT NULL,
    merchant_id         BINARY(16)    NOT NULL,
    integration_id      BINARY(16)    NULL, -- null while a connection is being tried
    provider            VARCHAR(24)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    operation           VARCHAR(64)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    method              VARCHAR(8)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    address             VARCHAR(500)  NOT NULL, -- query values left out
    result              VARCHAR(24)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    http_status         INT           NULL,     -- null: no answer
    problem             VARCHAR(500)  NULL,
    duration_ms         INT           NOT NULL,
    provider_request_id VARCHAR(255)  COLLATE utf8mb4_bin NULL,
    request_excerpt     VARCHAR(2048) NULL,
    response_excerpt    VARCHAR(2048) NULL,
    called_at           DATETIME(6)   NOT NULL,
    PRIMARY KEY (id),
    KEY ix_provider_call_list (merchant_id, called_at, id),
    KEY ix_provider_call_integration (integration_id, called_at, id),
    KEY ix_provider_call_result (integration_id, result, called_at),
    CONSTRAINT ck_provider_call_result CHECK (result IN ('ok', 'refused', 'failed'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
