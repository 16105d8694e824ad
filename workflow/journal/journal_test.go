package journal

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

var start = time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)

// chain makes n entries over a few records.
func chain(n int) []Entry {
	var entries []Entry
	var head Head
	records := map[string]Head{}
	for i := range n {
		record := fmt.Sprintf("inv-%d", i%7)
		e := Append(head, records[record], Event{Type: "test", At: start.Add(time.Duration(i) * time.Second),
			Pole: "estrie", Record: record, Actor: Actor{Kind: "system"}, Data: map[string]string{"n": fmt.Sprint(i)},
			Personal: map[string]string{"email": fmt.Sprintf("p%d@example.org", i)}})
		head, records[record] = e.Head(), e.RecordHead()
		entries = append(entries, e)
	}
	return entries
}

type keyPair struct{ secret, public string }

func keys(t testing.TB) keyPair {
	t.Helper()
	secret, public, err := GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	derived, err := PublicKey(secret)
	if err != nil || derived != public {
		t.Fatalf("public key %q derived as %q, %v", public, derived, err)
	}
	return keyPair{secret, public}
}

func checkpoint(t testing.TB, k keyPair, entries []Entry) string {
	t.Helper()
	var tree Tree
	for _, e := range entries {
		tree.Add(e.Hash)
	}
	c, err := Sign(&tree, start, k.secret)
	if err != nil {
		t.Fatal(err)
	}
	return c.Note
}

func verify(entries []Entry, notes []string, public string) error {
	v, err := NewVerifier(notes, public)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := v.Entry(e); err != nil {
			return err
		}
	}
	_, err = v.Done()
	return err
}

func TestSoundJournalVerifies(t *testing.T) {
	k, entries := keys(t), chain(50)
	notes := []string{checkpoint(t, k, nil), checkpoint(t, k, entries[:13]), checkpoint(t, k, entries)}
	if err := verify(entries, notes, k.public); err != nil {
		t.Error(err)
	}
}

func TestDestroyedPersonalValuesLeaveTheChainWhole(t *testing.T) {
	k, entries := keys(t), chain(10)
	for i := range entries {
		entries[i].Openings = nil
	}
	if err := verify(entries, nil, k.public); err != nil {
		t.Error(err)
	}
	if bytes.Contains([]byte(entries[3].Body), []byte("example.org")) {
		t.Error("a personal value is in the body")
	}
}

func TestEveryManipulationIsFound(t *testing.T) {
	k, whole := keys(t), chain(40)
	notes := []string{checkpoint(t, k, whole)}
	rehash := func(e *Entry) { e.Hash = e.computeHash() }
	for name, change := range map[string]func([]Entry, int) []Entry{
		"body changed":    func(s []Entry, i int) []Entry { s[i].Body = s[i].Body[:len(s[i].Body)-1] + " }"; return s },
		"body and hash":   func(s []Entry, i int) []Entry { s[i].Body += " "; rehash(&s[i]); return s },
		"column changed":  func(s []Entry, i int) []Entry { s[i].Type = "other"; return s },
		"record moved":    func(s []Entry, i int) []Entry { s[i].Record = "inv-99"; return s },
		"back-dated":      func(s []Entry, i int) []Entry { s[i].At = s[i].At.Add(-24 * time.Hour); return s },
		"deleted":         func(s []Entry, i int) []Entry { return append(s[:i:i], s[i+1:]...) },
		"inserted":        func(s []Entry, i int) []Entry { return append(s[:i+1:i+1], s[i:]...) },
		"reordered":       func(s []Entry, i int) []Entry { s[i], s[i+1] = s[i+1], s[i]; return s },
		"tail cut":        func(s []Entry, i int) []Entry { return s[:i] },
		"opening changed": func(s []Entry, i int) []Entry { s[i].Openings = []Opening{{"email", []byte("x"), "y"}}; return s },
	} {
		for i := range len(whole) - 1 {
			copied := append([]Entry(nil), whole...)
			err := verify(change(copied, i), notes, k.public)
			if err == nil {
				t.Errorf("%s at %d was not found", name, i+1)
			}
		}
	}
}

// A journal made anew from scratch, every hash right, still contradicts a
// checkpoint somebody kept.
func TestRewrittenPastContradictsAKeptCheckpoint(t *testing.T) {
	k, whole := keys(t), chain(20)
	kept := checkpoint(t, k, whole)
	rewritten := chain(20) // other salts, so other hashes
	err := verify(rewritten, []string{kept}, k.public)
	if f, ok := err.(*Fault); !ok || f.Kind != FaultCheckpoint {
		t.Errorf("found %v", err)
	}
	if f, ok := verify(whole[:19], []string{kept}, k.public).(*Fault); !ok || f.Kind != FaultTruncated {
		t.Error("a shorter journal passed")
	}
	if err := verify(whole, []string{kept}, keys(t).public); err == nil {
		t.Error("a checkpoint of another key passed")
	}
}

func TestTimeNeverGoesBack(t *testing.T) {
	first := Append(Head{}, Head{}, Event{Type: "a", At: start})
	second := Append(first.Head(), first.RecordHead(), Event{Type: "b", At: start.Add(-time.Hour)})
	if second.At.Before(first.At) {
		t.Error("an entry is older than the one before it")
	}
}

// The root is RFC 6962's: an independent implementation agrees at every size.
func TestTreeAgreesWithAnotherImplementation(t *testing.T) {
	var tree Tree
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var list []tlog.Hash
		for _, i := range indexes {
			list = append(list, stored[i])
		}
		return list, nil
	})
	for i, e := range chain(70) {
		raw := make([]byte, 32)
		fmt.Sscanf(e.Hash, "%x", &raw)
		hashes, err := tlog.StoredHashes(int64(i), raw, reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hashes...)
		want, err := tlog.TreeHash(int64(i+1), reader)
		if err != nil {
			t.Fatal(err)
		}
		tree.Add(e.Hash)
		if !bytes.Equal(tree.Root(), want[:]) {
			t.Fatalf("root differs at size %d", i+1)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	k, entries := keys(b), chain(10000)
	for b.Loop() {
		if err := verify(entries, nil, k.public); err != nil {
			b.Fatal(err)
		}
	}
}

func TestANoteMayHaveSeveralSignatures(t *testing.T) {
	first, second, stranger := keys(t), keys(t), keys(t)
	c, err := Sign(&Tree{}, start, first.secret, second.secret)
	if err != nil {
		t.Fatal(err)
	}
	for name, ring := range map[string][]string{
		first.public:  {second.public, first.public},
		second.public: {stranger.public, second.public},
		"":            {stranger.public},
	} {
		if got, err := Signed(c.Note, ring...); got != name || (err == nil) != (name != "") {
			t.Errorf("%v: %q, %v", ring, got, err)
		}
	}
	forged := strings.Replace(c.Note, Origin+"\n0\n", Origin+"\n1\n", 1)
	if _, err := Open(forged, first.public, second.public); err == nil {
		t.Error("another size passed")
	}
	if _, err := Open(c.Note); err == nil {
		t.Error("a note passed without any key")
	}
}
