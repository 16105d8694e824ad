-- What the public pages are made of has one edition, which moves with any of it:
-- pages that are kept are of that edition. announced tells that the public may
-- know of a ceremony before it is held.

-- +goose Up
CREATE TABLE showcase (edition BIGINT NOT NULL);
INSERT INTO showcase (edition) VALUES (1);
ALTER TABLE campaign ADD COLUMN announced BOOLEAN NOT NULL DEFAULT FALSE;
