-- What a campaign needs to know: groups of invitations, whom to address and how,
-- when to remind, what a commitment replaces, how a pôle signs its mails.

-- +goose Up
-- An embargo of 0 is none. reminders is empty where the pôle's own plan holds.
CREATE TABLE campaign (
    pole_slug     TEXT NOT NULL REFERENCES pole (slug),
    slug          TEXT NOT NULL,
    name          TEXT NOT NULL,
    place         TEXT NOT NULL,
    ceremony_at   BIGINT NOT NULL,
    embargo_until BIGINT NOT NULL,
    reminders     TEXT NOT NULL,
    closed        BOOLEAN NOT NULL,
    created_by    TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (pole_slug, slug)
);

ALTER TABLE invitation ADD COLUMN civility TEXT NOT NULL DEFAULT '' CHECK (civility IN ('', 'madame', 'monsieur'));
ALTER TABLE invitation ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN meeting_on TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN renews TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN reminders BIGINT NOT NULL DEFAULT 0;
ALTER TABLE invitation ADD COLUMN remind_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX invitation_remind ON invitation (remind_at) WHERE remind_at > 0;
CREATE INDEX invitation_campaign ON invitation (pole_slug, campaign, state);

ALTER TABLE commitment ADD COLUMN campaign TEXT NOT NULL DEFAULT '';
ALTER TABLE commitment ADD COLUMN replaces TEXT NOT NULL DEFAULT '';
ALTER TABLE commitment ADD COLUMN status_on TEXT NOT NULL DEFAULT '';

ALTER TABLE declaration ADD COLUMN pole_slug TEXT NOT NULL DEFAULT '';

ALTER TABLE pole ADD COLUMN sender_name TEXT NOT NULL DEFAULT '';
ALTER TABLE pole ADD COLUMN privacy_officer TEXT NOT NULL DEFAULT '';
ALTER TABLE pole ADD COLUMN reminders TEXT NOT NULL DEFAULT '';
