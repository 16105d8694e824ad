package token

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
)

// URI names a private key and the module that reaches it (RFC 7512).
type URI struct {
	Module string // query attribute module-path: an absolute path
	Token  string // label of the token
	Serial string // of the token
	Object string // label of the key
	ID     string // of the key, raw bytes
}

// Parse reads a URI such as
//
//	pkcs11:token=Sceaux;object=sceau;id=%01?module-path=/usr/lib/softhsm/libsofthsm2.so
//
// The module, the token (by label or serial number) and the key (by label or
// id) have to be named. What is not understood is refused, for it would name
// more narrowly than what is found; so is a PIN, which does not belong where
// programs show their settings.
func Parse(text string) (URI, error) {
	var u URI
	rest, ok := strings.CutPrefix(text, "pkcs11:")
	if !ok {
		return u, errors.New("want pkcs11:token=…;object=…?module-path=…")
	}
	path, query, _ := strings.Cut(rest, "?")
	err := errors.Join(
		attributes(path, ";", map[string]*string{"token": &u.Token, "serial": &u.Serial, "object": &u.Object, "id": &u.ID, "type": new(string)}),
		attributes(query, "&", map[string]*string{"module-path": &u.Module}),
	)
	if err != nil {
		return u, err
	}
	return u, u.complete()
}

// attributes reads name=value pairs; a plus sign is a plus sign (RFC 7512, 2.3).
func attributes(text, separator string, places map[string]*string) error {
	for pair := range strings.SplitSeq(text, separator) {
		if pair == "" {
			continue
		}
		name, encoded, _ := strings.Cut(pair, "=")
		place := places[name]
		switch {
		case strings.HasPrefix(name, "pin-"):
			return errors.New("a PIN does not belong into the URI")
		case place == nil:
			return fmt.Errorf("attribute %q is unknown here, or given twice", name)
		}
		value, err := url.PathUnescape(encoded)
		if err != nil {
			return fmt.Errorf("attribute %q: %w", name, err)
		}
		*place = value
		delete(places, name)
	}
	return nil
}

func (u URI) complete() error {
	switch {
	case !filepath.IsAbs(u.Module):
		return errors.New("want module-path with the absolute path of the PKCS #11 module")
	case u.Token == "" && u.Serial == "":
		return errors.New("want token or serial")
	case u.Object == "" && u.ID == "":
		return errors.New("want object or id")
	}
	return nil
}

// String names token and key for people.
func (u URI) String() string {
	var parts []string
	for _, p := range []struct{ name, value string }{{"token", u.Token}, {"serial", u.Serial}, {"object", u.Object}} {
		if p.value != "" {
			parts = append(parts, p.name+"="+p.value)
		}
	}
	if u.ID != "" {
		parts = append(parts, fmt.Sprintf("id=%x", u.ID))
	}
	return strings.Join(parts, ";")
}
