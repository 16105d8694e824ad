-- The journal, what its commitments hide, and its signed checkpoints. Each of
-- the three uniques stops a fork by itself, whatever lock was forgotten.

-- +goose Up
CREATE TABLE journal (
    seq         BIGINT PRIMARY KEY,
    at          BIGINT NOT NULL,
    type        TEXT NOT NULL,
    pole        TEXT NOT NULL,
    record      TEXT NOT NULL,
    record_seq  BIGINT NOT NULL,
    body        TEXT NOT NULL,
    prev        TEXT NOT NULL UNIQUE,
    record_prev TEXT NOT NULL,
    hash        TEXT NOT NULL UNIQUE,
    UNIQUE (record, record_seq)
);

CREATE TABLE journal_opening (
    seq   BIGINT NOT NULL REFERENCES journal (seq),
    field TEXT NOT NULL,
    salt  BYTEA NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (seq, field)
);

CREATE TABLE checkpoint (
    size  BIGINT PRIMARY KEY,
    at    BIGINT NOT NULL,
    note  TEXT NOT NULL,
    peaks BYTEA NOT NULL
);
