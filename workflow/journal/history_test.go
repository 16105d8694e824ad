package journal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"testing"
)

// sampleHashes are the hashes of that many entries.
func sampleHashes(n int) (list []string) {
	for i := range n {
		sum := sha256.Sum256(fmt.Append(nil, "entry ", i))
		list = append(list, hex.EncodeToString(sum[:]))
	}
	return list
}

func historyOf(hashes []string) (h *History, reads *int) {
	reads = new(int)
	return &History{Read: func(_ context.Context, from int64, limit int) ([]string, error) {
		*reads++
		some := hashes[min(int(from-1), len(hashes)):]
		return some[:min(limit, len(some))], nil
	}}, reads
}

func statementOf(hashes []string) Statement {
	var t Tree
	for _, hash := range hashes {
		t.Add(hash)
	}
	return Statement{Size: t.Size, Root: t.Root()}
}

// Growth is proved between any two sizes, and a proof fails once anything of the
// past is another.
func TestGrowth(t *testing.T) {
	hashes := sampleHashes(2_100)
	h, _ := historyOf(hashes)
	sizes := []int64{1, 2, 3, 7, 255, 256, 257, 512, 513, 1_000, 1_024, 2_047, 2_048, 2_100}
	for _, now := range sizes {
		for _, old := range sizes {
			if old > now {
				continue
			}
			proof, err := h.Growth(t.Context(), old, now)
			if err != nil {
				t.Fatalf("%d to %d: %v", old, now, err)
			}
			before, after := statementOf(hashes[:old]), statementOf(hashes[:now])
			if err := CheckGrowth(before, after, proof); err != nil {
				t.Errorf("%d to %d: %v", old, now, err)
			}
			for name, wrong := range map[string]Statement{
				"another past":  statementOf(append([]string{hashes[1]}, hashes[1:old]...)),
				"another size":  {Size: old%now + 1, Root: before.Root},
				"no root":       {Size: old},
				"nothing known": {Root: before.Root},
			} {
				if wrong.Size == old && string(wrong.Root) == string(before.Root) || old == now && wrong.Size == 1 {
					continue
				}
				if CheckGrowth(wrong, after, proof) == nil {
					t.Errorf("%d to %d: %s is accepted", old, now, name)
				}
			}
			if len(proof) > 0 && CheckGrowth(before, after, proof[1:]) == nil {
				t.Errorf("%d to %d: a part of the proof is enough", old, now)
			}
		}
	}
	var fault *Fault
	if err := CheckGrowth(statementOf(hashes[:9]), statementOf(hashes[:8]), nil); !errors.As(err, &fault) || fault.Kind != FaultTruncated {
		t.Error(err)
	}
	if err := CheckGrowth(statementOf(hashes[:8]), statementOf(hashes[:9]), []string{"zz"}); !errors.Is(err, ErrProof) {
		t.Error(err)
	}
}

func TestInclusionFromBlocks(t *testing.T) {
	hashes := sampleHashes(1_300)
	h, reads := historyOf(hashes)
	for _, size := range []int64{1, 256, 300, 1_300} {
		root := statementOf(hashes[:size]).Root
		for _, seq := range []int64{1, 2, 200, 256, 257, 1_024, 1_300} {
			if seq > size {
				continue
			}
			*reads = 0
			p, err := h.Inclusion(t.Context(), seq, size)
			p.Hash = hashes[seq-1]
			if err != nil || p.Check(size, root) != nil {
				t.Errorf("%d of %d: %v, %v", seq, size, err, p.Check(size, root))
			}
			if *reads > 3 {
				t.Errorf("%d of %d took %d reads", seq, size, *reads)
			}
			p.Hash = hashes[seq%size]
			if size > 1 && p.Check(size, root) == nil {
				t.Errorf("%d of %d: another entry is accepted", seq, size)
			}
		}
	}
	if _, err := h.Inclusion(t.Context(), 1_301, 1_300); err == nil {
		t.Error("an entry that is not there is proved")
	}
	if _, err := h.Growth(t.Context(), 1, 5_000); err == nil {
		t.Error("a journal that is not there is proved")
	}
}
