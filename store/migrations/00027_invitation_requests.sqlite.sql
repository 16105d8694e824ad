-- Requests for an invitation, that organisations make on the public site, and the
-- mail that tells a pôle. Who asks is forgotten some time after the end of the
-- request: name to message are empty then. likeness is a hash, the same for the
-- same organisation. SQLite changes a CHECK only with its whole table.

-- +goose Up
CREATE TABLE delivery_with_requests (
    id            TEXT PRIMARY KEY,
    key           TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder', 'certificate', 'pole-copy', 'welcome',
                      'cosign', 'transferred', 'declined', 'withdrawn', 'correction', 'retrieval', 'anniversary', 'request')),
    invitation_id TEXT NOT NULL,
    pole_slug     TEXT NOT NULL,
    issue         BIGINT NOT NULL,
    recipient     TEXT NOT NULL,
    language      TEXT NOT NULL CHECK (language IN ('fr', 'en')),
    message_id    TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'gave-up', 'cancelled')),
    run_at        BIGINT NOT NULL,
    lease_until   BIGINT NOT NULL,
    lease         TEXT NOT NULL,
    attempts      BIGINT NOT NULL,
    answer        TEXT NOT NULL,
    link_only     BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    finished_at   BIGINT NOT NULL,
    staff_id      TEXT NOT NULL DEFAULT '',
    copy          TEXT NOT NULL DEFAULT '',
    seat          TEXT NOT NULL DEFAULT ''
);
INSERT INTO delivery_with_requests (id, key, kind, invitation_id, pole_slug, issue, recipient, language, message_id, state, run_at, lease_until, lease, attempts, answer, link_only, created_at, finished_at, staff_id, copy, seat)
    SELECT id, key, kind, invitation_id, pole_slug, issue, recipient, language, message_id, state, run_at, lease_until, lease, attempts, answer, link_only, created_at, finished_at, staff_id, copy, seat FROM delivery;
DROP TABLE delivery;
ALTER TABLE delivery_with_requests RENAME TO delivery;
CREATE INDEX delivery_due ON delivery (run_at, id) WHERE state IN ('waiting', 'sending');
CREATE INDEX delivery_invitation ON delivery (invitation_id, created_at, id);

CREATE TABLE invitation_request (
    id                TEXT PRIMARY KEY,
    pole_slug         TEXT NOT NULL REFERENCES pole (slug),
    organisation      TEXT NOT NULL,
    kind              TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    mrc_code          TEXT NOT NULL,
    region_code       TEXT NOT NULL,
    likeness          TEXT NOT NULL,
    name              TEXT NOT NULL,
    function          TEXT NOT NULL,
    email             TEXT NOT NULL,
    message           TEXT NOT NULL,
    language          TEXT NOT NULL CHECK (language IN ('fr', 'en')),
    asked_at          BIGINT NOT NULL,
    outcome           TEXT NOT NULL CHECK (outcome IN ('', 'invited', 'already', 'outside', 'unreachable', 'withdrawn', 'improper', 'other', 'lapsed')),
    closed_at         BIGINT NOT NULL,
    closed_by         TEXT NOT NULL,
    invitation_id     TEXT NOT NULL,
    CHECK ((outcome = '') = (closed_at = 0))
);
-- The same organisation asks from the same mailbox once, until it is answered.
CREATE UNIQUE INDEX invitation_request_once ON invitation_request (email, likeness) WHERE closed_at = 0;
CREATE INDEX invitation_request_pole ON invitation_request (pole_slug, closed_at, asked_at);
-- Those whose person is still known, for the purge.
CREATE INDEX invitation_request_known ON invitation_request (closed_at) WHERE email <> '';
