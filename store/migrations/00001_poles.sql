-- Who works here: pôles, their staff, and the sessions of staff.
-- Conventions of every table: ids are random text, instants are Unix
-- milliseconds in UTC with 0 for "never", lists and trees are JSON text.

-- +goose Up
-- No migration is applied twice, even by two instances that start together.
CREATE UNIQUE INDEX schema_version_once ON schema_version (version_id);

CREATE TABLE pole (
    slug           TEXT PRIMARY KEY,
    name           TEXT NOT NULL,
    short          TEXT NOT NULL,
    territory      TEXT NOT NULL,
    in_movement    TEXT NOT NULL,
    name_confirmed BOOLEAN NOT NULL,
    postal_address TEXT NOT NULL,
    phone          TEXT NOT NULL,
    email          TEXT NOT NULL
);

CREATE TABLE staff (
    id          TEXT PRIMARY KEY,
    email       TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('admin', 'agent', 'reader')),
    poles       TEXT NOT NULL,
    disabled    BOOLEAN NOT NULL,
    totp_sealed BYTEA,
    totp_step   BIGINT NOT NULL,
    created_at  BIGINT NOT NULL
);

CREATE TABLE staff_session (
    hash          TEXT PRIMARY KEY,
    staff_id      TEXT NOT NULL REFERENCES staff (id),
    second_factor BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL
);
CREATE INDEX staff_session_staff ON staff_session (staff_id);
CREATE INDEX staff_session_end ON staff_session (expires_at);
