package workflow

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// ScanRequest is the scan of a paper original, as it was sent.
type ScanRequest struct {
	Content []byte // empty when there is none
	By      string // who scanned it; the actor when empty
	On      string // civil date; today when empty
}

// scanTypes are the files taken, by their first bytes. None is ever opened: a
// scan is evidence, and its bytes and hash are all that counts.
var scanTypes = []struct{ start, mediaType string }{
	{"%PDF-", "application/pdf"},
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"\xff\xd8\xff", "image/jpeg"},
}

// scanType tells a file by its first bytes; empty for any other.
func scanType(content []byte) string {
	for _, t := range scanTypes {
		if bytes.HasPrefix(content, []byte(t.start)) {
			return t.mediaType
		}
	}
	return ""
}

// cleanScan checks a scan; a zero one stands for none.
func (s *Service) cleanScan(a Actor, r ScanRequest) (PaperScan, error) {
	if len(r.Content) == 0 {
		return PaperScan{}, nil
	}
	var f fields
	sum := sha256.Sum256(r.Content)
	scan := PaperScan{MediaType: scanType(r.Content), SHA256: hex.EncodeToString(sum[:]), Size: len(r.Content), Content: r.Content,
		ScannedBy: optionalName("scanner", r.By, MaxName, &f), ScannedOn: r.On, AttachedBy: a.name(), AttachedAt: s.now()}
	if scan.ScannedBy == "" && r.By == "" {
		scan.ScannedBy = a.Staff.Name
	}
	switch {
	case scan.Size > MaxScan:
		f.add("scan", "scan.large")
	case scan.MediaType == "":
		f.add("scan", "scan.type")
	}
	if scan.ScannedOn == "" {
		scan.ScannedOn = CivilDate(s.now())
	}
	if day, err := time.ParseInLocation(time.DateOnly, scan.ScannedOn, Zone); err != nil {
		f.add("scannedon", "date.invalid")
	} else if day.After(s.now()) {
		f.add("scannedon", "date.paper-future")
	}
	return scan, f.err()
}

// AttachScan adds the scan to an entry that has none. Invalid names the field
// to correct; Conflict (KeyScanExists) when there is one. NotFound as for Paper.
func (s *Service) AttachScan(ctx context.Context, a Actor, id string, r ScanRequest) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		p, err := s.permittedPaper(ctx, tx, a, PermitWrite, id)
		if err != nil {
			return err
		}
		if len(r.Content) == 0 {
			return &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{{Field: "scan", Key: "scan.missing"}}}
		}
		scan, err := s.cleanScan(a, r)
		if err != nil {
			return err
		}
		return s.attach(ctx, tx, a, p.Commitment, scan)
	})
}

func (s *Service) attach(ctx context.Context, tx Tx, a Actor, c Commitment, scan PaperScan) error {
	e := s.event("paper.scanned", a, c.PoleSlug, c.record())
	e.Data["sha256"], e.Data["media_type"], e.Data["bytes"] = scan.SHA256, scan.MediaType, strconv.Itoa(scan.Size)
	e.Data["scanned_on"] = scan.ScannedOn
	if scan.ScannedBy != "" {
		e.Personal = map[string]string{"scanned_by": scan.ScannedBy}
	}
	tx.Record(e)
	return tx.AddPaperScan(ctx, c.ID, scan)
}

// Scan gives the scan of an entry, exactly as it was sent. NotFound when it has
// none, and as for Paper; Internal (key "scan.damaged") when the bytes are not those
// of its hash.
func (s *Service) Scan(ctx context.Context, a Actor, id string) (Paper, error) {
	p, err := s.permittedPaper(ctx, s.Store, a, PermitRead, id)
	switch {
	case err != nil:
		return Paper{}, err
	case p.Scan.IsZero():
		return Paper{}, notFound()
	}
	p.Scan, err = s.Store.PaperScan(ctx, id)
	return p, err
}
