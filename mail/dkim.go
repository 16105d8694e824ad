package mail

import (
	"bytes"
	"crypto/rsa"
	"errors"
	"fmt"
	"regexp"

	gomail "github.com/wneessen/go-mail"

	"jachete/workflow"
)

// DKIM signs outgoing mail (RFC 6376).
type DKIM struct{ signer *gomail.DKIMSigner }

// signedHeaders are all those that say something; the second list is signed
// once more than present, so that nobody adds another.
var (
	signedHeaders = []string{
		"From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
		"Content-Language", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post",
	}
	sealedHeaders = []string{"From", "To", "Subject", "Reply-To"}
)

// minRSA is the least size of an RSA key, in bits (RFC 8301).
const minRSA = 2048

// NewDKIM makes a signer for a domain from a private key in PEM (RSA of at
// least 2,048 bits, or Ed25519), published in DNS under
// selector._domainkey.domain.
func NewDKIM(keyPEM []byte, selector, domain string, clock workflow.Clock) (*DKIM, error) {
	key, err := gomail.PrivKeyFromPEM(keyPEM)
	if err != nil {
		return nil, fmt.Errorf("DKIM key: %w", err)
	}
	if rsaKey, ok := key.(*rsa.PrivateKey); ok && rsaKey.N.BitLen() < minRSA {
		return nil, fmt.Errorf("DKIM key: RSA of %d bits, at least %d are needed", rsaKey.N.BitLen(), minRSA)
	}
	if selector == "" || domain == "" {
		return nil, errors.New("DKIM: selector and domain are needed with a key")
	}
	d := &DKIM{signer: gomail.NewDKIMSigner(domain, selector, key)}
	d.signer.NowFunc = clock.Now
	d.signer.SignHeaders(signedHeaders...)
	d.signer.OversignHeaders(sealedHeaders...)
	// The first signature also settles the algorithm inside the signer, which
	// is then only read and may serve several goroutines.
	_, err = d.sign([]byte("From: <x@" + domain + ">\r\n\r\n"))
	return d, err
}

// sign gives the message with its signature on top; a nil DKIM signs nothing.
func (d *DKIM) sign(raw []byte) ([]byte, error) {
	if d == nil {
		return raw, nil
	}
	head, body, found := bytes.Cut(raw, []byte("\r\n\r\n"))
	if !found {
		return nil, errors.New("a message without body cannot be signed")
	}
	signature, err := d.signer.Sign(append(bytes.Clone(head), "\r\n"...), body)
	if err != nil {
		return nil, err
	}
	return append(insideTag.ReplaceAll([]byte(signature), []byte("$1")), raw...), nil
}

// insideTag finds line folds put in the middle of a tag. go-mail 0.8.1 signs
// its own header without them, so that a list of headers longer than a line
// would never verify. Without the folds lines stay far below the 998 characters
// of RFC 5322.
var insideTag = regexp.MustCompile(`(\S)\r\n[ \t]`)
