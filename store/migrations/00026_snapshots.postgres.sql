-- A signed snapshot of the public register, one a day. What proves it is written
-- once and kept for ever; its content is dropped after a while.

-- +goose Up
CREATE TABLE daily_snapshot (
    day        TEXT PRIMARY KEY,
    taken_at   BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    size       BIGINT NOT NULL,
    sha256     TEXT NOT NULL,
    signature  BYTEA NOT NULL
);
CREATE TABLE daily_snapshot_content (
    day     TEXT PRIMARY KEY REFERENCES daily_snapshot (day),
    content BYTEA NOT NULL
);
CREATE TRIGGER daily_snapshot_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON daily_snapshot EXECUTE FUNCTION refuse_change();
CREATE TRIGGER daily_snapshot_content_written_once BEFORE UPDATE ON daily_snapshot_content EXECUTE FUNCTION refuse_change();
