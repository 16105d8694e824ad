package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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

func (k keyring) path(name string) string { return filepath.Join(k.dir, name) }

// secret reads a file of the ring, or makes it. Of several processes that make
// it at once, one file wins and all read that one.
func (k keyring) secret(name string, generate func() (string, error)) (string, error) {
	path := k.path(name)
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

func readSecret(path string) (string, error) {
	text, err := readPrivate(path)
	return strings.TrimSpace(string(text)), err
}

// readPrivate refuses a file that others on the machine can read.
func readPrivate(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, fmt.Errorf("keys: %s can be read by others (mode %04o): chmod 600 it", path, mode)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	return content, nil
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

// replace writes a file whole over an old one.
func (k keyring) replace(name, text string) error {
	temp := k.path(".next-" + name)
	os.Remove(temp) // left by a run that was cut short
	if err := writeOnce(temp, text); err != nil {
		return err
	}
	return os.Rename(temp, k.path(name))
}
