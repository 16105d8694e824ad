package evidence

import (
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"math/big"
	"slices"
	"time"
)

// oidTimestampToken is the attribute that holds a timestamp (RFC 3161,
// appendix A).
var oidTimestampToken = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}

// timestamp finds what an authority stated of the seal; zero when none did.
func (s seal) timestamp() (Timestamp, error) {
	token, err := tokenOf(s.signer)
	if err != nil || token == nil {
		return Timestamp{}, err
	}
	t, err := readToken(token)
	if err != nil {
		return t, fmt.Errorf("%w: timestamp: %w", ErrSeal, err)
	}
	return t, nil
}

// tokenOf takes the token out of a SignerInfo (RFC 5652, 5.3).
func tokenOf(signer []byte) ([]byte, error) {
	var info struct {
		Version    int
		Signer     asn1.RawValue
		Digest     asn1.RawValue
		Attributes asn1.RawValue `asn1:"optional,tag:0"`
		Algorithm  asn1.RawValue
		Signature  []byte
		Unsigned   asn1.RawValue `asn1:"optional,tag:1"`
	}
	if _, err := asn1.Unmarshal(signer, &info); err != nil {
		return nil, fmt.Errorf("%w: signer: %w", ErrSeal, err)
	}
	for rest := info.Unsigned.Bytes; len(rest) > 0; {
		var a struct {
			Type   asn1.ObjectIdentifier
			Values []asn1.RawValue `asn1:"set"`
		}
		var err error
		if rest, err = asn1.Unmarshal(rest, &a); err != nil {
			return nil, fmt.Errorf("%w: attribute: %w", ErrSeal, err)
		}
		if a.Type.Equal(oidTimestampToken) && len(a.Values) > 0 {
			return a.Values[0].FullBytes, nil
		}
	}
	return nil, nil
}

// readToken reads the TSTInfo of RFC 3161, 2.4.2, and who signed it.
func readToken(token []byte) (Timestamp, error) {
	var signed struct {
		Type    asn1.ObjectIdentifier
		Content struct {
			Version      int
			Digests      asn1.RawValue
			Encapsulated struct {
				Type    asn1.ObjectIdentifier
				Content []byte `asn1:"explicit,tag:0"`
			}
			Certificates asn1.RawValue `asn1:"optional,tag:0"`
		} `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(token, &signed); err != nil {
		return Timestamp{}, err
	}
	var info struct {
		Version int
		Policy  asn1.ObjectIdentifier
		Imprint asn1.RawValue
		Serial  *big.Int
		Time    asn1.RawValue
	}
	if _, err := asn1.Unmarshal(signed.Content.Encapsulated.Content, &info); err != nil {
		return Timestamp{}, err
	}
	at, err := time.Parse("20060102150405Z", string(info.Time.Bytes)) // a fraction is read too
	return Timestamp{
		Authority: authorityName(signed.Content.Certificates.Bytes), Serial: Text(info.Serial.Text(16)),
		Policy: Text(info.Policy.String()), Time: Instant{at}, SHA256: Text(sum(token)),
	}, err
}

// authorityName is the subject of the certificate made for timestamps; a token
// may come without.
func authorityName(der []byte) Text {
	list, _ := x509.ParseCertificates(der)
	for _, c := range list {
		if slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageTimeStamping) {
			return Text(c.Subject.String())
		}
	}
	return ""
}
