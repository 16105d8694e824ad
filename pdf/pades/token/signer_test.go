package token

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"io"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var errGone = errors.New("device removed")

// stub is a token in memory that can be pulled out, hang or refuse the PIN.
type stub struct {
	key      *ecdsa.PrivateKey
	loss     error // what a login meets
	fail     error // what a signature meets, once
	hang     chan struct{}
	open     int // sessions now
	logins   int
	signings int
}

func newStub(t testing.TB) (*stub, *Signer) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := &stub{key: key}
	return s, newSigner(key.Public(), s.connect)
}

func (s *stub) connect() (session, error) {
	s.logins++
	if s.loss != nil {
		return nil, s.loss
	}
	s.open++
	return s, nil
}

func (s *stub) close() { s.open-- }

func (s *stub) sign(_ uint, digest []byte) ([]byte, error) {
	s.signings++
	if s.hang != nil {
		<-s.hang
	}
	if err := s.fail; err != nil {
		s.fail = nil
		return nil, err
	}
	r, half, err := ecdsa.Sign(rand.Reader, s.key, digest)
	raw := make([]byte, 64)
	r.FillBytes(raw[:32])
	half.FillBytes(raw[32:])
	return raw, err
}

var digest = sha256.Sum256([]byte("ce qu’on signe"))

func sign(s *Signer) error {
	_, err := s.Sign(rand.Reader, digest[:], crypto.SHA256)
	return err
}

func TestATokenThatComesBackIsUsedAgain(t *testing.T) {
	stub, s := newStub(t)
	if err := sign(s); err != nil {
		t.Fatal(err)
	}
	stub.fail = errGone // the session was lost, the token is there
	if err := sign(s); err != nil || stub.logins != 2 || stub.open != 1 {
		t.Errorf("%v, %d logins, %d sessions", err, stub.logins, stub.open)
	}
	stub.fail, stub.loss = errGone, errGone
	for range 2 {
		if err := sign(s); !errors.Is(err, errGone) || stub.open != 0 {
			t.Errorf("without the token: %v, %d sessions", err, stub.open)
		}
	}
	stub.loss = nil
	if err := sign(s); err != nil || stub.open != 1 {
		t.Errorf("after its return: %v, %d sessions", err, stub.open)
	}
}

// Tokens lock themselves for good after a few wrong PINs.
func TestARefusedPINIsOfferedOnce(t *testing.T) {
	t.Run("at login", func(t *testing.T) {
		stub, s := newStub(t)
		stub.loss = ErrPIN
		for range 5 {
			if err := sign(s); !errors.Is(err, ErrPIN) {
				t.Error(err)
			}
		}
		if stub.logins != 1 {
			t.Errorf("the PIN was offered %d times", stub.logins)
		}
	})
	t.Run("at a signature", func(t *testing.T) {
		stub, s := newStub(t)
		if err := sign(s); err != nil {
			t.Fatal(err)
		}
		stub.fail = ErrPIN
		for range 5 {
			if err := sign(s); !errors.Is(err, ErrPIN) {
				t.Error(err)
			}
		}
		if stub.logins != 1 || stub.signings != 2 {
			t.Errorf("%d logins, %d signatures tried", stub.logins, stub.signings)
		}
	})
}

func TestAnotherKeyNeverSigns(t *testing.T) {
	other, _ := newStub(t)
	_, s := newStub(t)
	s.connect = other.connect
	if signature, err := s.Sign(rand.Reader, digest[:], crypto.SHA256); !errors.Is(err, ErrKey) || signature != nil {
		t.Errorf("%x, %v", signature, err)
	}
}

// A module that hangs costs each caller the patience, and no more.
func TestAHangingTokenIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stub, s := newStub(t)
		stub.hang = make(chan struct{})
		start := time.Now()
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if err := sign(s); !errors.Is(err, ErrSlow) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if waited := time.Since(start); waited != patience {
			t.Errorf("waited %v", waited)
		}
		close(stub.hang)
		synctest.Wait()
		if err := sign(s); err != nil || stub.signings != 2 {
			t.Errorf("once it answers: %v, %d signatures tried", err, stub.signings)
		}
	})
}

// Run with -race.
func TestManySignAtOnce(t *testing.T) {
	stub, s := newStub(t)
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			if err := sign(s); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if stub.logins != 1 || stub.signings != 32 {
		t.Errorf("%d logins, %d signatures", stub.logins, stub.signings)
	}
}

type panicking struct{ session }

func (panicking) sign(uint, []byte) ([]byte, error) { panic("module") }

func TestAPanicIsAnError(t *testing.T) {
	stub, s := newStub(t)
	s.session = panicking{stub}
	if err := sign(s); err == nil {
		t.Error("signed")
	}
	s.session = nil
	if err := sign(s); err != nil {
		t.Errorf("the turn is lost: %v", err)
	}
}

func TestOnlySHA256IsSigned(t *testing.T) {
	_, s := newStub(t)
	for name, c := range map[string]struct {
		digest []byte
		opts   crypto.SignerOpts
	}{
		"SHA-384": {make([]byte, 48), crypto.SHA384},
		"length":  {digest[:31], crypto.SHA256},
		"PSS":     {digest[:], &rsa.PSSOptions{Hash: crypto.SHA256}},
	} {
		if _, err := s.Sign(io.Reader(nil), c.digest, c.opts); err == nil {
			t.Errorf("%s: signed", name)
		}
	}
}

func TestHalvesOfAnySize(t *testing.T) {
	for _, raw := range [][]byte{nil, make([]byte, 63)} {
		if _, err := encodeECDSA(raw); err == nil {
			t.Errorf("%d bytes were taken", len(raw))
		}
	}
}
