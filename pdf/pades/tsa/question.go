package tsa

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
)

// question is a request as sent, with what its answer must repeat.
type question struct {
	der    []byte
	digest [sha256.Size]byte
	nonce  *big.Int
}

// newQuestion draws a nonce of 128 bits, positive and never shorter.
func newQuestion(digest [sha256.Size]byte) (question, error) {
	b := make([]byte, 16)
	rand.Read(b)
	b[0] = b[0]&0x7F | 0x40
	nonce := new(big.Int).SetBytes(b)
	der, err := asn1.Marshal(request{Version: 1, Imprint: sha256Imprint(digest[:]), Nonce: nonce, CertReq: true})
	return question{der, digest, nonce}, err
}

func sha256Imprint(digest []byte) imprint {
	return imprint{pkix.AlgorithmIdentifier{Algorithm: oidSHA256, Parameters: asn1.NullRawValue}, digest}
}

// read takes the token out of an answer to this question. Errors:
// [ErrMalformed], [ErrAnswer], [ErrSignature].
func (q question) read(answer []byte) (*Token, error) {
	var r response
	if err := decode(answer, "answer", &r, ""); err != nil {
		return nil, err
	}
	if r.Status.Code != 0 && r.Status.Code != 1 { // granted, granted with changes
		return nil, fmt.Errorf("%w: refused with status %d %s", ErrAnswer, r.Status.Code, r.Status.text())
	}
	token, err := Parse(r.Token.FullBytes)
	if err != nil {
		return nil, err
	}
	if token.nonce == nil || token.nonce.Cmp(q.nonce) != 0 {
		return nil, fmt.Errorf("%w: another nonce than ours", ErrAnswer)
	}
	if token.Hash != crypto.SHA256 || !token.Covers(q.digest[:]) {
		return nil, fmt.Errorf("%w: another imprint than ours", ErrAnswer)
	}
	return token, nil
}

// text is what the authority says about a refusal, quoted and not too long.
func (s status) text() string {
	if len(s.Text) == 0 {
		return ""
	}
	text := s.Text[0].Bytes
	return fmt.Sprintf("%q", text[:min(len(text), 200)])
}
