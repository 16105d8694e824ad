package main

import (
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/issue"
	"jachete/pdf/pades/token"
)

// seal reads the key of the seal: the configured one, or one made on first run.
func (k keyring) seal(s settings, now time.Time) (pades.Key, error) {
	key, err := k.readSeal(s, now)
	if err == nil {
		err = key.Check(now)
	}
	if err != nil {
		return key, fmt.Errorf("seal key: %w", err)
	}
	return key, nil
}

func (k keyring) readSeal(s settings, now time.Time) (pades.Key, error) {
	switch {
	case s.SealP12 != "":
		file, err := readPrivate(s.SealP12)
		if err != nil {
			return pades.Key{}, err
		}
		return pades.ParseP12(file, s.SealPassword)
	case s.SealKey != "":
		return readPEM(s.SealKey, s.SealChain)
	case s.SealPKCS11 != "":
		return s.openToken()
	}
	return k.ownSeal(now)
}

func readPEM(keyPath, chainPath string) (pades.Key, error) {
	key, err := readPrivate(keyPath)
	if err != nil {
		return pades.Key{}, err
	}
	chain, err := os.ReadFile(chainPath)
	if err != nil {
		return pades.Key{}, err
	}
	return pades.ParsePEM(key, chain)
}

func readChain(path string) ([]*x509.Certificate, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return pades.ParseChain(file)
}

// openToken logs in to the token that holds the key of the chain's leaf.
func (s settings) openToken() (pades.Key, error) {
	chain, err := readChain(s.SealChain)
	if err != nil {
		return pades.Key{}, err
	}
	signer, err := token.Open(s.token, s.SealPIN, chain[0].PublicKey)
	if err != nil {
		return pades.Key{}, err
	}
	return pades.Key{Signer: signer, Chain: chain}, nil
}

// sealChain reads the certificates of the seal without logging in to a token.
func (k keyring) sealChain(s settings, now time.Time) ([]*x509.Certificate, error) {
	if s.SealChain != "" {
		return readChain(s.SealChain)
	}
	key, err := k.readSeal(s, now)
	return key.Chain, err
}

// sealName is the organisation in the certificates made on first run.
const sealName = "L’économie sociale, j’achète!"

// ownSeal keeps key and chain in one file, so that they can only appear
// together, and the root's key in a file of its own, to be taken away.
func (k keyring) ownSeal(now time.Time) (pades.Key, error) {
	text, err := k.secret("seal.pem", func() (string, error) {
		key, rootKey, err := pades.Generate(rand.Reader, now, sealName)
		if err != nil {
			return "", err
		}
		private, chain, err := key.PEM()
		if err != nil {
			return "", err
		}
		return string(private) + string(chain), k.keepRoot(now, key, rootKey)
	})
	if err != nil {
		return pades.Key{}, err
	}
	return pades.ParsePEM([]byte(text), []byte(text))
}

// keepRoot writes the root's key, to be taken away, and the list of what it has
// revoked, which is nothing: proof for the long term needs the list even when
// the root is gone.
func (k keyring) keepRoot(now time.Time, key pades.Key, rootKey []byte) error {
	list, err := pades.MakeCRL(rand.Reader, now, rootKey, key.Root())
	if err != nil {
		return err
	}
	serial := key.Root().SerialNumber.Text(16)
	return errors.Join(writeOnce(k.path("seal-root-"+serial+".key"), string(rootKey)),
		writeOnce(k.path("seal-root-"+serial+".crl"), string(issue.ListPEM(list))))
}

// revocations reads the lists of the roots made here.
func (k keyring) revocations() (pades.Lists, error) {
	names, err := filepath.Glob(k.path("seal-root-*.crl"))
	if err != nil {
		return nil, err
	}
	var lists pades.Lists
	for _, name := range names {
		file, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		list, err := issue.ParseList(file)
		if err != nil {
			return nil, fmt.Errorf("keys: %s: %w", name, err)
		}
		lists = append(lists, list)
	}
	return lists, nil
}

// rotateSeal makes a new leaf under the root of the one in use, and the root's
// list anew: one older than the leaf would prove nothing about it.
func (k keyring) rotateSeal(now time.Time) (pades.Key, error) {
	old, err := k.ownSeal(now)
	if err != nil {
		return pades.Key{}, err
	}
	serial := old.Root().SerialNumber.Text(16)
	rootKey, err := readSecret(k.path("seal-root-" + serial + ".key"))
	if err != nil {
		return pades.Key{}, fmt.Errorf("bring the root's key back for a moment: %w", err)
	}
	key, err := pades.Rotate(rand.Reader, now, sealName, []byte(rootKey), old.Root())
	if err != nil {
		return pades.Key{}, err
	}
	private, chain, err := key.PEM()
	if err != nil {
		return pades.Key{}, err
	}
	list, err := pades.MakeCRL(rand.Reader, now, []byte(rootKey), old.Root())
	if err != nil {
		return pades.Key{}, err
	}
	retired := "seal-" + old.Chain[0].SerialNumber.Text(16) + ".retired.pem"
	return key, errors.Join(
		os.Link(k.path("seal.pem"), k.path(retired)),
		k.replace("seal-root-"+serial+".crl", string(issue.ListPEM(list))),
		k.replace("seal.pem", string(private)+string(chain)))
}
