package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"jachete/workflow"
)

const extractColumns = "invitation_id, sha256, name, size, uploaded_at"

var (
	selectExtract = "SELECT " + extractColumns + ", content FROM resolution_extract WHERE invitation_id = $1 AND sha256 = $2"
	listExtracts  = "SELECT " + extractColumns + " FROM resolution_extract WHERE invitation_id = $1 ORDER BY uploaded_at, sha256"
	insertExtract = insert("resolution_extract", extractColumns+", content") + " ON CONFLICT DO NOTHING"
)

func extractInto(x *workflow.Extract) []any {
	return []any{&x.InvitationID, &x.SHA256, &x.Name, &x.Size, (*instant)(&x.UploadedAt)}
}

// Extracts implements workflow.Reader.
func (r reader) Extracts(ctx context.Context, invitationID string) ([]workflow.Extract, error) {
	return many(ctx, r.link, func(r row) (x workflow.Extract, err error) { return x, r.Scan(extractInto(&x)...) }, listExtracts, invitationID)
}

// Extract implements workflow.Reader.
func (r reader) Extract(ctx context.Context, invitationID, hash string) (workflow.Extract, error) {
	x, err := one(ctx, r.link, "extract.not-found", func(r row) (x workflow.Extract, err error) {
		return x, r.Scan(append(extractInto(&x), &x.Content)...)
	}, selectExtract, invitationID, hash)
	if err != nil {
		return workflow.Extract{}, err
	}
	if sum := sha256.Sum256(x.Content); hex.EncodeToString(sum[:]) != x.SHA256 {
		return workflow.Extract{}, &workflow.Error{Kind: workflow.Internal, Key: "extract.damaged"}
	}
	return x, nil
}

// AddExtract implements workflow.Tx.
func (t *tx) AddExtract(ctx context.Context, x workflow.Extract) error {
	_, err := t.exec(ctx, insertExtract, x.InvitationID, x.SHA256, x.Name, x.Size, ms(x.UploadedAt), blob(x.Content))
	return err
}

// DropExtracts implements workflow.Tx.
func (t *tx) DropExtracts(ctx context.Context, invitationID string, but ...string) error {
	list, err := t.Extracts(ctx, invitationID)
	if err != nil {
		return err
	}
	for _, x := range list {
		if slices.Contains(but, x.SHA256) {
			continue
		}
		if _, err := t.exec(ctx, "DELETE FROM resolution_extract WHERE invitation_id = $1 AND sha256 = $2", invitationID, x.SHA256); err != nil {
			return err
		}
	}
	return nil
}

// CommitmentLogo implements workflow.Reader.
func (r reader) CommitmentLogo(ctx context.Context, commitmentID string) (workflow.Picture, error) {
	return one(ctx, r.link, "logo.not-found", scanPicture, "SELECT png, sha256, width, height FROM commitment_logo WHERE commitment_id = $1", commitmentID)
}

// SetCommitmentLogo implements workflow.Tx.
func (t *tx) SetCommitmentLogo(ctx context.Context, commitmentID string, p workflow.Picture) error {
	if _, err := t.exec(ctx, "DELETE FROM commitment_logo WHERE commitment_id = $1", commitmentID); err != nil {
		return err
	}
	return t.add(ctx, "logo.exists", insert("commitment_logo", "commitment_id, png, sha256, width, height"), commitmentID, blob(p.PNG), p.SHA256, p.Width, p.Height)
}
