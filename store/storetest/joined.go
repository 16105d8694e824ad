package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

// extract is a file joined to the resolution of an invitation.
func extract(invitation, content string, at time.Time) workflow.Extract {
	return workflow.Extract{InvitationID: invitation, Name: "Extrait é.pdf", SHA256: workflow.TextSHA256(content), Size: len(content),
		UploadedAt: at, Content: []byte(content)}
}

func extracts(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	w.invite("other", workflow.StateReady)
	a, b, c := extract("inv", "%PDF-a\x00\xff", noon), extract("inv", "%PDF-b", noon.Add(time.Minute)), extract("other", "%PDF-a\x00\xff", noon)
	for _, x := range []workflow.Extract{b, a, c, a} {
		w.must(func(tx workflow.Tx) error { return tx.AddExtract(w.ctx, x) })
	}
	wantEqual(t, read[workflow.Extract](t)(w.Extract(w.ctx, "inv", a.SHA256)), a)
	described := func(x workflow.Extract) workflow.Extract { x.Content = nil; return x }
	wantEqual(t, read[[]workflow.Extract](t)(w.Extracts(w.ctx, "inv")), []workflow.Extract{described(a), described(b)})
	w.must(func(tx workflow.Tx) error { return tx.DropExtracts(w.ctx, "inv", b.SHA256, "none") })
	wantEqual(t, read[[]workflow.Extract](t)(w.Extracts(w.ctx, "inv")), []workflow.Extract{described(b)})
	_, err := w.Extract(w.ctx, "inv", a.SHA256)
	wantError(t, err, workflow.NotFound, "extract.not-found")
	w.must(func(tx workflow.Tx) error { return tx.DropExtracts(w.ctx, "inv") })
	wantEqual(t, len(read[[]workflow.Extract](t)(w.Extracts(w.ctx, "inv"))), 0)
	wantEqual(t, len(read[[]workflow.Extract](t)(w.Extracts(w.ctx, "other"))), 1)
	damaged := extract("inv", "%PDF-c", noon)
	damaged.Content[5] ^= 1
	w.must(func(tx workflow.Tx) error { return tx.AddExtract(w.ctx, damaged) })
	_, err = w.Extract(w.ctx, "inv", damaged.SHA256)
	wantError(t, err, workflow.Internal, "extract.damaged")
}

func commitmentLogos(t *testing.T, w *world) {
	w.publish(Commitment("c", "C"))
	_, err := w.CommitmentLogo(w.ctx, "c")
	wantError(t, err, workflow.NotFound, "logo.not-found")
	for _, name := range []string{"un", "deux"} {
		p := workflow.Picture{PNG: []byte("\x89PNG " + name), SHA256: workflow.TextSHA256(name), Width: 60, Height: 40}
		w.must(func(tx workflow.Tx) error { return tx.SetCommitmentLogo(w.ctx, "c", p) })
		wantEqual(t, read[workflow.Picture](t)(w.CommitmentLogo(w.ctx, "c")), p)
	}
}
