package pades

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"time"

	"jachete/pdf/pades/tsa"
)

// Level is a PAdES baseline level (EN 319 142-1, 6).
type Level string

// The levels, each holding the one before.
const (
	LevelB   Level = "B-B"   // signature
	LevelT   Level = "B-T"   // and an authority's word for when it existed
	LevelLT  Level = "B-LT"  // and everything needed to judge it offline
	LevelLTA Level = "B-LTA" // and an authority's word for when all that existed
)

// Timestamper gives timestamps: a tsa.Client or a tsa.Authority. The signers are
// the chain of whoever stamps now, the roots what its tokens lead to, the room
// is what a token needs, in bytes.
type Timestamper interface {
	Timestamp(ctx context.Context, digest [sha256.Size]byte) (*tsa.Token, error)
	Signers(ctx context.Context) ([]*x509.Certificate, error)
	Room() int
	Roots() []*x509.Certificate
}

// Result is a file and the level it has reached. Missing tells why that is not
// the one that was asked for: what evidence is not there.
type Result struct {
	File    []byte
	Level   Level
	Missing error
}

// Sealing is how files are sealed.
type Sealing struct {
	Key Key
	// Stamper gives the timestamp, later: sealing asks nobody. Without it files
	// have no room for one.
	Stamper Timestamper
}

// Dictionary is the signature dictionary with the room that this sealing needs.
func (s Sealing) Dictionary(at time.Time) []byte {
	size := s.Key.Size()
	if s.Stamper != nil {
		size += s.Stamper.Room()
	}
	return Dictionary(at, s.Key.Name(), size)
}

// SignatureDigest is what a timestamp of a sealed file is about: the SHA-256 of
// the signature value (RFC 3161, A).
func SignatureDigest(sealed []byte) (stamp [sha256.Size]byte, err error) {
	gap, err := findGap(sealed, sealFilter)
	if err != nil {
		return stamp, err
	}
	m, err := readMessage(sealed[gap.start+1 : gap.end-1])
	return m.stamp(), err
}

// AddTimestamp puts the token of a sealed file's signature into the room kept
// for it. Nothing that the signature covers changes; both files are genuine.
// Errors: [ErrRoom], [ErrAltered] if the token is about something else,
// [ErrLayout] if the file has a timestamp or later revisions already.
func AddTimestamp(sealed []byte, token *tsa.Token) ([]byte, error) {
	gap, err := findGap(sealed, sealFilter)
	if err != nil {
		return nil, err
	}
	if err := checkLayout(sealed, gap); err != nil {
		return nil, err
	}
	m, err := readMessage(sealed[gap.start+1 : gap.end-1])
	if err != nil {
		return nil, err
	}
	if m.token != nil {
		return nil, fmt.Errorf("%w: the file has a timestamp", ErrLayout)
	}
	if stamp := m.stamp(); !token.Covers(stamp[:]) {
		return nil, fmt.Errorf("%w: timestamp of something else", ErrAltered)
	}
	m.token = token.DER
	return m.into(sealed, gap)
}

// into writes the message into a copy of the file it was read from.
func (m message) into(file []byte, g gap) ([]byte, error) {
	chain, err := m.chain()
	if err != nil {
		return nil, err
	}
	attributes, err := signedAttributes(chain[0], digest(file, g))
	if err != nil {
		return nil, err
	}
	der, err := encode(chain, attributes, m.signature, m.token)
	if err != nil {
		return nil, err
	}
	out := bytes.Clone(file)
	return out, g.fill(out, der)
}
