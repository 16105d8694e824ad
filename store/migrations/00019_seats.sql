-- Several people sign one declaration. seat keeps how far each has come, and the
-- act of those who signed before the last: what is sealed is in signature.acts.
-- A pôle may have somebody who countersigns.

-- +goose Up
CREATE TABLE seat (
    invitation_id TEXT NOT NULL REFERENCES invitation (id),
    seat          TEXT NOT NULL CHECK (seat IN ('first', 'second', 'pole')),
    issue         BIGINT NOT NULL,
    has_read      BOOLEAN NOT NULL,
    asked_at      BIGINT NOT NULL,
    consulted_at  BIGINT NOT NULL,
    act           TEXT NOT NULL,
    PRIMARY KEY (invitation_id, seat)
);
ALTER TABLE signing_session ADD COLUMN seat TEXT NOT NULL DEFAULT 'first';
ALTER TABLE signature ADD COLUMN acts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE commitment ADD COLUMN countersigned BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE commitment ADD COLUMN second_name TEXT NOT NULL DEFAULT '';
ALTER TABLE commitment ADD COLUMN second_function TEXT NOT NULL DEFAULT '';
ALTER TABLE pole ADD COLUMN director_name TEXT NOT NULL DEFAULT '';
ALTER TABLE pole ADD COLUMN director_function TEXT NOT NULL DEFAULT '';
ALTER TABLE pole ADD COLUMN director_email TEXT NOT NULL DEFAULT '';
