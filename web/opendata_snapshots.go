package web

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// snapshotLine is a day of the list of snapshots.
type snapshotLine struct {
	Date         string `json:"date"`
	TakenAt      string `json:"taken_at"`
	Lines        int    `json:"lines"`
	Size         int    `json:"size"`
	SHA256       string `json:"sha256"`
	ContentURL   string `json:"content_url,omitempty"` // while the content is kept
	SignatureURL string `json:"signature_url"`
	SHA256URL    string `json:"sha256_url"`
}

func (s *Server) snapshotLine(d workflow.DailySnapshot) snapshotLine {
	at := s.link(snapshotsPath + "/" + d.Day + ".json")
	line := snapshotLine{Date: d.Day, TakenAt: d.TakenAt.UTC().Format(time.RFC3339), Lines: d.Lines, Size: d.Size, SHA256: d.SHA256,
		SignatureURL: at + ".p7s", SHA256URL: at + ".sha256"}
	if d.Kept {
		line.ContentURL = at
	}
	return line
}

// dataSnapshots lists every snapshot, latest first.
func (s *Server) dataSnapshots(c *fiber.Ctx) error {
	list, err := s.Service.DailySnapshots(c.UserContext())
	if err != nil {
		return err
	}
	lines := make([]snapshotLine, 0, len(list))
	for _, d := range list {
		lines = append(lines, s.snapshotLine(d))
	}
	return sendJSON(c, struct {
		source
		Total     int            `json:"total"`
		Snapshots []snapshotLine `json:"snapshots"`
	}{sourceOfData, len(lines), lines})
}

// dataSnapshot sends the content of a snapshot, the bytes that were signed.
func (s *Server) dataSnapshot(c *fiber.Ctx) error {
	d, packed, err := s.Service.DailySnapshotContent(c.UserContext(), c.Params("day"))
	if err != nil {
		return err
	}
	return sendDocument(c, document{packed: packed, size: d.Size, tag: `W/"` + d.SHA256 + `"`},
		dataAnswer{mediaType: fiber.MIMEApplicationJSONCharsetUTF8, modified: d.TakenAt})
}

// dataSnapshotSignature sends the detached signature.
func (s *Server) dataSnapshotSignature(c *fiber.Ctx) error {
	return s.sendSnapshot(c, ".p7s", "application/pkcs7-signature", func(d workflow.DailySnapshot) []byte { return d.Signature })
}

// dataSnapshotHash sends a line that « sha256sum -c » reads.
func (s *Server) dataSnapshotHash(c *fiber.Ctx) error {
	return s.sendSnapshot(c, ".sha256", fiber.MIMETextPlainCharsetUTF8, func(d workflow.DailySnapshot) []byte {
		return []byte(d.SHA256 + "  " + d.Day + ".json\n")
	})
}

func (s *Server) sendSnapshot(c *fiber.Ctx, ending, mediaType string, part func(workflow.DailySnapshot) []byte) error {
	d, err := s.Service.DailySnapshot(c.UserContext(), c.Params("day"))
	if err != nil {
		return err
	}
	return dataAnswer{mediaType: mediaType, name: d.Day + ".json" + ending, modified: d.TakenAt}.send(c, part(d))
}
