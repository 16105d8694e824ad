package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"os"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/issue"
)

// makeSeal is a command of the test scripts: it writes NAME.key and NAME.chain,
// a seal of the kind that NAME says.
func makeSeal() {
	for _, name := range os.Args[1:] {
		if err := writeSeal(name); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func writeSeal(name string) error {
	now := time.Now()
	from, until := now.Add(-time.Hour), now.AddDate(10, 0, 0)
	var key crypto.Signer
	var err error
	switch name {
	case "rsa2048":
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	case "rsa3072":
		key, err = rsa.GenerateKey(rand.Reader, 3072)
	case "p384":
		key, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case "expired":
		from, until = now.AddDate(-2, 0, 0), now.Add(-time.Hour)
	case "future":
		from = now.AddDate(0, 1, 0)
	case "ending":
		until = now.AddDate(0, 0, 10)
	}
	if key == nil {
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
	if err != nil {
		return err
	}
	chain, err := certifySeal(key, from, until)
	if err != nil {
		return err
	}
	private, err := issue.SignerPEM(key)
	if err != nil {
		return err
	}
	if err := os.WriteFile(name+".key", private, 0o600); err != nil {
		return err
	}
	return os.WriteFile(name+".chain", pades.ChainPEM(chain), 0o600)
}

func certifySeal(key crypto.Signer, from, until time.Time) ([]*x509.Certificate, error) {
	root, err := issue.Root(rand.Reader, x509.Certificate{Subject: pkix.Name{CommonName: "Racine d’essai"},
		NotBefore: time.Now().AddDate(-3, 0, 0), NotAfter: time.Now().AddDate(30, 0, 0)})
	if err != nil {
		return nil, err
	}
	serial, err := issue.Serial(rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: "Sceau d’essai"},
		NotBefore: from, NotAfter: until, KeyUsage: x509.KeyUsageDigitalSignature}, root.Certificate, key.Public(), root.Signer)
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	return []*x509.Certificate{leaf, root.Certificate}, err
}
