package check

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/tsa"
)

// Report is what a file proves.
type Report struct {
	Level pades.Level
	// Short tells why the level is not a higher one.
	Short error
	// Times are those of the timestamps, in the order of the file.
	Times []time.Time
}

// proof is a timestamp with its chain, and the bytes it protects.
type proof struct {
	token *tsa.Token
	chain []*x509.Certificate
	cover []byte // the revisions up to its own; nil for that of the signature
	store store  // as it was in that revision or, for the signature's, in the last
}

// Level judges a file by the roots of the authorities and of the seal. Error:
// the file proves nothing, not even B-B.
func Level(file []byte, roots []*x509.Certificate, at time.Time) (Report, error) {
	parts, err := split(file)
	if err != nil {
		return Report{}, err
	}
	seal, err := readSeal(parts[0], roots)
	if err != nil {
		return Report{}, err
	}
	proofs, err := readProofs(seal, parts[1:], roots)
	if err != nil {
		return Report{}, err
	}
	r := Report{Level: pades.LevelB}
	for _, p := range proofs {
		r.Times = append(r.Times, p.token.Time)
	}
	r.judge(seal, proofs, stores(file[len(parts[0].prefix):]), at)
	return r, nil
}

// judge climbs from level to level until something is short.
func (r *Report) judge(seal seal, proofs []proof, all []store, at time.Time) {
	if r.Short = timestamped(proofs, at); r.Short != nil {
		return
	}
	r.Level = pades.LevelT
	if len(all) == 0 {
		r.Short = errors.New("no security store")
		return
	}
	last := proofs[len(proofs)-1]
	if r.Short = longTerm(seal, proofs, all[len(all)-1], at); r.Short != nil {
		return
	}
	r.Level = pades.LevelLT
	if last.cover == nil {
		r.Short = errors.New("no timestamp of the document")
		return
	}
	// What the last timestamp protects must do for all that came before it.
	if r.Short = longTerm(seal, proofs[:len(proofs)-1], last.store, last.token.Time); r.Short == nil {
		r.Level = pades.LevelLTA
	}
}

// timestamped wants a chain of proofs without a hole: each authority's
// certificate was good when the next one stamped, the last one's is at the
// moment of judging.
func timestamped(proofs []proof, at time.Time) error {
	if len(proofs) == 0 {
		return errors.New("no timestamp")
	}
	for i, p := range proofs {
		end := at
		if i+1 < len(proofs) {
			end = proofs[i+1].token.Time
		}
		if p.chain[0].NotAfter.Before(end) {
			return fmt.Errorf("timestamp %d: its certificate had expired by %s", i+1, end.Format(time.DateOnly))
		}
	}
	return nil
}

// longTerm wants certificates and lists for the seal and every proof.
func longTerm(seal seal, proofs []proof, s store, at time.Time) error {
	if len(proofs) == 0 {
		return errors.New("no timestamp before that of the document")
	}
	if err := s.clears(seal.chain, proofs[0].token.Time); err != nil {
		return err
	}
	for i, p := range proofs {
		end := at
		if i+1 < len(proofs) {
			end = proofs[i+1].token.Time
		}
		if err := s.clears(p.chain, end); err != nil {
			return err
		}
	}
	return nil
}

func readProofs(seal seal, parts []signature, roots []*x509.Certificate) ([]proof, error) {
	var out []proof
	if seal.token != nil {
		chain, err := seal.token.Verify(roots, seal.token.Time)
		if err != nil {
			return nil, err
		}
		out = append(out, proof{token: seal.token, chain: chain})
	}
	for _, s := range parts {
		p, err := readProof(s, roots)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

func readProof(s signature, roots []*x509.Certificate) (p proof, err error) {
	if !bytes.Contains(s.revision, []byte("/Type /DocTimeStamp")) || !bytes.Contains(s.revision, []byte("/SubFilter /ETSI.RFC3161")) {
		return p, errors.New("a second signature that is no timestamp")
	}
	if p.token, err = tsa.Parse(s.cms); err != nil {
		return p, err
	}
	sum := sha256.Sum256(s.signed)
	if !p.token.Covers(sum[:]) {
		return p, errors.New("a timestamp of other bytes")
	}
	p.cover = s.prefix
	if all := stores(s.prefix); len(all) > 0 {
		p.store = all[len(all)-1]
	}
	p.chain, err = p.token.Verify(roots, p.token.Time)
	return p, err
}
