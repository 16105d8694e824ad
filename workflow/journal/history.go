package journal

import (
	"context"
	"encoding/hex"
	"fmt"
	"sync"

	"golang.org/x/mod/sumdb/tlog"
)

// A block of entries, whose root is remembered.
const (
	blockLevel = 8
	blockSize  = 1 << blockLevel
)

// blocksRead is how many blocks are read at once while roots are learned.
const blocksRead = 32

// History proves things about a growing journal at a cost that hardly depends on
// its length: it remembers the root of each complete block of entries (32 bytes
// of 256), and reads only the blocks a proof goes through. It is safe for
// concurrent use.
type History struct {
	// Read gives the hashes of at most limit entries from a sequence number on,
	// in hex.
	Read func(ctx context.Context, from int64, limit int) ([]string, error)

	mu    sync.Mutex
	roots []tlog.Hash
}

// Growth proves that the first entries of a journal of size now are those of the
// same journal when it had size old (RFC 6962 §2.1.2): hashes in hex, see
// [CheckGrowth].
func (h *History) Growth(ctx context.Context, old, now int64) ([]string, error) {
	r, err := h.upTo(ctx, now)
	if err != nil {
		return nil, err
	}
	proof, err := tlog.ProveTree(now, old, r)
	return asHex(proof), err
}

// Inclusion proves that the entry of a sequence number is among the first size
// entries (RFC 6962 §2.1.1); the proof's own hash is not filled in.
func (h *History) Inclusion(ctx context.Context, seq, size int64) (Proof, error) {
	r, err := h.upTo(ctx, size)
	if err != nil {
		return Proof{}, err
	}
	path, err := tlog.ProveRecord(size, seq-1, r)
	p := Proof{Seq: seq}
	for _, node := range path {
		p.Path = append(p.Path, node[:])
	}
	return p, err
}

// upTo gives a reader of the tree of the first size entries.
func (h *History) upTo(ctx context.Context, size int64) (tlog.HashReader, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for int64(len(h.roots)+1)*blockSize <= size {
		from := int64(len(h.roots))*blockSize + 1
		hashes, err := h.Read(ctx, from, blocksRead*blockSize)
		if err != nil {
			return nil, err
		}
		if len(hashes) < blockSize {
			return nil, fmt.Errorf("journal: %d entries from %d on, of %d", len(hashes), from, size)
		}
		for ; len(hashes) >= blockSize; hashes = hashes[blockSize:] {
			h.roots = append(h.roots, blockRoot(hashes[:blockSize]))
		}
	}
	return &treeReader{ctx: ctx, read: h.Read, roots: h.roots[:len(h.roots):len(h.roots)], blocks: map[int64][]string{}}, nil
}

// blockRoot is the root of a complete subtree.
func blockRoot(entryHashes []string) tlog.Hash {
	var t Tree
	for _, hash := range entryHashes {
		t.Add(hash)
	}
	return tlog.Hash(t.Root())
}

// treeReader gives the nodes that one proof asks for.
type treeReader struct {
	ctx    context.Context
	read   func(ctx context.Context, from int64, limit int) ([]string, error)
	roots  []tlog.Hash
	blocks map[int64][]string // hashes of the blocks read for this proof
}

// ReadHashes implements tlog.HashReader.
func (r *treeReader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	nodes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		node, err := r.node(level, n)
		if err != nil {
			return nil, err
		}
		nodes[i] = node
	}
	return nodes, nil
}

// node is the root of the n-th complete subtree of a level.
func (r *treeReader) node(level int, n int64) (tlog.Hash, error) {
	if level >= blockLevel {
		return r.above(level-blockLevel, n)
	}
	from := n << level // entries before it
	block := from / blockSize
	hashes, known := r.blocks[block]
	if !known {
		var err error
		if hashes, err = r.read(r.ctx, block*blockSize+1, blockSize); err != nil {
			return tlog.Hash{}, err
		}
		r.blocks[block] = hashes
	}
	within := int(from % blockSize)
	if len(hashes) < within+1<<level {
		return tlog.Hash{}, fmt.Errorf("journal: block %d has %d entries", block, len(hashes))
	}
	return blockRoot(hashes[within : within+1<<level]), nil
}

// above joins the roots of blocks.
func (r *treeReader) above(level int, n int64) (tlog.Hash, error) {
	if level == 0 {
		if n >= int64(len(r.roots)) {
			return tlog.Hash{}, fmt.Errorf("journal: block %d is not complete", n)
		}
		return r.roots[n], nil
	}
	left, err := r.above(level-1, 2*n)
	if err != nil {
		return left, err
	}
	right, err := r.above(level-1, 2*n+1)
	return tlog.NodeHash(left, right), err
}

func asHex(nodes []tlog.Hash) []string {
	list := []string{}
	for _, node := range nodes {
		list = append(list, hex.EncodeToString(node[:]))
	}
	return list
}

// CheckGrowth tells whether what one checkpoint says and what a later one says
// are of the same journal, by the proof that [History.Growth] gave. Errors:
// [ErrProof]; a [Fault] (FaultTruncated) when the later one knows fewer entries.
func CheckGrowth(old, now Statement, proof []string) error {
	if now.Size < old.Size {
		return &Fault{Kind: FaultTruncated, Seq: old.Size, Reason: fmt.Sprintf("a checkpoint knows %d entries, there are %d", old.Size, now.Size)}
	}
	var nodes tlog.TreeProof
	for _, text := range proof {
		raw, err := hex.DecodeString(text)
		if err != nil || len(raw) != tlog.HashSize {
			return ErrProof
		}
		nodes = append(nodes, tlog.Hash(raw))
	}
	if len(old.Root) != tlog.HashSize || len(now.Root) != tlog.HashSize || old.Size < 1 ||
		tlog.CheckTree(nodes, now.Size, tlog.Hash(now.Root), old.Size, tlog.Hash(old.Root)) != nil {
		return ErrProof
	}
	return nil
}

// Matches tells whether the entry's hash is that of its content: the body, and
// the entries before it.
func (e Entry) Matches() bool { return e.Hash == e.computeHash() }
