-- A browser is opened by the mailed link, or by the one shown at a ceremony: the
-- evidence says which, and a tablet that serves many people forgets the last.

-- +goose Up
ALTER TABLE signing_session ADD COLUMN ceremony BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX commitment_campaign ON commitment (pole_slug, campaign) WHERE campaign <> '';
