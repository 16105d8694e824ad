-- What is joined to the act: the extract of the minutes, the drawn signature,
-- and what the organisation chose to publish. Extracts are named by their hash:
-- one that a refused form brought waits beside the one in force. That of a
-- signature stays as it is.

-- +goose Up
CREATE TABLE resolution_extract (
    invitation_id TEXT NOT NULL REFERENCES invitation (id),
    sha256        TEXT NOT NULL,
    name          TEXT NOT NULL,
    size          BIGINT NOT NULL,
    uploaded_at   BIGINT NOT NULL,
    content       BYTEA NOT NULL,
    PRIMARY KEY (invitation_id, sha256)
);
ALTER TABLE signature ADD COLUMN resolution_sitting TEXT NOT NULL DEFAULT '';
ALTER TABLE signature ADD COLUMN extract_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE signature ADD COLUMN drawing_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE commitment ADD COLUMN public_quote TEXT NOT NULL DEFAULT '';
ALTER TABLE commitment ADD COLUMN public_logo TEXT NOT NULL DEFAULT '';

CREATE TABLE commitment_logo (
    commitment_id TEXT PRIMARY KEY REFERENCES commitment (id),
    png           BYTEA NOT NULL,
    sha256        TEXT NOT NULL,
    width         BIGINT NOT NULL,
    height        BIGINT NOT NULL
);
-- +goose StatementBegin
CREATE FUNCTION keep_signed_extract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM signature WHERE invitation_id = OLD.invitation_id AND extract_sha256 = OLD.sha256) THEN
        RAISE EXCEPTION 'the extract of a signature is written once';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER resolution_extract_kept BEFORE UPDATE OR DELETE ON resolution_extract FOR EACH ROW EXECUTE FUNCTION keep_signed_extract();
CREATE TRIGGER resolution_extract_no_truncate BEFORE TRUNCATE ON resolution_extract EXECUTE FUNCTION refuse_change();
