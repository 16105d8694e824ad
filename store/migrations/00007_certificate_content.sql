-- What a certificate says, what its file grew by, and who stated its time: with
-- these a damaged file can be made anew, and a page can say what the file does.

-- +goose Up
ALTER TABLE certificate ADD COLUMN content TEXT NOT NULL DEFAULT '{}';
ALTER TABLE certificate ADD COLUMN growth BYTEA NOT NULL DEFAULT '';
ALTER TABLE certificate ADD COLUMN stamped_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE certificate ADD COLUMN stamped_by TEXT NOT NULL DEFAULT '';
ALTER TABLE certificate ADD COLUMN stamped_own BOOLEAN NOT NULL DEFAULT FALSE;
