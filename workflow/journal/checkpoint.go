package journal

import (
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Origin is the first line of every checkpoint and the name of its key.
const Origin = "jachete/journal"

// Checkpoint is a signed statement of the journal's size and root. Note is the
// public text; Peaks lets the next checkpoint start from this one and is not
// signed, because [Verify] computes it anew.
type Checkpoint struct {
	Size  int64
	At    time.Time
	Note  string
	Peaks [][]byte
}

// GenerateKey makes a key pair for checkpoints, in the text form of signed
// notes: the secret one starts with PRIVATE+KEY.
func GenerateKey(random io.Reader) (secret, public string, err error) {
	return note.GenerateKey(random, Origin)
}

// PublicKey gives the public key of a secret one, for people to check with.
func PublicKey(secret string) (string, error) {
	parts := strings.SplitN(secret, "+", 5)
	if len(parts) != 5 {
		return "", fmt.Errorf("journal: malformed checkpoint key")
	}
	return publicKey(parts[2], parts[4])
}

// Sign makes the checkpoint of a tree, signed with each of the secret keys in
// their order: with two of them, whoever trusts one may trust the other.
func Sign(t *Tree, at time.Time, secrets ...string) (Checkpoint, error) {
	var signers []note.Signer
	for _, secret := range secrets {
		signer, err := note.NewSigner(secret)
		if err != nil {
			return Checkpoint{}, fmt.Errorf("journal: checkpoint key: %w", err)
		}
		signers = append(signers, signer)
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", Origin, t.Size, base64.StdEncoding.EncodeToString(t.Root()))
	signed, err := note.Sign(&note.Note{Text: text}, signers...)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("journal: sign checkpoint: %w", err)
	}
	return Checkpoint{Size: t.Size, At: at, Note: string(signed), Peaks: t.Clone().Peaks}, nil
}

// Tree gives the tree the checkpoint was made of.
func (c Checkpoint) Tree() *Tree {
	return (&Tree{Size: c.Size, Peaks: c.Peaks}).Clone()
}

// Statement is what a checkpoint's note says, once its signature is checked.
type Statement struct {
	Size int64
	Root []byte
}

// Open checks the signatures of a checkpoint's note with those of the public
// keys that made them, one at least, and reads it.
func Open(signed string, publics ...string) (Statement, error) {
	n, err := open(signed, publics)
	if err != nil {
		return Statement{}, err
	}
	return parseStatement(n.Text)
}

// Signed gives the one of the public keys that made the first signature of a
// note that any of them made.
func Signed(signed string, publics ...string) (string, error) {
	n, err := open(signed, publics)
	if err != nil {
		return "", err
	}
	for _, public := range publics {
		if v, err := note.NewVerifier(public); err == nil && v.KeyHash() == n.Sigs[0].Hash {
			return public, nil
		}
	}
	return "", fmt.Errorf("journal: checkpoint signature: unknown key")
}

func open(signed string, publics []string) (*note.Note, error) {
	var verifiers []note.Verifier
	for _, public := range publics {
		v, err := note.NewVerifier(public)
		if err != nil {
			return nil, fmt.Errorf("journal: checkpoint public key: %w", err)
		}
		verifiers = append(verifiers, v)
	}
	n, err := note.Open([]byte(signed), note.VerifierList(verifiers...))
	if err != nil {
		return nil, fmt.Errorf("journal: checkpoint signature: %w", err)
	}
	return n, nil
}

func parseStatement(text string) (Statement, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] != Origin {
		return Statement{}, fmt.Errorf("journal: not a checkpoint of %s", Origin)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Statement{}, fmt.Errorf("journal: checkpoint size %q", lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil {
		return Statement{}, fmt.Errorf("journal: checkpoint root: %w", err)
	}
	return Statement{Size: size, Root: root}, nil
}
