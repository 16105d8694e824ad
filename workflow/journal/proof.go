package journal

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"
)

// ErrProof tells that a proof does not lead to the root it was checked against.
var ErrProof = errors.New("journal: the proof does not lead to the root")

// Proof shows that an entry is in the journal that a checkpoint signed: the
// audit path of RFC 6962 §2.1.1, from the entry's neighbour up.
type Proof struct {
	Seq  int64  // of the entry, from 1
	Hash string // of the entry, hex
	Path [][]byte
}

// Check recomputes the root of a journal of that size (RFC 9162 §2.1.3.2) and
// compares. Errors: [ErrProof].
func (p Proof) Check(size int64, root []byte) error {
	at, last := p.Seq-1, size-1
	if at < 0 || at > last {
		return ErrProof
	}
	node := leaf(p.Hash)
	for _, other := range p.Path {
		if last == 0 {
			return ErrProof
		}
		if at&1 == 1 || at == last {
			node = parent(other, node)
			for ; at&1 == 0 && at != 0; at, last = at>>1, last>>1 {
			}
		} else {
			node = parent(node, other)
		}
		at, last = at>>1, last>>1
	}
	if last != 0 || !bytes.Equal(node, root) {
		return ErrProof
	}
	return nil
}

// Prover makes proofs for a few entries while the journal streams by once. It
// keeps the hashes of the complete subtrees that the proofs need, no others.
type Prover struct {
	size  int64
	seqs  []int64
	added int64
	peaks [][]byte
	nodes map[subtree][]byte // wanted; nil until complete
	names map[int64]string   // entry hashes of seqs
}

// subtree is a complete one: 1<<level entries, the index-th of its level.
type subtree struct {
	level int
	index int64
}

// NewProver prepares proofs of the entries with these sequence numbers in the
// journal's first size entries. An entry beyond them is an error.
func NewProver(size int64, seqs ...int64) (*Prover, error) {
	p := &Prover{size: size, seqs: seqs, nodes: map[subtree][]byte{}, names: map[int64]string{}}
	for _, seq := range seqs {
		if seq < 1 || seq > size {
			return nil, fmt.Errorf("journal: entry %d is not among the first %d", seq, size)
		}
		p.names[seq] = ""
		p.path(seq-1, 0, size) // notes what it needs
	}
	return p, nil
}

// Add takes the hash of the next entry, in hex, from the first one on. It
// tells whether more are wanted.
func (p *Prover) Add(entryHash string) bool {
	if p.added == p.size {
		return false
	}
	at := p.added
	p.added++
	if _, wanted := p.names[p.added]; wanted {
		p.names[p.added] = entryHash
	}
	node := leaf(entryHash)
	p.keep(subtree{0, at}, node)
	for level := 1; at&1 == 1; level++ {
		at >>= 1
		node = parent(p.peaks[len(p.peaks)-1], node)
		p.peaks = p.peaks[:len(p.peaks)-1]
		p.keep(subtree{level, at}, node)
	}
	p.peaks = append(p.peaks, node)
	return p.added < p.size
}

func (p *Prover) keep(key subtree, node []byte) {
	if _, wanted := p.nodes[key]; wanted {
		p.nodes[key] = node
	}
}

// Proofs gives the proofs, in the order asked, once all entries were added.
func (p *Prover) Proofs() ([]Proof, error) {
	if p.added != p.size {
		return nil, fmt.Errorf("journal: %d entries of %d were read", p.added, p.size)
	}
	var proofs []Proof
	for _, seq := range p.seqs {
		proofs = append(proofs, Proof{Seq: seq, Hash: p.names[seq], Path: p.path(seq-1, 0, p.size)})
	}
	return proofs, nil
}

// path is PATH(m, D[from:to]) of RFC 6962 §2.1.1.
func (p *Prover) path(m, from, to int64) [][]byte {
	if to-from == 1 {
		return nil
	}
	middle := from + split(to-from)
	if m < middle {
		return append(p.path(m, from, middle), p.root(middle, to))
	}
	return append(p.path(m, middle, to), p.root(from, middle))
}

// root is MTH(D[from:to]); ranges of a power of two are complete subtrees.
func (p *Prover) root(from, to int64) []byte {
	n := to - from
	if n&(n-1) != 0 {
		middle := from + split(n)
		return parent(p.root(from, middle), p.root(middle, to))
	}
	level := bits.TrailingZeros64(uint64(n))
	key := subtree{level, from >> level}
	node, wanted := p.nodes[key]
	if !wanted {
		p.nodes[key] = nil
	}
	return node
}

// split is the largest power of two below n, for n of 2 and more.
func split(n int64) int64 { return 1 << (bits.Len64(uint64(n-1)) - 1) }

// Hex gives the path as text, in its order.
func (p Proof) Hex() []string {
	list := []string{}
	for _, node := range p.Path {
		list = append(list, hex.EncodeToString(node))
	}
	return list
}
