package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"jachete/pdf/pades/token"
)

// readSeal checks where the seal's key is: in PEM files, in a PKCS #12 file, in
// a token, or nowhere yet.
func (s *settings) readSeal() (errs []error) {
	if (s.SealKey != "" || s.SealPKCS11 == "") && (s.SealKey == "") != (s.SealChain == "") {
		errs = append(errs, errors.New("JACHETE_SEAL_KEY and JACHETE_SEAL_CHAIN: give both or none"))
	}
	places := 0
	for _, place := range []string{s.SealP12, s.SealKey, s.SealPKCS11} {
		if place != "" {
			places++
		}
	}
	if places > 1 {
		errs = append(errs, errors.New("JACHETE_SEAL_P12, JACHETE_SEAL_KEY and JACHETE_SEAL_PKCS11: give one of them"))
	}
	errs = append(errs, exists("JACHETE_SEAL_P12", s.SealP12), exists("JACHETE_SEAL_KEY", s.SealKey), exists("JACHETE_SEAL_CHAIN", s.SealChain))
	return append(errs, s.readToken()...)
}

// ownSeal tells whether the seal's key is the one made on first run.
func (s *settings) ownSeal() bool { return s.SealP12 == "" && s.SealKey == "" && s.SealPKCS11 == "" }

func exists(name, path string) error {
	if path == "" {
		return nil
	}
	_, err := os.Stat(path)
	return wrap(name, err)
}

// readToken checks the settings of a key in a token. The token itself is asked
// when the service starts.
func (s *settings) readToken() (errs []error) {
	if (s.SealPKCS11 == "") != (s.SealPIN == "") {
		errs = append(errs, errors.New("JACHETE_SEAL_PKCS11 and JACHETE_SEAL_PKCS11_PIN: give both or none"))
	}
	if s.SealPKCS11 == "" {
		return errs
	}
	if s.SealChain == "" {
		errs = append(errs, errors.New("JACHETE_SEAL_CHAIN: required with JACHETE_SEAL_PKCS11"))
	}
	var err error
	s.token, err = token.Parse(s.SealPKCS11)
	return append(errs, wrap("JACHETE_SEAL_PKCS11", err), wrap("JACHETE_SEAL_PKCS11", token.Available()))
}

// ownAuthority is the value of JACHETE_TSA that asks nobody outside.
const ownAuthority = "self"

// readAuthorities checks who states the time of seals. The roots of outside
// authorities may be kept beside the service's own one, for the certificates
// they have stamped before.
func (s *settings) readAuthorities() (errs []error) {
	errs = append(errs, exists("JACHETE_TSA_CA", s.TSACA))
	switch {
	case s.TSA == ownAuthority:
		return errs
	case (s.TSA == "") != (s.TSACA == ""):
		errs = append(errs, errors.New("JACHETE_TSA and JACHETE_TSA_CA: give both or none"))
	}
	for text := range strings.SplitSeq(s.TSA, ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			errs = append(errs, fmt.Errorf("JACHETE_TSA: %q is no http or https address; %q stands alone", text, ownAuthority))
			continue
		}
		s.authorities = append(s.authorities, text)
	}
	return errs
}
