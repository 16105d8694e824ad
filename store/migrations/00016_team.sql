-- What a pôle looks like, and where its staff are signed in. pole.logo is the
-- SHA-256 of the picture, empty where there is none.

-- +goose Up
ALTER TABLE pole ADD COLUMN logo TEXT NOT NULL DEFAULT '';

CREATE TABLE pole_logo (
    pole_slug TEXT PRIMARY KEY REFERENCES pole (slug),
    png       BYTEA NOT NULL,
    sha256    TEXT NOT NULL,
    width     BIGINT NOT NULL,
    height    BIGINT NOT NULL
);

ALTER TABLE staff_session ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE staff_session ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
