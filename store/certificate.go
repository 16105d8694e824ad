package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"jachete/workflow"
)

const (
	recordColumns      = "number, revision, signature_id, sha256, unsealed_sha256, level, sealed_at, stamped_at, stamped_by, stamped_own, content, growth"
	certificateColumns = recordColumns + ", pdf"
	referenceColumns   = "number, sha256"
	latest             = " ORDER BY revision DESC LIMIT 1"
)

var (
	insertCertificate = insert("certificate", certificateColumns)
	selectCertificate = "SELECT " + certificateColumns + " FROM certificate WHERE "
)

func recordInto(c *workflow.Certificate) []any {
	return []any{&c.Number, &c.Revision, &c.SignatureID, &c.SHA256, &c.UnsealedSHA256, &c.Level, (*instant)(&c.SealedAt),
		(*instant)(&c.StampedAt), &c.StampedBy, &c.StampedOwn, fromJSON{&c.Content}, &c.Growth}
}

func scanRecord(r row) (c workflow.Certificate, err error) { return c, r.Scan(recordInto(&c)...) }

// scanCertificate refuses a file whose bytes changed since it was sealed.
func scanCertificate(r row) (c workflow.Certificate, err error) {
	if err := r.Scan(append(recordInto(&c), &c.PDF)...); err != nil {
		return c, err
	}
	if sum(c.PDF) != c.SHA256 {
		return workflow.Certificate{}, &workflow.Error{Kind: workflow.Internal, Key: workflow.KeyDamaged,
			Args: map[string]string{"sha256": c.SHA256, "number": c.Number},
			Err:  fmt.Errorf("the stored file of %s does not match its SHA-256", c.Number)}
	}
	return c, nil
}

func sum(file []byte) string {
	hash := sha256.Sum256(file)
	return hex.EncodeToString(hash[:])
}

func scanReference(r row) (c workflow.CertificateRef, err error) {
	return c, r.Scan(&c.Number, &c.SHA256)
}

// Certificate implements workflow.Reader.
func (r reader) Certificate(ctx context.Context, number string) (workflow.Certificate, error) {
	return one(ctx, r.link, "certificate.not-found", scanCertificate, selectCertificate+"number = $1"+latest, number)
}

// CertificateOfSignature implements workflow.Reader.
func (r reader) CertificateOfSignature(ctx context.Context, signatureID string) (workflow.Certificate, error) {
	return one(ctx, r.link, "certificate.not-found", scanCertificate, selectCertificate+"signature_id = $1"+latest, signatureID)
}

// CertificateNumbers implements workflow.Reader.
func (r reader) CertificateNumbers(ctx context.Context) ([]workflow.CertificateRef, error) {
	return many(ctx, r.link, scanReference,
		"SELECT "+referenceColumns+" FROM certificate ORDER BY sealed_at, number, revision")
}

// CertificateBySHA256 implements workflow.Reader.
func (r reader) CertificateBySHA256(ctx context.Context, sum string) (workflow.Certificate, error) {
	return one(ctx, r.link, "certificate.not-found", scanCertificate, selectCertificate+"sha256 = $1", sum)
}

// CertificateRecords implements workflow.Reader.
func (r reader) CertificateRecords(ctx context.Context, number string) ([]workflow.Certificate, error) {
	list, err := many(ctx, r.link, scanRecord, "SELECT "+recordColumns+" FROM certificate WHERE number = $1 ORDER BY revision", number)
	if err == nil && len(list) == 0 {
		err = notFound("certificate.not-found")
	}
	return list, err
}

// PlainCertificates implements workflow.Reader.
func (r reader) PlainCertificates(ctx context.Context, limit int) ([]string, error) {
	return many(ctx, r.link, func(r row) (number string, err error) { return number, r.Scan(&number) },
		`SELECT number FROM certificate GROUP BY number HAVING MAX(revision) = 0 AND MAX(level) = 'B-B'
		ORDER BY MIN(sealed_at), number LIMIT $1`, limit)
}

// AddCertificate implements workflow.Tx; a revision that is there, or a file
// that is, is a Conflict.
func (t *tx) AddCertificate(ctx context.Context, c workflow.Certificate) error {
	return t.add(ctx, "certificate.exists", insertCertificate, c.Number, c.Revision, c.SignatureID, c.SHA256, c.UnsealedSHA256,
		c.Level, ms(c.SealedAt), ms(c.StampedAt), c.StampedBy, c.StampedOwn, asJSON(c.Content), blob(c.Growth), blob(c.PDF))
}

// RestoreFile implements workflow.Tx.
func (t *tx) RestoreFile(ctx context.Context, file []byte) error {
	return t.change(ctx, notFound("certificate.not-found"), "UPDATE certificate SET pdf = $2 WHERE sha256 = $1", sum(file), blob(file))
}
