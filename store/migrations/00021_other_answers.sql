-- What people answer besides signing: not now, another person, no. refusal_words
-- and transfer_reason are in the person's own words; the ids of a transfer are
-- of invitations of the same organisation in the same pôle.

-- +goose Up
ALTER TABLE invitation ADD COLUMN snoozed_until TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN refusal_reason TEXT NOT NULL DEFAULT ''
    CHECK (refusal_reason IN ('', 'moment', 'competence', 'council', 'text', 'other'));
ALTER TABLE invitation ADD COLUMN refusal_words TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN transferred_from TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN transferred_to TEXT NOT NULL DEFAULT '';
ALTER TABLE invitation ADD COLUMN transfer_reason TEXT NOT NULL DEFAULT '';
