-- Test and live can share their keys; then only a notification tells which money it was.

ALTER TABLE integration
    ADD COLUMN real_money_at DATETIME(6) NULL; -- real money came while this one is for tests
