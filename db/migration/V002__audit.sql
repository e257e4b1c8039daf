-- Who did what: one chain per merchant and one of the installation (chain of zeros).
-- Insert-only: the application's database user may neither change nor remove a row.

CREATE TABLE audit_entry (
    id             BINARY(16)   NOT NULL,
    chain          BINARY(16)   NOT NULL,
    seq            BIGINT       NOT NULL,
    at             DATETIME(6)  NOT NULL,
    actor_kind     VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    actor_id       BINARY(16)   NOT NULL,
    actor_name     VARCHAR(200) NOT NULL,
    address        VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    request_id     VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    action         VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_type    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object_id      VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
    previous_hash  BINARY(32)   NOT NULL,
    hash           BINARY(32)   NOT NULL,
    details_digest BINARY(32)   NOT NULL, -- salted, so that erasing details leaves the chain valid
    PRIMARY KEY (id),
    UNIQUE KEY uq_audit_entry_chain_seq (chain, seq),
    KEY ix_audit_entry_object (chain, object_type, object_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- What an entry says in words (before, after, reason). Apart, because it may hold personal data
-- that is erased on request while the chain stays.
CREATE TABLE audit_detail (
    entry_id BINARY(16) NOT NULL,
    salt     BINARY(16) NOT NULL,
    details  LONGTEXT   NOT NULL,
    PRIMARY KEY (entry_id),
    CONSTRAINT fk_audit_detail_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

-- The end of each chain; its row is locked while an entry is added.
CREATE TABLE audit_chain (
    chain BINARY(16) NOT NULL,
    seq   BIGINT     NOT NULL,
    hash  BINARY(32) NOT NULL,
    PRIMARY KEY (chain)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
