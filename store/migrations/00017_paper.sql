-- Signatories on paper: what staff know of a commitment without a certificate,
-- and the scan of its original. A list of them is a batch that no worker takes.

-- +goose Up
ALTER TABLE commitment ADD COLUMN announced TEXT NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN purpose TEXT NOT NULL DEFAULT 'invitations';

CREATE TABLE paper (
    commitment_id      TEXT PRIMARY KEY REFERENCES commitment (id),
    signatory_name     TEXT NOT NULL,
    signatory_function TEXT NOT NULL,
    source             TEXT NOT NULL,
    batch              TEXT NOT NULL,
    entered_by         TEXT NOT NULL,
    entered_at         BIGINT NOT NULL,
    reason             TEXT NOT NULL,
    withdrawn_by       TEXT NOT NULL,
    withdrawn_at       BIGINT NOT NULL
);

CREATE TABLE paper_scan (
    commitment_id TEXT PRIMARY KEY REFERENCES paper (commitment_id),
    media_type    TEXT NOT NULL CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
    sha256        TEXT NOT NULL,
    size          BIGINT NOT NULL,
    scanned_by    TEXT NOT NULL,
    scanned_on    TEXT NOT NULL,
    attached_by   TEXT NOT NULL,
    attached_at   BIGINT NOT NULL,
    content       BYTEA NOT NULL
);
