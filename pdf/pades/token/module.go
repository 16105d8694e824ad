//go:build pkcs11 && cgo

package token

import (
	"crypto"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"github.com/miekg/pkcs11"
)

// Available tells why this program cannot load a PKCS #11 module: it can.
func Available() error { return nil }

// Open logs in to the token, finds the private key and has it sign a probe
// that the certificate's public key must verify. A program has one signer of a
// module: logging in anew ends every other login to it.
//
// Errors: [ErrPIN], [ErrKey], [ErrSlow]; and what is missing: the module, the
// token, or the key in it.
func Open(u URI, pin string, public crypto.PublicKey) (*Signer, error) {
	s := newSigner(public, (&module{uri: u, pin: pin}).connect)
	probe := sha256.Sum256([]byte("jachete probe"))
	if _, err := s.Sign(nil, probe[:], crypto.SHA256); err != nil {
		return nil, err
	}
	return s, nil
}

// module is a PKCS #11 module, loaded once and initialised at each login:
// many notice only then that a token has come or gone.
type module struct {
	uri URI
	pin string
	ctx *pkcs11.Ctx
}

func (m *module) connect() (session, error) {
	if m.ctx == nil {
		if m.ctx = pkcs11.New(m.uri.Module); m.ctx == nil {
			return nil, fmt.Errorf("token: %s cannot be loaded as a PKCS #11 module", m.uri.Module)
		}
	}
	m.ctx.Finalize() // refused before the first time, which is no fault
	if err := m.ctx.Initialize(); err != nil {
		return nil, fmt.Errorf("token: %s: %w", m.uri.Module, err)
	}
	slot, err := m.findToken()
	if err != nil {
		return nil, err
	}
	handle, err := m.ctx.OpenSession(slot, pkcs11.CKF_SERIAL_SESSION)
	if err != nil {
		return nil, fmt.Errorf("token: open a session: %w", err)
	}
	l := &login{ctx: m.ctx, handle: handle, pin: m.pin}
	if err = l.enter(); err == nil {
		err = l.findKey(m.uri)
	}
	if err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func (m *module) findToken() (uint, error) {
	slots, err := m.ctx.GetSlotList(true)
	if err != nil {
		return 0, fmt.Errorf("token: list the slots: %w", err)
	}
	var found []uint
	for _, slot := range slots {
		info, err := m.ctx.GetTokenInfo(slot)
		fits := (m.uri.Token == "" || m.uri.Token == info.Label) && (m.uri.Serial == "" || m.uri.Serial == info.SerialNumber)
		if err == nil && fits {
			found = append(found, slot)
		}
	}
	if len(found) != 1 {
		return 0, fmt.Errorf("token: %d tokens answer to %s, one is wanted", len(found), m.uri)
	}
	return found[0], nil
}

// login is a session of a user who gave the PIN.
type login struct {
	ctx    *pkcs11.Ctx
	handle pkcs11.SessionHandle
	pin    string
	key    pkcs11.ObjectHandle
	always bool // the key wants the PIN for each signature
}

// pinFaults are the answers that offering the same PIN again makes worse.
var pinFaults = []pkcs11.Error{pkcs11.CKR_PIN_INCORRECT, pkcs11.CKR_PIN_INVALID, pkcs11.CKR_PIN_LEN_RANGE, pkcs11.CKR_PIN_EXPIRED, pkcs11.CKR_PIN_LOCKED}

func (l *login) enter() error { return l.give(pkcs11.CKU_USER) }

func (l *login) give(user uint) error {
	err := l.ctx.Login(l.handle, user, l.pin)
	var code pkcs11.Error
	if errors.As(err, &code) && slices.Contains(pinFaults, code) {
		return fmt.Errorf("%w (%w)", ErrPIN, err)
	}
	return err
}

func (l *login) findKey(u URI) error {
	wanted := []*pkcs11.Attribute{pkcs11.NewAttribute(pkcs11.CKA_CLASS, pkcs11.CKO_PRIVATE_KEY)}
	if u.Object != "" {
		wanted = append(wanted, pkcs11.NewAttribute(pkcs11.CKA_LABEL, u.Object))
	}
	if u.ID != "" {
		wanted = append(wanted, pkcs11.NewAttribute(pkcs11.CKA_ID, []byte(u.ID)))
	}
	if err := l.ctx.FindObjectsInit(l.handle, wanted); err != nil {
		return fmt.Errorf("token: find the key: %w", err)
	}
	found, _, err := l.ctx.FindObjects(l.handle, 2)
	if err = errors.Join(err, l.ctx.FindObjectsFinal(l.handle)); err != nil {
		return fmt.Errorf("token: find the key: %w", err)
	}
	if len(found) != 1 {
		return fmt.Errorf("token: %s: %d private keys or more, one is wanted", u, len(found))
	}
	l.key = found[0]
	answer, err := l.ctx.GetAttributeValue(l.handle, l.key, []*pkcs11.Attribute{pkcs11.NewAttribute(pkcs11.CKA_ALWAYS_AUTHENTICATE, false)})
	l.always = err == nil && len(answer[0].Value) == 1 && answer[0].Value[0] != 0 // old tokens do not know it
	return nil
}

func (l *login) sign(mechanism uint, data []byte) ([]byte, error) {
	if err := l.ctx.SignInit(l.handle, []*pkcs11.Mechanism{pkcs11.NewMechanism(mechanism, nil)}, l.key); err != nil {
		return nil, fmt.Errorf("token: sign: %w", err)
	}
	if l.always {
		if err := l.give(pkcs11.CKU_CONTEXT_SPECIFIC); err != nil {
			return nil, fmt.Errorf("token: sign: %w", err)
		}
	}
	signature, err := l.ctx.Sign(l.handle, data)
	if err != nil {
		return nil, fmt.Errorf("token: sign: %w", err)
	}
	return signature, nil
}

// close ends the session; a token that is gone has ended it before.
func (l *login) close() { l.ctx.CloseSession(l.handle) }
