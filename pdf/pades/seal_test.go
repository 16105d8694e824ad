package pades

import (
	"bytes"
	"crypto"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"jachete/pdf/pades/tsa"
)

// page is a stand-in for a file: what matters is what stands around the
// dictionary.
func page(key Key, size int) []byte {
	return fmt.Appendf(nil, "%%PDF-1.7\n1 0 obj\n%s\nendobj\nstartxref\n0\n%%%%EOF\n", Dictionary(now, key.Name(), size))
}

func sealed(t *testing.T, key Key) []byte {
	t.Helper()
	file, err := Seal(rand.Reader, key, page(key, key.Size()))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestSealVerifies(t *testing.T) {
	for name, key := range map[string]Key{
		"chain":       generated(t),
		"self-signed": selfSigned(t, ecKey(t, elliptic.P256()), nil),
		"RSA":         selfSigned(t, rsa3072(), nil),
	} {
		for range 20 { // ECDSA values have several lengths
			if err := Verify(sealed(t, key), key.Chain); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}

func TestSealDoesNotTouchItsInput(t *testing.T) {
	key := generated(t)
	file := page(key, key.Size())
	before := bytes.Clone(file)
	if _, err := Seal(rand.Reader, key, file); err != nil || !bytes.Equal(file, before) {
		t.Errorf("%v, changed: %v", err, !bytes.Equal(file, before))
	}
}

func TestEveryByteCounts(t *testing.T) {
	t.Parallel()
	key := generated(t)
	file := sealed(t, key)
	for i := range file {
		for _, flip := range []byte{1 << (i % 8), 0x20} { // 0x20: hex in capitals says the same
			file[i] ^= flip
			if Verify(file, key.Chain) == nil {
				t.Errorf("byte %d is now %q: still valid", i, file[i])
			}
			file[i] ^= flip
		}
	}
}

// TestTheSignatureIsNotEnough: files that the right key signed, but whose
// range leaves something out or which go on after their end.
func TestTheSignatureIsNotEnough(t *testing.T) {
	key := generated(t)
	good := page(key, key.Size())
	narrow := bytes.Replace(good, []byte(rangeHole), fmt.Appendf(nil, rangeFormat, 10, 20, 30), 1)
	for name, file := range map[string][]byte{
		"two ends":     append(bytes.Clone(good), "%%EOF\n"...),
		"no end":       good[:len(good)-1],
		"narrow range": narrow,
	} {
		if err := Verify(signedAnyway(t, key, file), key.Chain); !errors.Is(err, ErrLayout) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// signedAnyway fills the gap of a file with a signature over the rest of it,
// and the range too where it is still a hole.
func signedAnyway(t *testing.T, key Key, file []byte) []byte {
	t.Helper()
	g, err := findGap(file, sealFilter)
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.Replace(file, []byte(rangeHole), fmt.Appendf(nil, rangeFormat, g.start, g.end, len(file)-g.end), 1)
	der, err := sign(rand.Reader, key, digest(out, g))
	if err != nil {
		t.Fatal(err)
	}
	hex.Encode(out[g.start+1:], der)
	return out
}

func TestAnotherKeyDoesNotVerify(t *testing.T) {
	key, other := generated(t), generated(t)
	if err := Verify(sealed(t, key), other.Chain); !errors.Is(err, ErrAltered) {
		t.Error(err)
	}
	swapped := Key{other.Signer, key.Chain} // right certificate, wrong key
	if err := Verify(sealed(t, swapped), key.Chain); !errors.Is(err, ErrAltered) {
		t.Error(err)
	}
}

func TestSealRefusesOtherLayouts(t *testing.T) {
	key := generated(t)
	good := page(key, key.Size())
	for name, file := range map[string][]byte{
		"empty":             nil,
		"no dictionary":     []byte("%PDF-1.7\n%%EOF\n"),
		"no range":          bytes.ReplaceAll(good, []byte("/ByteRange"), []byte("/ByteRanje")),
		"two ranges":        append(bytes.Clone(good), rangeHole...),
		"no contents":       bytes.ReplaceAll(good, []byte("/Contents"), []byte("/Kontents")),
		"contents not shut": good[:bytes.Index(good, []byte(contentsName))+20],
		"no room":           page(key, 100),
	} {
		if _, err := Seal(rand.Reader, key, file); !errors.Is(err, ErrLayout) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type brokenSigner struct{ crypto.Signer }

var errDevice = errors.New("device gone")

func (brokenSigner) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) { return nil, errDevice }

func TestSignerThatFails(t *testing.T) {
	key := generated(t)
	key.Signer = brokenSigner{key.Signer}
	if _, err := Seal(rand.Reader, key, page(key, key.Size())); !errors.Is(err, errDevice) {
		t.Error(err)
	}
}

// TestVerifyWantsTheTimestampOfThisSignature: a good token, of another one.
func TestVerifyWantsTheTimestampOfThisSignature(t *testing.T) {
	key := generated(t)
	authority, err := tsa.NewAuthority(rand.Reader, func() time.Time { return now }, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	token, err := authority.Timestamp(t.Context(), sha256.Sum256(nil))
	if err != nil {
		t.Fatal(err)
	}
	file, err := Seal(rand.Reader, key, page(key, key.Size()+authority.Room()))
	if err != nil {
		t.Fatal(err)
	}
	gap, _ := findGap(file, sealFilter)
	m, err := readMessage(file[gap.start+1 : gap.end-1])
	if err != nil {
		t.Fatal(err)
	}
	m.token = token.DER
	stamped, err := m.into(file, gap)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(stamped, key.Chain); !errors.Is(err, ErrAltered) || !strings.Contains(err.Error(), "timestamp") {
		t.Error(err)
	}
}

// TestAttributes holds the signed attributes to EN 319 142-1, table 1: these
// three in DER order, and no signing-time.
func TestAttributes(t *testing.T) {
	key := generated(t)
	file := sealed(t, key)
	gap, err := findGap(file, sealFilter)
	if err != nil {
		t.Fatal(err)
	}
	der := make([]byte, (gap.end-gap.start-2)/2)
	if _, err := hex.Decode(der, file[gap.start+1:gap.end-1]); err != nil {
		t.Fatal(err)
	}
	var info contentInfo
	if _, err := asn1.Unmarshal(der, &info); err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256(key.Chain[0].Raw)
	if !bytes.Contains(info.Content.Signers[0].Attributes.Bytes, append([]byte{asn1.TagOctetString, sha256.Size}, hash[:]...)) {
		t.Error("signing-certificate-v2 does not hold the hash of the leaf")
	}
	var got []string
	for rest := info.Content.Signers[0].Attributes.Bytes; len(rest) > 0; {
		var a attribute
		if rest, err = asn1.Unmarshal(rest, &a); err != nil {
			t.Fatal(err)
		}
		got = append(got, a.Type.String())
	}
	want := fmt.Sprint([]string{oidContentType.String(), oidMessageDigest.String(), oidSigningCertV2.String()})
	if fmt.Sprint(got) != want {
		t.Errorf("attributes %v, want %v", got, want)
	}
}

func TestDictionary(t *testing.T) {
	got := Dictionary(now, "Œ", 3)
	for _, want := range []string{
		"/SubFilter /ETSI.CAdES.detached", "/M (D:20261122120000Z)", "/Name <FEFF0152>",
		"/TransformMethod /DocMDP", "/P 1", "/Contents <000000>>>",
	} {
		if !bytes.Contains(got, []byte(want)) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}
