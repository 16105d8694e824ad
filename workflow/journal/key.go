package journal

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"

	"golang.org/x/mod/sumdb/note"
)

// algEd25519 is the algorithm byte of signed-note keys.
const algEd25519 = 1

// publicKey derives the public key from the name and the encoded seed of a
// secret one.
func publicKey(name, encoded string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(raw) != 1+ed25519.SeedSize || raw[0] != algEd25519 {
		return "", fmt.Errorf("journal: malformed checkpoint key")
	}
	public := ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey)
	return note.NewEd25519VerifierKey(name, public)
}

// KeyID gives the number of a public key, in hex: signatures carry it.
func KeyID(public string) (string, error) {
	v, err := note.NewVerifier(public)
	if err != nil {
		return "", fmt.Errorf("journal: checkpoint public key: %w", err)
	}
	return fmt.Sprintf("%08x", v.KeyHash()), nil
}
