// Package journal is the append-only record of what happened, made so that
// nobody can add, change, back-date or remove an entry unseen.
//
// Every [Event] becomes an [Entry] with a dense sequence number, the canonical
// JSON of what happened and a hash that covers the entry before it, both in
// the whole journal and among the entries of the same record, so that one
// record's history can be shown without the others. Personal values do not
// enter the JSON: a salted commitment does, and salt and value stay beside it.
// Destroying them, as the law on personal information asks, leaves the chain
// whole.
//
// A [Checkpoint] is a signed statement of how many entries there are and of
// their Merkle root (RFC 6962), in the form of C2SP tlog-checkpoint. Whoever
// kept an old one can tell whether the past was rewritten: [Verify].
package journal

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
)

// domainTag separates these hashes from every other use of SHA-256.
const domainTag = "jachete-journal-v1"

// timeLayout writes times in the JSON: UTC, always with milliseconds.
const timeLayout = "2006-01-02T15:04:05.000Z"

// Event is something that happened, before it has its place in the journal.
type Event struct {
	Type     string // "invitation.created"
	At       time.Time
	Pole     string // slug, or empty
	Record   string // what it is about: an invitation's id, a certificate's number …
	Actor    Actor
	Data     map[string]string // nothing personal
	Personal map[string]string // replaced by commitments
}

// Actor is who did it.
type Actor struct {
	Kind string // "system", "operator", "staff", "signatory", "public"
	ID   string // staff id, or empty
}

// Entry is an event in its place. Hashes are hex.
type Entry struct {
	Seq        int64 // dense, from 1
	At         time.Time
	Type       string
	Pole       string
	Record     string
	RecordSeq  int64  // dense among the entries of the record, from 1
	Body       string // canonical JSON (RFC 8785) of everything the hash covers
	Prev       string // Hash of Seq-1; zeros for the first
	RecordPrev string // Hash of RecordSeq-1 of the same record; zeros for the first
	Hash       string
	Openings   []Opening
}

// Opening is what a commitment hides.
type Opening struct {
	Field string
	Salt  []byte
	Value string
}

// Head is the end of a chain: of the journal, or of one record.
type Head struct {
	Seq  int64 // 0 when empty
	Hash string
	At   time.Time
}

// zeroHash stands before the first entry.
var zeroHash = strings.Repeat("0", 2*sha256.Size)

func (h Head) hash() string {
	if h.Seq == 0 {
		return zeroHash
	}
	return h.Hash
}

// Append puts an event behind the two heads. Time never goes back: an event
// from a clock that was set back takes the time of the entry before it.
func Append(head, record Head, e Event) Entry {
	at := e.At.UTC().Truncate(time.Millisecond)
	if at.Before(head.At) {
		at = head.At
	}
	entry := Entry{
		Seq: head.Seq + 1, At: at, Type: e.Type, Pole: e.Pole, Record: e.Record,
		RecordSeq: record.Seq + 1, Prev: head.hash(), RecordPrev: record.hash(),
	}
	for field, value := range e.Personal {
		salt := make([]byte, 16)
		rand.Read(salt)
		entry.Openings = append(entry.Openings, Opening{Field: field, Salt: salt, Value: value})
	}
	entry.Body = body(entry, e)
	entry.Hash = entry.computeHash()
	return entry
}

// Head gives the entry as the head of the whole journal.
func (e Entry) Head() Head { return Head{Seq: e.Seq, Hash: e.Hash, At: e.At} }

// RecordHead gives the entry as the head of its record's chain.
func (e Entry) RecordHead() Head { return Head{Seq: e.RecordSeq, Hash: e.Hash, At: e.At} }

func (e Entry) computeHash() string {
	sum := sha256.Sum256([]byte(e.Body))
	h := sha256.New()
	h.Write([]byte{0})
	h.Write([]byte(domainTag))
	for _, link := range []string{e.Prev, e.RecordPrev} {
		raw, _ := hex.DecodeString(link)
		h.Write(raw)
	}
	h.Write(sum[:])
	return hex.EncodeToString(h.Sum(nil))
}

// body writes the canonical JSON: sorted keys, no space, no HTML escapes.
func body(entry Entry, e Event) string {
	commitments := map[string]string{}
	for _, o := range entry.Openings {
		commitments[o.Field] = o.commitment()
	}
	data := map[string]string{}
	for k, v := range e.Data {
		data[k] = lineSeparators.Replace(v)
	}
	return Canonical(map[string]any{
		"v": 1, "seq": entry.Seq, "at": entry.At.Format(timeLayout), "type": e.Type,
		"pole": e.Pole, "record": e.Record, "rseq": entry.RecordSeq,
		"actor":    map[string]string{"kind": e.Actor.Kind, "id": e.Actor.ID},
		"data":     data,
		"personal": commitments,
	})
}

// lineSeparators drops two characters that many programs take for line ends.
var lineSeparators = strings.NewReplacer("\u2028", " ", "\u2029", " ")

func (o Opening) commitment() string {
	mac := hmac.New(sha256.New, o.Salt)
	mac.Write([]byte(o.Value))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// SealedType is the event that records a certificate's file.
const SealedType = "certificate.sealed"

// Sealed gives the number and SHA-256 of the file an entry recorded, or
// nothing when it recorded something else.
func (e Entry) Sealed() (number, sha256 string) {
	if e.Type != SealedType {
		return "", ""
	}
	data := e.Data()
	return data["number"], data["sha256"]
}

// Data gives what the event told besides who, when and about what; nil when
// the body cannot be read.
func (e Entry) Data() map[string]string {
	var b struct {
		Data map[string]string `json:"data"`
	}
	if err := json.Unmarshal([]byte(e.Body), &b); err != nil {
		return nil
	}
	return b.Data
}
