-- When the last reminder went, whether staff stopped them, and why a pôle does
-- not write to an address: those who unsubscribed, and those whose mail came
-- back.

-- +goose Up
ALTER TABLE invitation ADD COLUMN reminded_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE invitation ADD COLUMN reminders_off BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX invitation_reminded ON invitation (pole_slug, reminded_at) WHERE reminded_at > 0;
CREATE INDEX invitation_contact ON invitation (pole_slug, contact_email);

ALTER TABLE suppression ADD COLUMN reason TEXT NOT NULL DEFAULT 'unsubscribed' CHECK (reason IN ('unsubscribed', 'bounced'));
ALTER TABLE suppression ADD COLUMN answer TEXT NOT NULL DEFAULT '';
CREATE INDEX suppression_latest ON suppression (pole_slug, created_at);
