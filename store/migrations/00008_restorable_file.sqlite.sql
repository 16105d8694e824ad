-- A damaged file may be written again: its SHA-256 stays, and tells the right one.

-- +goose Up
DROP TRIGGER certificate_no_update;
-- +goose StatementBegin
CREATE TRIGGER certificate_no_update BEFORE UPDATE OF number, revision, signature_id, sha256, unsealed_sha256, level, sealed_at, content, growth, stamped_at, stamped_by, stamped_own ON certificate
BEGIN SELECT RAISE(ABORT, 'certificate is written once'); END;
-- +goose StatementEnd
