-- The act, its sealed file, and the public line that follows.

-- +goose Up
CREATE TABLE signature (
    id                  TEXT PRIMARY KEY,
    invitation_id       TEXT NOT NULL UNIQUE REFERENCES invitation (id),
    organisation_id     TEXT NOT NULL REFERENCES organisation (id),
    pole_slug           TEXT NOT NULL REFERENCES pole (slug),
    declaration_id      TEXT NOT NULL,
    declaration_version TEXT NOT NULL,
    declaration_sha256  TEXT NOT NULL,
    name                TEXT NOT NULL,
    kind                TEXT NOT NULL CHECK (kind IN ('municipality', 'mrc', 'school', 'college', 'university', 'health',
                            'transit', 'state-company', 'cooperative', 'company', 'nonprofit', 'other')),
    municipality_code   TEXT NOT NULL,
    mrc_code            TEXT NOT NULL,
    mrc_name            TEXT NOT NULL,
    region_code         TEXT NOT NULL,
    region_name         TEXT NOT NULL,
    neq                 TEXT NOT NULL,
    signatory_name      TEXT NOT NULL,
    signatory_function  TEXT NOT NULL,
    resolution_number   TEXT NOT NULL,
    resolution_date     TEXT NOT NULL,
    resolution_body     TEXT NOT NULL,
    language            TEXT NOT NULL CHECK (language IN ('fr', 'en')),
    consent             TEXT NOT NULL,
    publish             TEXT NOT NULL,
    session_hash        TEXT NOT NULL,
    review_sha256       TEXT NOT NULL,
    evidence            TEXT NOT NULL,
    signed_at           BIGINT NOT NULL,
    FOREIGN KEY (declaration_id, declaration_version) REFERENCES declaration (id, version)
);

-- revision 0 is the file as sealed; later ones are the same with proofs added
-- behind it (timestamps, validation data). All stay genuine.
CREATE TABLE certificate (
    number          TEXT NOT NULL,
    revision        BIGINT NOT NULL,
    signature_id    TEXT NOT NULL REFERENCES signature (id),
    sha256          TEXT NOT NULL UNIQUE,
    unsealed_sha256 TEXT NOT NULL,
    level           TEXT NOT NULL CHECK (level IN ('B-B', 'B-T', 'B-LT', 'B-LTA')),
    sealed_at       BIGINT NOT NULL,
    pdf             BYTEA NOT NULL,
    PRIMARY KEY (number, revision),
    UNIQUE (signature_id, revision)
);
CREATE INDEX certificate_oldest ON certificate (sealed_at, number);

-- edition is the number of the change that brought the row into the register;
-- 0 only inside the transaction that writes it. Every instance follows it to
-- know of new rows, see shelf.go.
CREATE TABLE commitment (
    id                  TEXT PRIMARY KEY,
    slug                TEXT NOT NULL,
    organisation_id     TEXT NOT NULL REFERENCES organisation (id),
    signature_id        TEXT NOT NULL,
    number              TEXT NOT NULL,
    pole_slug           TEXT NOT NULL REFERENCES pole (slug),
    name                TEXT NOT NULL,
    kind                TEXT NOT NULL CHECK (kind IN ('municipality', 'mrc', 'school', 'college', 'university', 'health',
                            'transit', 'state-company', 'cooperative', 'company', 'nonprofit', 'other')),
    municipality_code   TEXT NOT NULL,
    mrc_code            TEXT NOT NULL,
    mrc_name            TEXT NOT NULL,
    region_code         TEXT NOT NULL,
    region_name         TEXT NOT NULL,
    neq                 TEXT NOT NULL,
    declaration_id      TEXT NOT NULL,
    declaration_version TEXT NOT NULL,
    mode                TEXT NOT NULL CHECK (mode IN ('electronic', 'paper')),
    status              TEXT NOT NULL CHECK (status IN ('active', 'renewed', 'withdrawn', 'superseded')),
    signed_on           TEXT NOT NULL,
    published_at        BIGINT NOT NULL,
    public_name         TEXT NOT NULL,
    public_function     TEXT NOT NULL,
    resolution_number   TEXT NOT NULL,
    resolution_date     TEXT NOT NULL,
    folded              TEXT NOT NULL,
    sort_key            BYTEA NOT NULL,
    edition             BIGINT NOT NULL
);
CREATE UNIQUE INDEX commitment_signature ON commitment (signature_id) WHERE signature_id <> '';
CREATE UNIQUE INDEX commitment_number ON commitment (number) WHERE number <> '';
CREATE INDEX commitment_edition ON commitment (edition);
