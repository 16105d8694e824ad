package mail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"

	"jachete/workflow"
)

// ReturnPath makes envelope senders that say which delivery comes back (VERP:
// variable envelope return path), and proves that they are ours:
//
//	retours+b-DELIVERY-TAG@example.org   of retours@example.org
//	b-DELIVERY-TAG@retours.example.org   of @retours.example.org
//
// Report programs may write them in small letters; both read the same.
type ReturnPath struct {
	prefix string // of the local part, "retours+b-" or "b-"
	domain string
	key    []byte
}

const (
	idSize  = 26 // of a delivery, base 32
	tagSize = 13 // 65 bits, base 32
	maxPart = 64 // of a local part, RFC 5321 §4.5.3.1.1
)

// NewReturnPath makes one of an address whose server delivers what follows a
// plus sign there too, or of "@domain" whose server delivers every address.
// The key is kept outside the database. It fails when the address cannot be
// read or leaves no room for what is added.
func NewReturnPath(address string, key []byte) (*ReturnPath, error) {
	local, domain, _ := strings.Cut(address, "@")
	r := &ReturnPath{prefix: local + "+b-", domain: strings.ToLower(domain), key: key}
	if local == "" {
		r.prefix = "b-"
	}
	r.prefix = strings.ToLower(r.prefix)
	if _, problem := workflow.CleanEmail(strings.TrimSuffix(r.prefix, "-") + "@" + domain); problem != nil {
		return nil, fmt.Errorf("mail: return path %q is neither an address nor @domain", address)
	}
	if most := maxPart - len("+b-") - idSize - 1 - tagSize; len(local) > most {
		return nil, fmt.Errorf("mail: return path %q has more than %d characters before @", address, most)
	}
	if len(key) < workflow.MinKey {
		return nil, fmt.Errorf("mail: return path key has %d bytes, want %d or more", len(key), workflow.MinKey)
	}
	return r, nil
}

// Sender is the envelope sender of a delivery.
func (r *ReturnPath) Sender(delivery string) string {
	return r.prefix + strings.ToLower(delivery) + "-" + r.tag(delivery) + "@" + r.domain
}

// Delivery finds the delivery in the addresses a report came to. found tells
// that one of them has the shape of ours; the id is empty then if none has the
// right tag: somebody made it up.
func (r *ReturnPath) Delivery(addresses []string) (id string, found bool) {
	for _, a := range addresses {
		local, domain, _ := strings.Cut(strings.ToLower(a), "@")
		rest, ours := strings.CutPrefix(local, r.prefix)
		claimed, tag, tagged := strings.Cut(rest, "-")
		if !ours || !tagged || domain != r.domain {
			continue
		}
		found = true
		claimed = strings.ToUpper(claimed)
		if hmac.Equal([]byte(tag), []byte(r.tag(claimed))) {
			return claimed, true
		}
	}
	return "", found
}

var tagLetters = base32.StdEncoding.WithPadding(base32.NoPadding)

func (r *ReturnPath) tag(delivery string) string {
	h := hmac.New(sha256.New, r.key)
	h.Write([]byte("return-path\x00" + delivery))
	return strings.ToLower(tagLetters.EncodeToString(h.Sum(nil)))[:tagSize]
}
