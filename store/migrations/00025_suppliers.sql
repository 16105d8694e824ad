-- Enterprises that sell. likeness is the same for the same enterprise: a pôle
-- has it once, and all pôles together show it once. words is what a search looks
-- through, collated is the key of the order by name, offers is the number of
-- categories (JSON).

-- +goose Up
CREATE TABLE supplier (
    id                TEXT PRIMARY KEY,
    slug              TEXT NOT NULL UNIQUE,
    name              TEXT NOT NULL,
    pole_slug         TEXT NOT NULL REFERENCES pole (slug),
    municipality_code TEXT NOT NULL,
    mrc_code          TEXT NOT NULL,
    region_code       TEXT NOT NULL,
    categories        TEXT NOT NULL,
    site              TEXT NOT NULL,
    description       TEXT NOT NULL,
    batch             TEXT NOT NULL,
    revision          BIGINT NOT NULL,
    created_by        TEXT NOT NULL,
    created_at        BIGINT NOT NULL,
    updated_at        BIGINT NOT NULL,
    withdrawn_at      BIGINT NOT NULL,
    words             TEXT NOT NULL,
    likeness          TEXT NOT NULL,
    collated          BYTEA NOT NULL,
    offers            BIGINT NOT NULL
);
CREATE UNIQUE INDEX supplier_own ON supplier (likeness, pole_slug);
CREATE UNIQUE INDEX supplier_shown ON supplier (likeness) WHERE withdrawn_at = 0;
CREATE INDEX supplier_order ON supplier (collated, id);
CREATE INDEX supplier_region ON supplier (region_code, collated, id);
CREATE INDEX supplier_mrc ON supplier (mrc_code, collated, id);
CREATE INDEX supplier_pole ON supplier (pole_slug, collated, id);
