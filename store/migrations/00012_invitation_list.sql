-- What lists of invitations are refreshed and ordered by. A row's edition is that
-- of its last change, in the order of commits; 0 is a change of a transaction that
-- has not ended. active_at is the time of the last entry of the journal.

-- +goose Up
CREATE TABLE invitation_edition (
    newest BIGINT PRIMARY KEY
);
INSERT INTO invitation_edition (newest) VALUES (1);

ALTER TABLE invitation ADD COLUMN active_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE invitation ADD COLUMN edition BIGINT NOT NULL DEFAULT 0;
UPDATE invitation SET edition = 1, active_at = COALESCE((SELECT MAX(at) FROM journal WHERE record = invitation.id), 0);
CREATE INDEX invitation_changed ON invitation (edition, id);

-- Lists, counts and search no longer go through these.
DROP INDEX invitation_newest;
DROP INDEX invitation_count;
