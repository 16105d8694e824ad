package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/issue"
	"jachete/workflow"
	"jachete/workflow/journal"
)

// keyring is the folder of secrets, made on first run. They live beside the
// database, never in it.
type keyring struct{ dir string }

// openKeyring makes the folder if it is not there.
func openKeyring(data string) (keyring, error) {
	k := keyring{filepath.Join(data, "keys")}
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		return k, fmt.Errorf("keys: %w", err)
	}
	return k, nil
}

// secret reads a file of the ring, or makes it. Of several processes that make
// it at once, one file wins and all read that one.
func (k keyring) secret(name string, generate func() (string, error)) (string, error) {
	path := filepath.Join(k.dir, name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		text, err := generate()
		if err != nil {
			return "", err
		}
		if err := writeOnce(path, text); err != nil {
			return "", fmt.Errorf("keys: %w", err)
		}
	}
	return readSecret(path)
}

// readSecret refuses a file that others on the machine can read.
func readSecret(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("keys: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return "", fmt.Errorf("keys: %s can be read by others (mode %04o): chmod 600 it", path, mode)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("keys: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

// writeOnce makes a file whole or not at all, and leaves one that is there.
func writeOnce(path, text string) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(text + "\n")
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err = os.Link(temp.Name(), path); errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// domain reads the secrets of the domain.
func (k keyring) domain() (workflow.Keys, error) {
	var keys workflow.Keys
	links, err := k.secret("link.key", newLinkKey)
	if err != nil {
		return keys, err
	}
	if keys.Links, err = parseLinkKeys(links); err != nil {
		return keys, err
	}
	if keys.Codes, err = k.random("code.key"); err != nil {
		return keys, err
	}
	if keys.TOTP, err = k.random("second-factor.key"); err != nil {
		return keys, err
	}
	keys.Checkpoint, err = k.secret("checkpoint.key", func() (string, error) {
		secret, _, err := journal.GenerateKey(rand.Reader)
		return secret, err
	})
	return keys, err
}

func (k keyring) random(name string) ([]byte, error) {
	text, err := k.secret(name, newRandomKey)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("keys: %s: %w", name, err)
	}
	return key, nil
}

func newRandomKey() (string, error) {
	raw := make([]byte, workflow.MinKey)
	rand.Read(raw)
	return base64.StdEncoding.EncodeToString(raw), nil
}

// newLinkKey makes a line of link.key: a name and a secret. The first line
// mints links, every line reads them.
func newLinkKey() (string, error) {
	name := make([]byte, 4)
	rand.Read(name)
	secret, err := newRandomKey()
	return hex.EncodeToString(name) + ":" + secret, err
}

func parseLinkKeys(text string) ([]workflow.LinkKey, error) {
	var keys []workflow.LinkKey
	for line := range strings.Lines(text) {
		name, encoded, found := strings.Cut(strings.TrimSpace(line), ":")
		secret, err := base64.StdEncoding.DecodeString(encoded)
		if !found || err != nil {
			return nil, fmt.Errorf("keys: link.key: a line is not NAME:BASE64")
		}
		keys = append(keys, workflow.LinkKey{ID: name, Secret: secret})
	}
	return keys, nil
}

// seal reads the key of the seal: the configured one, or one made on first run.
func (k keyring) seal(s settings, now time.Time) (pades.Key, error) {
	key, err := k.readSeal(s, now)
	if err != nil {
		return key, fmt.Errorf("seal key: %w", err)
	}
	if err := key.Check(now); err != nil {
		return key, fmt.Errorf("seal key: %w", err)
	}
	return key, nil
}

func (k keyring) readSeal(s settings, now time.Time) (pades.Key, error) {
	switch {
	case s.SealP12 != "":
		file, err := os.ReadFile(s.SealP12)
		if err != nil {
			return pades.Key{}, err
		}
		return pades.ParseP12(file, s.SealPassword)
	case s.SealKey != "":
		return readPEM(s.SealKey, s.SealChain)
	}
	return k.ownSeal(now)
}

func readPEM(keyPath, chainPath string) (pades.Key, error) {
	key, err := readSecret(keyPath)
	if err != nil {
		return pades.Key{}, err
	}
	chain, err := os.ReadFile(chainPath)
	if err != nil {
		return pades.Key{}, err
	}
	return pades.ParsePEM([]byte(key), chain)
}

// sealName is the organisation in the certificates made on first run.
const sealName = "L’économie sociale, j’achète!"

// keepRoot writes the root's key, to be taken away, and the list of what it has
// revoked, which is nothing: proof for the long term needs the list even when
// the root is gone.
func (k keyring) keepRoot(now time.Time, key pades.Key, rootKey []byte) error {
	list, err := pades.MakeCRL(rand.Reader, now, rootKey, key.Root())
	if err != nil {
		return err
	}
	serial := key.Root().SerialNumber.Text(16)
	return errors.Join(writeOnce(filepath.Join(k.dir, "seal-root-"+serial+".key"), string(rootKey)),
		writeOnce(filepath.Join(k.dir, "seal-root-"+serial+".crl"), string(issue.ListPEM(list))))
}

// revocations reads the lists of the roots made here.
func (k keyring) revocations() (pades.Lists, error) {
	names, err := filepath.Glob(filepath.Join(k.dir, "seal-root-*.crl"))
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
