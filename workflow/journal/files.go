package journal

import (
	"encoding/hex"
	"encoding/json"
)

// GrowthFile is a proof of growth as it is published.
type GrowthFile struct {
	From       int64    `json:"from"`       // size of the older checkpoint
	Checkpoint string   `json:"checkpoint"` // the later one, a signed note
	Proof      []string `json:"proof"`      // RFC 6962 §2.1.2, in hex
}

// InclusionFile shows where a number of the register stands in the journal, as it
// is published.
type InclusionFile struct {
	Number     string    `json:"number"`
	Checkpoint string    `json:"checkpoint"` // a signed note
	Entry      EntryFile `json:"entry"`
	Path       []string  `json:"path"` // RFC 6962 §2.1.1, in hex
}

// EntryFile is an entry with what its hash covers. The body holds commitments in
// the place of personal values.
type EntryFile struct {
	Seq        int64  `json:"seq"`
	Body       string `json:"body"` // canonical JSON
	Prev       string `json:"prev"`
	RecordPrev string `json:"record_prev"`
	Hash       string `json:"hash"`
}

// Check tells whether the entry is what its hash says, lists the number, and is
// in the journal that the checkpoint signed with one of the keys; it gives what
// that says. Errors: [ErrProof], and those of [Open].
func (f InclusionFile) Check(publics ...string) (at Statement, err error) {
	if at, err = Open(f.Checkpoint, publics...); err != nil {
		return at, err
	}
	e := Entry{Seq: f.Entry.Seq, Body: f.Entry.Body, Prev: f.Entry.Prev, RecordPrev: f.Entry.RecordPrev, Hash: f.Entry.Hash}
	var body struct {
		Seq  int64             `json:"seq"`
		Data map[string]string `json:"data"`
	}
	if json.Unmarshal([]byte(e.Body), &body) != nil || body.Seq != e.Seq || body.Data["number"] != f.Number || !e.Matches() {
		return at, ErrProof
	}
	p := Proof{Seq: e.Seq, Hash: e.Hash}
	for _, text := range f.Path {
		node, err := hex.DecodeString(text)
		if err != nil {
			return at, ErrProof
		}
		p.Path = append(p.Path, node)
	}
	return at, p.Check(at.Size, at.Root)
}
