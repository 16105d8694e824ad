package journal

import (
	"crypto/sha256"
	"encoding/hex"
)

// Tree is a Merkle tree (RFC 6962 §2.1) that grows at its end and remembers
// only the roots of its complete subtrees: at most 63 hashes.
type Tree struct {
	Size  int64
	Peaks [][]byte // from the largest complete subtree to the smallest
}

// Add puts the hash of an entry, in hex, at the end of the tree.
func (t *Tree) Add(entryHash string) {
	node := leaf(entryHash)
	for n := t.Size; n&1 == 1; n >>= 1 {
		node = parent(t.Peaks[len(t.Peaks)-1], node)
		t.Peaks = t.Peaks[:len(t.Peaks)-1]
	}
	t.Peaks = append(t.Peaks, node)
	t.Size++
}

// Root is the Merkle root of what was added so far.
func (t *Tree) Root() []byte {
	if len(t.Peaks) == 0 {
		empty := sha256.Sum256(nil)
		return empty[:]
	}
	root := t.Peaks[len(t.Peaks)-1]
	for i := len(t.Peaks) - 2; i >= 0; i-- {
		root = parent(t.Peaks[i], root)
	}
	return root
}

// Clone copies the tree, so that adding to one leaves the other alone.
func (t *Tree) Clone() *Tree {
	return &Tree{Size: t.Size, Peaks: append([][]byte(nil), t.Peaks...)}
}

// leaf is the node of an entry, whose hash is given in hex.
func leaf(entryHash string) []byte {
	raw, _ := hex.DecodeString(entryHash)
	sum := sha256.Sum256(append([]byte{0}, raw...))
	return sum[:]
}

func parent(left, right []byte) []byte {
	h := sha256.New()
	h.Write([]byte{1})
	h.Write(left)
	h.Write(right)
	return h.Sum(nil)
}
