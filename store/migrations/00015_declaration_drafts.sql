-- Texts in the making. What is published is in the table declaration, where
-- nothing changes any more; a draft may change until then. publish_at is 0
-- while no date is set.

-- +goose Up
CREATE TABLE declaration_draft (
    id             TEXT PRIMARY KEY,
    declaration_id TEXT NOT NULL,
    pole_slug      TEXT NOT NULL,
    number         TEXT NOT NULL,
    title_fr       TEXT NOT NULL,
    title_en       TEXT NOT NULL,
    body_fr        TEXT NOT NULL,
    body_en        TEXT NOT NULL,
    publish_at     BIGINT NOT NULL,
    revision       BIGINT NOT NULL,
    created_by     TEXT NOT NULL,
    created_at     BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL
);
CREATE INDEX commitment_organisation ON commitment (organisation_id, pole_slug);
CREATE INDEX commitment_pole ON commitment (pole_slug);
CREATE INDEX commitment_replaces ON commitment (replaces) WHERE replaces <> '';
