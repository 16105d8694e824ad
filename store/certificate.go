package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"jachete/workflow"
)

const (
	certificateColumns = "number, signature_id, sha256, unsealed_sha256, level, sealed_at, pdf"
	referenceColumns   = "number, sha256"
)

var (
	insertCertificate = insert("certificate", certificateColumns)
	selectCertificate = "SELECT " + certificateColumns + " FROM certificate WHERE "
)

// scanCertificate refuses a file whose bytes changed since it was sealed.
func scanCertificate(r row) (c workflow.Certificate, err error) {
	err = r.Scan(&c.Number, &c.SignatureID, &c.SHA256, &c.UnsealedSHA256, &c.Level, (*instant)(&c.SealedAt), &c.PDF)
	if err != nil {
		return c, err
	}
	if sum := sha256.Sum256(c.PDF); hex.EncodeToString(sum[:]) != c.SHA256 {
		return workflow.Certificate{}, &workflow.Error{Kind: workflow.Internal, Key: "certificate.damaged",
			Err: fmt.Errorf("the stored file of %s does not match its SHA-256", c.Number)}
	}
	return c, nil
}

func scanReference(r row) (c workflow.CertificateRef, err error) {
	return c, r.Scan(&c.Number, &c.SHA256)
}

// Certificate implements workflow.Reader.
func (r reader) Certificate(ctx context.Context, number string) (workflow.Certificate, error) {
	return one(ctx, r.link, "certificate.not-found", scanCertificate, selectCertificate+"number = $1", number)
}

// CertificateOfSignature implements workflow.Reader.
func (r reader) CertificateOfSignature(ctx context.Context, signatureID string) (workflow.Certificate, error) {
	return one(ctx, r.link, "certificate.not-found", scanCertificate, selectCertificate+"signature_id = $1", signatureID)
}

// CertificateNumbers implements workflow.Reader.
func (r reader) CertificateNumbers(ctx context.Context) ([]workflow.CertificateRef, error) {
	return many(ctx, r.link, scanReference,
		"SELECT "+referenceColumns+" FROM certificate ORDER BY sealed_at, number")
}

// CertificateBySHA256 implements workflow.Reader.
func (r reader) CertificateBySHA256(ctx context.Context, sum string) (workflow.CertificateRef, error) {
	return one(ctx, r.link, "certificate.not-found", scanReference,
		"SELECT "+referenceColumns+" FROM certificate WHERE sha256 = $1", sum)
}

// AddCertificate implements workflow.Tx; a number, file or signature that has
// its certificate already is a Conflict.
func (t *tx) AddCertificate(ctx context.Context, c workflow.Certificate) error {
	return t.add(ctx, "certificate.exists", insertCertificate, c.Number, c.SignatureID, c.SHA256, c.UnsealedSHA256,
		c.Level, ms(c.SealedAt), blob(c.PDF))
}
