-- What follows a signature: whose mailbox it came from, so that a certificate
-- can be asked for by mail; browsers that proved control of that mailbox
-- afterwards; corrections that were asked for.

-- +goose Up
CREATE TABLE signature_mailbox (
    signature_id TEXT NOT NULL REFERENCES signature (id),
    mailbox      TEXT NOT NULL,
    PRIMARY KEY (mailbox, signature_id)
);
INSERT INTO signature_mailbox (signature_id, mailbox)
    SELECT id, lower(json_extract(evidence, '$.email')) FROM signature WHERE json_extract(evidence, '$.email') <> '';

CREATE TABLE certificate_session (
    hash         TEXT PRIMARY KEY,
    signature_id TEXT NOT NULL REFERENCES signature (id),
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);

CREATE TABLE correction (
    id            TEXT PRIMARY KEY,
    invitation_id TEXT NOT NULL REFERENCES invitation (id),
    field         TEXT NOT NULL CHECK (field IN ('organisation', 'name', 'function', 'resolution', 'other')),
    wanted        TEXT NOT NULL,
    asked_at      BIGINT NOT NULL
);
CREATE INDEX correction_invitation ON correction (invitation_id, asked_at, id);
