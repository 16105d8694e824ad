-- The mails of the rest of the way: to those who sign beside the contact, to the
-- pôle when an invitation is passed on or declined, and about what was signed.
-- seat is whom the mail is for, among those who sign. SQLite
-- changes a CHECK only with its whole table.

-- +goose Up
CREATE TABLE delivery_with_more (
    id            TEXT PRIMARY KEY,
    key           TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder', 'certificate', 'pole-copy', 'welcome',
                      'cosign', 'transferred', 'declined', 'withdrawn', 'correction', 'retrieval', 'anniversary')),
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
INSERT INTO delivery_with_more (id, key, kind, invitation_id, pole_slug, issue, recipient, language, message_id, state, run_at, lease_until, lease, attempts, answer, link_only, created_at, finished_at, staff_id, copy)
    SELECT id, key, kind, invitation_id, pole_slug, issue, recipient, language, message_id, state, run_at, lease_until, lease, attempts, answer, link_only, created_at, finished_at, staff_id, copy FROM delivery;
DROP TABLE delivery;
ALTER TABLE delivery_with_more RENAME TO delivery;
CREATE INDEX delivery_due ON delivery (run_at, id) WHERE state IN ('waiting', 'sending');
CREATE INDEX delivery_invitation ON delivery (invitation_id, created_at, id);
