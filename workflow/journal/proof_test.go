package journal

import (
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// prove makes proofs of all entries in a journal of that size.
func prove(t testing.TB, entries []Entry) []Proof {
	t.Helper()
	var seqs []int64
	for _, e := range entries {
		seqs = append(seqs, e.Seq)
	}
	p, err := NewProver(int64(len(entries)), seqs...)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		if more := p.Add(e.Hash); more != (i+1 < len(entries)) {
			t.Fatalf("wants more after %d of %d: %v", i+1, len(entries), more)
		}
	}
	proofs, err := p.Proofs()
	if err != nil {
		t.Fatal(err)
	}
	return proofs
}

func rootOf(entries []Entry) []byte {
	var tree Tree
	for _, e := range entries {
		tree.Add(e.Hash)
	}
	return tree.Root()
}

// An independent implementation accepts every proof of every entry at every
// size, and so does Check.
func TestProofsAgreeWithAnotherImplementation(t *testing.T) {
	entries := chain(40)
	for size := 1; size <= len(entries); size++ {
		root := rootOf(entries[:size])
		for i, p := range prove(t, entries[:size]) {
			if p.Hash != entries[i].Hash {
				t.Fatalf("proof %d is of another entry", i)
			}
			if err := p.Check(int64(size), root); err != nil {
				t.Fatalf("entry %d of %d: %v", p.Seq, size, err)
			}
			if err := tlog.CheckRecord(record(p), int64(size), tlog.Hash(root), p.Seq-1, tlog.Hash(leaf(p.Hash))); err != nil {
				t.Fatalf("entry %d of %d: %v", p.Seq, size, err)
			}
		}
	}
}

func record(p Proof) tlog.RecordProof {
	var list tlog.RecordProof
	for _, node := range p.Path {
		list = append(list, tlog.Hash(node))
	}
	return list
}

func TestCheckRefusesAnotherProof(t *testing.T) {
	entries := chain(21)
	root, proofs := rootOf(entries), prove(t, entries)
	for _, sound := range proofs {
		for name, change := range map[string]func(*Proof, *int64){
			"place":   func(p *Proof, _ *int64) { p.Seq = p.Seq%21 + 1 },
			"entry":   func(p *Proof, _ *int64) { p.Hash = entries[p.Seq%21].Hash },
			"size":    func(_ *Proof, n *int64) { *n = 15 },
			"short":   func(p *Proof, _ *int64) { p.Path = p.Path[:len(p.Path)-1] },
			"long":    func(p *Proof, _ *int64) { p.Path = append(p.Path[:len(p.Path):len(p.Path)], root) },
			"node":    func(p *Proof, _ *int64) { p.Path = append([][]byte{root}, p.Path[1:]...) },
			"before":  func(p *Proof, _ *int64) { p.Seq = 0 },
			"outside": func(p *Proof, _ *int64) { p.Seq = 22 },
		} {
			p, size := sound, int64(21)
			change(&p, &size)
			if p.Check(size, root) == nil {
				t.Errorf("entry %d: another %s passed", sound.Seq, name)
			}
		}
	}
}

func TestProverRefuses(t *testing.T) {
	for _, seq := range []int64{0, 6} {
		if _, err := NewProver(5, seq); err == nil {
			t.Errorf("entry %d of 5 can be proven", seq)
		}
	}
	p, err := NewProver(5, 2)
	if err != nil {
		t.Fatal(err)
	}
	p.Add(chain(1)[0].Hash)
	if _, err := p.Proofs(); err == nil {
		t.Error("proofs from one entry of five")
	}
}

func TestCanonical(t *testing.T) {
	v := map[string]any{"b": "<&>\u2028\\u2028\u2029\xff\t\"é", "a": []any{nil, true, 3, fmt.Sprint(1)}}
	want := `{"a":[null,true,3,"1"],"b":"<&>` + "\u2028" + `\\u2028` + "\u2029\ufffd" + `\t\"é"}`
	if got := Canonical(v); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
