package evidence

import (
	"bytes"
	"encoding/hex"
	"encoding/json"

	"jachete/workflow/journal"
)

// eventLines writes the record's chain, one canonical JSON object per line.
func eventLines(entries []journal.Entry) []byte {
	var b bytes.Buffer
	for _, e := range entries {
		openings := []any{}
		for _, o := range e.Openings {
			openings = append(openings, map[string]any{"field": o.Field, "salt": hex.EncodeToString(o.Salt), "value": o.Value})
		}
		b.WriteString(journal.Canonical(map[string]any{"body": e.Body, "prev": e.Prev, "record_prev": e.RecordPrev, "hash": e.Hash, "openings": openings}))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// describeChain is the chain as evidence.json tells it.
func (r Record) describeChain() map[string]any {
	events := []any{}
	for _, e := range r.Events {
		events = append(events, map[string]any{"seq": e.Seq, "type": e.Type, "at": Instant{e.At}, "prev": e.Prev, "hash": e.Hash})
	}
	return map[string]any{"events": events, "checkpoint_size": r.Checkpoint.Size, "checkpoint_at": Instant{r.Checkpoint.At}}
}

// laterEvents is what happened to the record after the certificate was sealed.
func (r Record) laterEvents() []any {
	later := []any{}
	sealed := false
	for _, e := range r.Events {
		if sealed {
			later = append(later, map[string]any{"seq": e.Seq, "type": e.Type, "at": Instant{e.At}})
		}
		sealed = sealed || e.Type == journal.SealedType
	}
	return later
}

// inclusion writes the proofs.
func (r Record) inclusion() []byte {
	proofs := []any{}
	for _, p := range r.Proofs {
		proofs = append(proofs, map[string]any{"seq": p.Seq, "hash": p.Hash, "path": p.Hex()})
	}
	return []byte(journal.Canonical(map[string]any{"size": r.Checkpoint.Size, "proofs": proofs}) + "\n")
}

// facts writes evidence.json.
func (r Record) facts(s seal) ([]byte, error) {
	plain, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	all := map[string]any{}
	decoder := json.NewDecoder(bytes.NewReader(plain))
	decoder.UseNumber()
	if err := decoder.Decode(&all); err != nil {
		return nil, err
	}
	all["schema"], all["page_sha256"] = 1, sum(r.Page)
	all["seal"], all["chain"], all["later_events"] = s.describe(), r.describeChain(), r.laterEvents()
	return []byte(journal.Canonical(all)), nil
}
