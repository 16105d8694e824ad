package check

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// store is what a security store holds.
type store struct {
	certificates []*x509.Certificate
	lists        []*x509.RevocationList
}

var (
	dss    = regexp.MustCompile(`/Type /DSS /Certs \[([^\]]*)\](?: /CRLs \[([^\]]*)\])?>>`)
	number = regexp.MustCompile(`(\d+) 0 R`)
)

// stores finds the security stores that a catalog points to, oldest first.
func stores(file []byte) (out []store) {
	for _, found := range dss.FindAllSubmatch(file, -1) {
		var s store
		for _, der := range streams(file, found[1]) {
			if c, err := x509.ParseCertificate(der); err == nil {
				s.certificates = append(s.certificates, c)
			}
		}
		for _, der := range streams(file, found[2]) {
			if l, err := x509.ParseRevocationList(der); err == nil {
				s.lists = append(s.lists, l)
			}
		}
		out = append(out, s)
	}
	return out
}

func streams(file, refs []byte) (out [][]byte) {
	for _, ref := range number.FindAllSubmatch(refs, -1) {
		head := fmt.Appendf(nil, "\n%s 0 obj\n<</Length ", ref[1])
		_, after, _ := bytes.Cut(file, head)
		length, after, _ := bytes.Cut(after, []byte(">>\nstream\n"))
		if n, err := strconv.Atoi(string(length)); err == nil && n <= len(after) {
			out = append(out, after[:n])
		}
	}
	return out
}

// clears wants every certificate of a chain, and a list for each but the root
// that was current and clean at a time.
func (s store) clears(chain []*x509.Certificate, at time.Time) error {
	for i, c := range chain {
		if !s.holds(c) {
			return fmt.Errorf("the store is without %q", c.Subject.CommonName)
		}
		if i+1 < len(chain) && !s.clean(c, chain[i+1], at) {
			return fmt.Errorf("the store has no clean list for %q on %s", c.Subject.CommonName, at.Format(time.DateOnly))
		}
	}
	return nil
}

func (s store) holds(c *x509.Certificate) bool {
	for _, have := range s.certificates {
		if have.Equal(c) {
			return true
		}
	}
	return false
}

func (s store) clean(c, issuer *x509.Certificate, at time.Time) bool {
	found := false
	for _, l := range s.lists {
		if l.CheckSignatureFrom(issuer) != nil {
			continue
		}
		found = found || at.Before(l.NextUpdate) && !l.ThisUpdate.Before(c.NotBefore)
		for _, entry := range l.RevokedCertificateEntries {
			if entry.SerialNumber.Cmp(c.SerialNumber) == 0 && entry.RevocationTime.Before(at) {
				return false
			}
		}
	}
	return found
}
