-- Every year an organisation is asked whether its commitment holds. ask_at is
-- when it is asked next, 0 for never; confirmed_on is when it last said yes. A
-- figure that was not given is -1.

-- +goose Up
ALTER TABLE commitment ADD COLUMN ask_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE commitment ADD COLUMN confirmed_on TEXT NOT NULL DEFAULT '';
UPDATE commitment SET ask_at = published_at + 31557600000 WHERE mode = 'electronic' AND status IN ('active', 'renewed');
CREATE INDEX commitment_ask ON commitment (ask_at) WHERE ask_at > 0;

CREATE TABLE follow_up (
    commitment_id    TEXT NOT NULL REFERENCES commitment (id),
    year             BIGINT NOT NULL,
    recipient_name   TEXT NOT NULL,
    recipient_email  TEXT NOT NULL,
    asked_at         BIGINT NOT NULL,
    confirmed_at     BIGINT NOT NULL,
    contact_name     TEXT NOT NULL,
    contact_function TEXT NOT NULL,
    contact_email    TEXT NOT NULL,
    amount           BIGINT NOT NULL,
    contracts        BIGINT NOT NULL,
    suppliers        BIGINT NOT NULL,
    practices        TEXT NOT NULL,
    PRIMARY KEY (commitment_id, year)
);
