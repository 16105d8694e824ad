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
-- +goose StatementBegin
CREATE TRIGGER daily_snapshot_no_update BEFORE UPDATE ON daily_snapshot
BEGIN SELECT RAISE(ABORT, 'daily_snapshot is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER daily_snapshot_no_delete BEFORE DELETE ON daily_snapshot
BEGIN SELECT RAISE(ABORT, 'daily_snapshot is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER daily_snapshot_content_no_update BEFORE UPDATE ON daily_snapshot_content
BEGIN SELECT RAISE(ABORT, 'daily_snapshot_content is written once'); END;
-- +goose StatementEnd
