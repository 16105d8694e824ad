package store

import (
	"context"

	"jachete/workflow"
)

const (
	snapshotColumns  = "name, kind, municipality_code, mrc_code, mrc_name, region_code, region_name, neq"
	signatureColumns = "id, invitation_id, organisation_id, pole_slug, declaration_id, declaration_version, " +
		"declaration_sha256, signatory_name, signatory_function, resolution_number, resolution_date, resolution_body, " +
		"language, consent, publish, session_hash, review_sha256, evidence, signed_at, acts, " +
		"resolution_sitting, extract_sha256, drawing_sha256, " + snapshotColumns
)

var (
	insertSignature = insert("signature", signatureColumns)
	selectSignature = "SELECT " + signatureColumns + " FROM signature WHERE "
)

func snapshotArgs(s workflow.Snapshot) []any {
	return []any{s.Name, s.Kind, s.MunicipalityCode, s.MRCCode, s.MRCName, s.RegionCode, s.RegionName, s.NEQ}
}

func snapshotInto(s *workflow.Snapshot) []any {
	return []any{&s.Name, &s.Kind, &s.MunicipalityCode, &s.MRCCode, &s.MRCName, &s.RegionCode, &s.RegionName, &s.NEQ}
}

func scanSignature(r row) (s workflow.Signature, err error) {
	into := []any{&s.ID, &s.InvitationID, &s.OrganisationID, &s.PoleSlug, &s.DeclarationID, &s.DeclarationVersion,
		&s.DeclarationSHA256, &s.Signatory.Name, &s.Signatory.Function, &s.Resolution.Number, &s.Resolution.Date,
		&s.Resolution.Body, &s.Language, &s.Consent, fromJSON{&s.Publish}, &s.SessionHash, &s.ReviewSHA256,
		fromJSON{&s.Evidence}, (*instant)(&s.SignedAt), fromJSON{&s.Acts}, &s.Resolution.Sitting, &s.Resolution.ExtractSHA256, &s.DrawingSHA256}
	return s, r.Scan(append(into, snapshotInto(&s.Organisation)...)...)
}

// Signature implements workflow.Reader.
func (r reader) Signature(ctx context.Context, id string) (workflow.Signature, error) {
	return one(ctx, r.link, "signature.not-found", scanSignature, selectSignature+"id = $1", id)
}

// SignatureOfInvitation implements workflow.Reader.
func (r reader) SignatureOfInvitation(ctx context.Context, invitationID string) (workflow.Signature, error) {
	return one(ctx, r.link, "signature.not-found", scanSignature, selectSignature+"invitation_id = $1", invitationID)
}

// AddSignature implements workflow.Tx.
func (t *tx) AddSignature(ctx context.Context, s workflow.Signature) error {
	args := []any{s.ID, s.InvitationID, s.OrganisationID, s.PoleSlug, s.DeclarationID, s.DeclarationVersion,
		s.DeclarationSHA256, s.Signatory.Name, s.Signatory.Function, s.Resolution.Number, s.Resolution.Date,
		s.Resolution.Body, s.Language, s.Consent, asJSON(s.Publish), s.SessionHash, s.ReviewSHA256,
		asJSON(s.Evidence), ms(s.SignedAt), asJSON(s.Acts), s.Resolution.Sitting, s.Resolution.ExtractSHA256, s.DrawingSHA256}
	if err := t.add(ctx, "signature.exists", insertSignature, append(args, snapshotArgs(s.Organisation)...)...); err != nil {
		return err
	}
	return t.addMailbox(ctx, s)
}
