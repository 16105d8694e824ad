-- Requests for an invitation, that organisations make on the public site, and the
-- mail that tells a pôle. Who asks is forgotten some time after the end of the
-- request: name to message are empty then. likeness is a hash, the same for the
-- same organisation.

-- +goose Up
ALTER TABLE delivery DROP CONSTRAINT delivery_kind_check;
ALTER TABLE delivery ADD CONSTRAINT delivery_kind_check CHECK (kind IN ('invitation', 'reminder', 'certificate', 'pole-copy', 'welcome',
                      'cosign', 'transferred', 'declined', 'withdrawn', 'correction', 'retrieval', 'anniversary', 'request'));

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
