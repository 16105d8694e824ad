package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Fault is what a verification found. It stops at the first.
type Fault struct {
	Kind   FaultKind
	Seq    int64 // entry, or size of the checkpoint
	Reason string
}

// FaultKind is the family of a fault.
type FaultKind string

// The kinds of fault.
const (
	FaultAltered    FaultKind = "altered"    // an entry does not match its hash or its neighbours
	FaultTruncated  FaultKind = "truncated"  // a checkpoint knows more entries than there are
	FaultCheckpoint FaultKind = "checkpoint" // a checkpoint's signature or root is wrong
	FaultFile       FaultKind = "file"       // a stored file is missing or altered
)

// Error says what is wrong and where.
func (f *Fault) Error() string {
	return fmt.Sprintf("journal %s at %d: %s", f.Kind, f.Seq, f.Reason)
}

// Verifier reads a journal from its first entry to its last and compares it
// with checkpoints. The zero value is not usable: see NewVerifier.
type Verifier struct {
	head    Head
	records map[string]Head
	tree    Tree
	claims  map[int64][]Statement // by size, still to be met
}

// NewVerifier prepares a verification against signed notes. A note that none of
// the public keys signed is a FaultCheckpoint.
func NewVerifier(notes []string, publics ...string) (*Verifier, error) {
	v := &Verifier{records: map[string]Head{}, claims: map[int64][]Statement{}}
	for _, n := range notes {
		s, err := Open(n, publics...)
		if err != nil {
			return nil, &Fault{Kind: FaultCheckpoint, Reason: err.Error()}
		}
		v.claims[s.Size] = append(v.claims[s.Size], s)
	}
	return v, v.meetClaims()
}

// Entry checks the next entry.
func (v *Verifier) Entry(e Entry) error {
	record := v.records[e.Record]
	if reason := v.compare(e, record); reason != "" {
		return &Fault{Kind: FaultAltered, Seq: v.head.Seq + 1, Reason: reason}
	}
	v.head, v.records[e.Record] = e.Head(), e.RecordHead()
	v.tree.Add(e.Hash)
	return v.meetClaims()
}

func (v *Verifier) compare(e Entry, record Head) string {
	switch {
	case e.Seq != v.head.Seq+1:
		return fmt.Sprintf("sequence %d follows %d", e.Seq, v.head.Seq)
	case e.Prev != v.head.hash():
		return "does not follow the entry before it"
	case e.RecordSeq != record.Seq+1 || e.RecordPrev != record.hash():
		return "does not follow the record's entry before it"
	case e.At.Before(v.head.At):
		return "is earlier than the entry before it"
	case e.Hash != e.computeHash():
		return "does not match its hash"
	}
	return compareBody(e)
}

// compareBody holds the columns beside the JSON, which lists read, to the JSON
// itself.
func compareBody(e Entry) string {
	var b struct {
		Seq      int64             `json:"seq"`
		RSeq     int64             `json:"rseq"`
		At       string            `json:"at"`
		Type     string            `json:"type"`
		Pole     string            `json:"pole"`
		Record   string            `json:"record"`
		Personal map[string]string `json:"personal"`
	}
	if err := json.Unmarshal([]byte(e.Body), &b); err != nil {
		return "is not JSON"
	}
	if b.Seq != e.Seq || b.RSeq != e.RecordSeq || b.At != e.At.UTC().Format(timeLayout) ||
		b.Type != e.Type || b.Pole != e.Pole || b.Record != e.Record {
		return "differs from its columns"
	}
	for _, o := range e.Openings {
		if b.Personal[o.Field] != o.commitment() {
			return "personal value " + o.Field + " does not match its commitment"
		}
	}
	return ""
}

func (v *Verifier) meetClaims() error {
	for _, claim := range v.claims[v.tree.Size] {
		if !bytes.Equal(claim.Root, v.tree.Root()) {
			return &Fault{Kind: FaultCheckpoint, Seq: claim.Size, Reason: "root differs: the past was rewritten"}
		}
	}
	delete(v.claims, v.tree.Size)
	return nil
}

// Done ends the verification and gives the head. A checkpoint that knows more
// entries than were read is a FaultTruncated.
func (v *Verifier) Done() (Head, error) {
	for size := range v.claims {
		return v.head, &Fault{Kind: FaultTruncated, Seq: size,
			Reason: fmt.Sprintf("a checkpoint knows %d entries, there are %d", size, v.head.Seq)}
	}
	return v.head, nil
}
