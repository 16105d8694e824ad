-- The mails of the rest of the way: to those who sign beside the contact, to the
-- pôle when an invitation is passed on or declined, and about what was signed.
-- seat is whom the mail is for, among those who sign.

-- +goose Up
ALTER TABLE delivery DROP CONSTRAINT delivery_kind_check;
ALTER TABLE delivery ADD CONSTRAINT delivery_kind_check CHECK (kind IN ('invitation', 'reminder', 'certificate', 'pole-copy', 'welcome',
                      'cosign', 'transferred', 'declined', 'withdrawn', 'correction', 'retrieval', 'anniversary'));
ALTER TABLE delivery ADD COLUMN seat TEXT NOT NULL DEFAULT '';
