-- What is written once stays: changing or removing such a row raises. An opening
-- of the journal may be destroyed, as the law on personal information asks, but
-- not replaced.

-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signature_no_update BEFORE UPDATE ON signature
BEGIN SELECT RAISE(ABORT, 'signature is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signature_no_delete BEFORE DELETE ON signature
BEGIN SELECT RAISE(ABORT, 'signature is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_no_update BEFORE UPDATE ON certificate
BEGIN SELECT RAISE(ABORT, 'certificate is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_no_delete BEFORE DELETE ON certificate
BEGIN SELECT RAISE(ABORT, 'certificate is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER declaration_no_update BEFORE UPDATE ON declaration
BEGIN SELECT RAISE(ABORT, 'declaration is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER declaration_no_delete BEFORE DELETE ON declaration
BEGIN SELECT RAISE(ABORT, 'declaration is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint is written once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_opening_no_update BEFORE UPDATE ON journal_opening
BEGIN SELECT RAISE(ABORT, 'journal_opening is written once'); END;
-- +goose StatementEnd
