-- What is asked, of whom, and the browsers and codes that answer.

-- +goose Up
CREATE TABLE declaration (
    id           TEXT NOT NULL,
    version      TEXT NOT NULL,
    title_fr     TEXT NOT NULL,
    title_en     TEXT NOT NULL,
    text_fr      TEXT NOT NULL,
    text_en      TEXT NOT NULL,
    sha256_fr    TEXT NOT NULL,
    sha256_en    TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE organisation (
    id                TEXT PRIMARY KEY,
    slug              TEXT NOT NULL UNIQUE,
    name              TEXT NOT NULL,
    kind              TEXT NOT NULL CHECK (kind IN ('municipality', 'mrc', 'school', 'college', 'university', 'health',
                          'transit', 'state-company', 'cooperative', 'company', 'nonprofit', 'other')),
    municipality_code TEXT NOT NULL,
    mrc_code          TEXT NOT NULL,
    region_code       TEXT NOT NULL,
    neq               TEXT NOT NULL,
    folded            TEXT NOT NULL
);
CREATE INDEX organisation_municipality ON organisation (municipality_code, kind);
CREATE INDEX organisation_folded ON organisation (folded, kind);

CREATE TABLE invitation (
    id                  TEXT PRIMARY KEY,
    pole_slug           TEXT NOT NULL REFERENCES pole (slug),
    organisation_id     TEXT NOT NULL REFERENCES organisation (id),
    declaration_id      TEXT NOT NULL,
    declaration_version TEXT NOT NULL,
    contact_name        TEXT NOT NULL,
    contact_function    TEXT NOT NULL,
    contact_email       TEXT NOT NULL,
    language            TEXT NOT NULL CHECK (language IN ('fr', 'en')),
    source              TEXT NOT NULL,
    message             TEXT NOT NULL,
    campaign            TEXT NOT NULL,
    state               TEXT NOT NULL CHECK (state IN ('prepared', 'queued', 'sent', 'undelivered', 'consulted',
                            'awaiting-resolution', 'ready', 'signed', 'declined', 'transferred', 'replaced',
                            'expired', 'revoked')),
    issue               BIGINT NOT NULL,
    version             BIGINT NOT NULL,
    code_tries          BIGINT NOT NULL,
    details             TEXT NOT NULL,
    created_by          TEXT NOT NULL,
    created_at          BIGINT NOT NULL,
    expires_at          BIGINT NOT NULL,
    sent_at             BIGINT NOT NULL,
    consulted_at        BIGINT NOT NULL,
    folded              TEXT NOT NULL,
    FOREIGN KEY (declaration_id, declaration_version) REFERENCES declaration (id, version)
);
CREATE INDEX invitation_newest ON invitation (created_at, id);
CREATE INDEX invitation_pole ON invitation (pole_slug, created_at, id);
CREATE INDEX invitation_count ON invitation (pole_slug, state, expires_at);
CREATE INDEX invitation_organisation ON invitation (organisation_id);
CREATE INDEX invitation_term ON invitation (expires_at, state);

CREATE TABLE signing_session (
    hash          TEXT PRIMARY KEY,
    invitation_id TEXT NOT NULL REFERENCES invitation (id),
    issue         BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    confirmed_at  BIGINT NOT NULL,
    code_sent_at  BIGINT NOT NULL
);
CREATE INDEX signing_session_invitation ON signing_session (invitation_id);
CREATE INDEX signing_session_end ON signing_session (expires_at);

CREATE TABLE code (
    id         TEXT PRIMARY KEY,
    subject    TEXT NOT NULL,
    browser    TEXT NOT NULL,
    hmac       BYTEA NOT NULL,
    tries      BIGINT NOT NULL,
    sent_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL
);
CREATE INDEX code_newest ON code (subject, browser, sent_at, id);
CREATE INDEX code_end ON code (expires_at);

CREATE TABLE rate (
    key      TEXT NOT NULL,
    lasts    BIGINT NOT NULL,
    ends_at  BIGINT NOT NULL,
    uses     BIGINT NOT NULL,
    PRIMARY KEY (key, lasts)
);
CREATE INDEX rate_end ON rate (ends_at);
