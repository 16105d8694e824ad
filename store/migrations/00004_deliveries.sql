-- Mail: what is queued, and who asked for no more of it.

-- +goose Up
CREATE TABLE delivery (
    id            TEXT PRIMARY KEY,
    key           TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL CHECK (kind IN ('invitation', 'certificate', 'pole-copy')),
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
    finished_at   BIGINT NOT NULL
);
CREATE INDEX delivery_due ON delivery (run_at, id) WHERE state IN ('waiting', 'sending');
CREATE INDEX delivery_invitation ON delivery (invitation_id, created_at, id);

CREATE TABLE suppression (
    pole_slug  TEXT NOT NULL,
    email      TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (pole_slug, email)
);
