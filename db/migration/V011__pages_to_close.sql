-- A page that was replaced while its provider did not answer: closed as soon as it answers again.

ALTER TABLE payment
    ADD COLUMN checkout_unwanted BOOLEAN NOT NULL DEFAULT FALSE;
