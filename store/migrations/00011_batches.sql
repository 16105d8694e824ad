-- Files of invitations: what was read, what became of each line.
-- counts (JSON) holds the lines by verdict.

-- +goose Up
CREATE TABLE batch (
    id           TEXT PRIMARY KEY,
    pole_slug    TEXT NOT NULL REFERENCES pole (slug),
    campaign     TEXT NOT NULL,
    file_name    TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('preview', 'confirmed', 'done', 'cancelled')),
    left_aside   TEXT NOT NULL,
    counts       TEXT NOT NULL,
    made         BIGINT NOT NULL,
    skipped      BIGINT NOT NULL,
    lease        TEXT NOT NULL,
    lease_until  BIGINT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    finished_at  BIGINT NOT NULL
);
-- One batch of a pôle runs at a time, however many confirm.
CREATE UNIQUE INDEX batch_running ON batch (pole_slug) WHERE state = 'confirmed';
CREATE INDEX batch_newest ON batch (pole_slug, created_at);

CREATE TABLE batch_row (
    batch_id      TEXT NOT NULL REFERENCES batch (id),
    line          BIGINT NOT NULL,
    verdict       TEXT NOT NULL,
    reasons       TEXT NOT NULL,
    cells         TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    invitation_id TEXT NOT NULL,
    PRIMARY KEY (batch_id, line)
);
CREATE INDEX batch_row_waiting ON batch_row (batch_id, line) WHERE verdict = 'good' AND outcome = '';

-- What stands against a new invitation is looked up for many at once.
CREATE INDEX invitation_address ON invitation (pole_slug, contact_email);
CREATE INDEX commitment_of_organisation ON commitment (organisation_id);
