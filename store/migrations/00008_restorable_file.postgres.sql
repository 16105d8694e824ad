-- A damaged file may be written again: its SHA-256 stays, and tells the right one.

-- +goose Up
DROP TRIGGER certificate_written_once ON certificate;
CREATE TRIGGER certificate_written_once BEFORE UPDATE OF number, revision, signature_id, sha256, unsealed_sha256, level, sealed_at, content, growth, stamped_at, stamped_by, stamped_own
    OR DELETE OR TRUNCATE ON certificate EXECUTE FUNCTION refuse_change();
