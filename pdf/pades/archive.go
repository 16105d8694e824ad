package pades

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"time"

	"jachete/pdf/pades/revision"
)

// Archiver makes sealed files last. Each method gives a new file that begins
// with the old one, byte for byte, save for a timestamp put into its room.
type Archiver struct {
	Stamper Timestamper
	// Roots are those of every authority that stamped files in the past, beside
	// the stamper's own.
	Roots []*x509.Certificate
	// Source finds revocation lists, also those of the seal's own root.
	Source Source
	Clock  func() time.Time
}

// LongTerm brings a file to B-LT: it adds a timestamp if there is none, and
// the evidence for the chains of seal and timestamps that is not there yet. A
// file that has all of it is returned as it is. Errors: [ErrLayout] and
// [ErrAltered] for a file that is not whole, [ErrEvidence], the authority's.
func (a Archiver) LongTerm(ctx context.Context, file []byte) (Result, error) {
	d, err := a.stamped(ctx, file)
	if err != nil {
		return Result{}, err
	}
	if d, err = a.withEvidence(ctx, d); err != nil {
		return Result{}, err
	}
	return Result{File: d.data, Level: LevelLT}, nil
}

// Archive brings a file to B-LTA: evidence as [Archiver.LongTerm] adds it, also
// about the authority that then stamps the whole document. It is done again
// before that authority's certificate ends or its algorithms get weak: the new
// timestamp protects the old ones.
func (a Archiver) Archive(ctx context.Context, file []byte) (Result, error) {
	d, err := a.stamped(ctx, file)
	if err != nil {
		return Result{}, err
	}
	next, err := whoStamps(ctx, a.Stamper, sha256.Sum256(d.data))
	if err != nil {
		return Result{}, err
	}
	if d, err = a.withEvidence(ctx, d, next); err != nil {
		return Result{}, err
	}
	archived, err := a.stampDocument(ctx, d)
	return Result{File: archived, Level: LevelLTA}, err
}

func (a Archiver) roots() []*x509.Certificate {
	return append(append([]*x509.Certificate(nil), a.Stamper.Roots()...), a.Roots...)
}

// stamped reads a file and adds what makes it B-T: a timestamp in the
// signature or, where no room was kept, one of the document.
func (a Archiver) stamped(ctx context.Context, file []byte) (*document, error) {
	d, err := readDocument(file)
	if err != nil || d.stamped() {
		return d, err
	}
	stamp, err := SignatureDigest(file)
	if err != nil {
		return nil, err
	}
	token, err := a.Stamper.Timestamp(ctx, stamp)
	if err != nil {
		return nil, err
	}
	if file, err = AddTimestamp(file, token); err != nil {
		if file, err = a.stampDocument(ctx, d); err != nil {
			return nil, err
		}
	}
	return readDocument(file)
}

// withEvidence adds a revision with the evidence that is missing, if any is.
func (a Archiver) withEvidence(ctx context.Context, d *document, more ...Used) (*document, error) {
	chains, err := d.used(a.roots(), a.Clock())
	if err != nil {
		return nil, err
	}
	chains = append(chains, more...)
	have, err := readStore(d.file)
	if err != nil {
		return nil, err
	}
	wanted, err := have.Evidence.gather(ctx, a.Source, chains)
	if err != nil {
		return nil, err
	}
	update, err := d.file.Update()
	if err != nil {
		return nil, err
	}
	if !have.extend(wanted, update.Add) {
		return d, nil
	}
	catalog, number, err := d.file.Catalog()
	if err != nil {
		return nil, err
	}
	catalog = catalog.With("DSS", revision.Ref(update.Add(have.dict()))).With("Extensions", []byte(extensions))
	update.Set(number, catalog.Bytes())
	return readDocument(update.Bytes())
}

// stampDocument adds a revision with a timestamp of all bytes but its own.
func (a Archiver) stampDocument(ctx context.Context, d *document) ([]byte, error) {
	file, err := d.withField(a.Stamper.Room())
	if err != nil {
		return nil, err
	}
	g, err := findGap(file, stampFilter)
	if err != nil {
		return nil, err
	}
	if file, err = fillRange(file, g); err != nil {
		return nil, err
	}
	token, err := a.Stamper.Timestamp(ctx, digest(file, g))
	if err != nil {
		return nil, err
	}
	return file, g.fill(file, token.DER)
}
