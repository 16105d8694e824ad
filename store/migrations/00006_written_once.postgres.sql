-- What is written once stays: changing or removing such a row raises. An opening
-- of the journal may be destroyed, as the law on personal information asks, but
-- not replaced.

-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once', TG_TABLE_NAME;
END $$;
-- +goose StatementEnd

CREATE TRIGGER journal_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON journal EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signature_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON signature EXECUTE FUNCTION refuse_change();
CREATE TRIGGER certificate_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON certificate EXECUTE FUNCTION refuse_change();
CREATE TRIGGER declaration_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON declaration EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoint_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_opening_written_once BEFORE UPDATE ON journal_opening EXECUTE FUNCTION refuse_change();
