package pades

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"jachete/pdf/pades/revision"
	"jachete/pdf/pades/tsa"
)

// Archiver makes sealed files last. Each method gives a new file that begins
// with the old one, byte for byte, save for a timestamp put into its room.
type Archiver struct {
	Stamper Timestamper
	// Roots are those of every authority that stamped files in the past, beside
	// the stamper's own.
	Roots []*x509.Certificate
	// Source finds revocation lists, also those of the seal's own root. A
	// [Kept] one spares asking for them for each file.
	Source Source
	Clock  func() time.Time
}

// LongTerm brings a file to B-LT: it adds a timestamp if there is none, and
// the evidence for the chains of seal and timestamps that is not there yet. A
// file that has all of it is returned as it is. When a file that has none yet
// cannot get it, it is at B-T, and the result tells what is missing. Errors:
// [ErrLayout] and [ErrAltered] for a file that is not whole, [ErrEvidence], the
// authority's.
func (a Archiver) LongTerm(ctx context.Context, file []byte) (Result, error) {
	d, err := a.stamped(ctx, file)
	if err != nil {
		return Result{}, err
	}
	long, err := a.withEvidence(ctx, d)
	if errors.Is(err, ErrEvidence) && !d.hasStore() {
		return Result{d.data, LevelT, err}, nil
	}
	if err != nil {
		return Result{}, err
	}
	return Result{File: long.data, Level: LevelLT}, nil
}

// Archive brings a file to B-LTA: evidence as [Archiver.LongTerm] adds it, also
// about the authority that then stamps the whole document. It is done again
// before that authority's certificate ends or its algorithms get weak: the new
// timestamp protects the old ones. Errors: those of LongTerm, and [ErrEvidence].
func (a Archiver) Archive(ctx context.Context, file []byte) (Result, error) {
	d, err := a.stamped(ctx, file)
	if err != nil {
		return Result{}, err
	}
	archived, err := a.archive(ctx, d)
	if errors.Is(err, errOther) { // now the stamper knows who answers
		archived, err = a.archive(ctx, d)
	}
	return Result{File: archived, Level: LevelLTA}, err
}

// errOther tells that the store of a file is about another authority than the
// one that then stamped it: readers would not call that B-LTA.
var errOther = fmt.Errorf("%w: another authority answered than before", ErrEvidence)

func (a Archiver) archive(ctx context.Context, d *document) ([]byte, error) {
	signers, err := a.Stamper.Signers(ctx)
	if err != nil {
		return nil, err
	}
	if d, err = a.withEvidence(ctx, d, Used{signers, a.Clock()}); err != nil {
		return nil, err
	}
	archived, token, err := a.stampDocument(ctx, d)
	if err == nil && !token.Certificates[0].Equal(signers[0]) {
		err = errOther
	}
	return archived, err
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
	if err := a.lookAhead(ctx, d); err != nil {
		return nil, err
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
		if file, _, err = a.stampDocument(ctx, d); err != nil {
			return nil, err
		}
	}
	return readDocument(file)
}

// lookAhead has a [Kept] source find the lists before the timestamp is made.
// Readers that judge as of its time refuse a list that is younger. A list that
// cannot be had now is missed later; an authority that does not answer now is
// not asked a second time.
func (a Archiver) lookAhead(ctx context.Context, d *document) error {
	signers, err := a.Stamper.Signers(ctx)
	if err != nil {
		return err
	}
	for _, chain := range [][]*x509.Certificate{d.chain, signers} {
		for i := 0; i+1 < len(chain); i++ {
			a.Source.List(ctx, chain[i], chain[i+1])
		}
	}
	return nil
}

// withEvidence adds a revision with the evidence that is missing, if any is. It
// is always a later revision than the seal's: what readers look for at B-LT is
// a security store that came after the signature.
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
	if have.number == 0 {
		have.number = update.Add(nil)
		update.Set(number, catalog.With("DSS", revision.Ref(have.number)).With("Extensions", []byte(Extensions)).Bytes())
	}
	update.Set(have.number, have.dict())
	return readDocument(update.Bytes())
}

// stampDocument adds a revision with a timestamp of all bytes but its own.
func (a Archiver) stampDocument(ctx context.Context, d *document) ([]byte, *tsa.Token, error) {
	file, err := d.withField(a.Stamper.Room())
	if err != nil {
		return nil, nil, err
	}
	g, err := findGap(file, stampFilter)
	if err != nil {
		return nil, nil, err
	}
	if file, err = fillRange(file, g); err != nil {
		return nil, nil, err
	}
	token, err := a.Stamper.Timestamp(ctx, digest(file, g))
	if err != nil {
		return nil, nil, err
	}
	return file, token, g.fill(file, token.DER)
}
