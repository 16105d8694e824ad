-- Reminders, and the welcome of a colleague. copy is the mail as it went, without
-- the link it carried.

-- +goose Up
ALTER TABLE delivery DROP CONSTRAINT delivery_kind_check;
ALTER TABLE delivery ADD CONSTRAINT delivery_kind_check CHECK (kind IN ('invitation', 'reminder', 'certificate', 'pole-copy', 'welcome'));
ALTER TABLE delivery ADD COLUMN staff_id TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN copy TEXT NOT NULL DEFAULT '';
