package workflow

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"

	"jachete/workflow/journal"
)

func (k Keys) check() error {
	if len(k.Codes) < MinKey {
		return fmt.Errorf("codes key has %d bytes, want %d or more", len(k.Codes), MinKey)
	}
	if len(k.TOTP) != MinKey {
		return fmt.Errorf("second-factor key has %d bytes, want %d", len(k.TOTP), MinKey)
	}
	_, err := k.checkpointKeys()
	return err
}

// checkpointKeys are the public keys that checkpoints verify with, the one in
// use first.
func (k Keys) checkpointKeys() ([]string, error) {
	public, err := journal.PublicKey(k.Checkpoint)
	return append([]string{public}, k.FormerCheckpoints...), err
}

// seal encrypts a secret for the database, bound to its owner.
func (k Keys) seal(secret, owner string) ([]byte, error) {
	gcm, err := k.gcm()
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	rand.Read(nonce)
	return gcm.Seal(nonce, nonce, []byte(secret), []byte(owner)), nil
}

func (k Keys) open(sealed []byte, owner string) (string, error) {
	gcm, err := k.gcm()
	if err != nil {
		return "", err
	}
	if len(sealed) < gcm.NonceSize() {
		return "", errors.New("sealed secret too short")
	}
	plain, err := gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], []byte(owner))
	return string(plain), err
}

func (k Keys) gcm() (cipher.AEAD, error) {
	block, err := aes.NewCipher(k.TOTP)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
