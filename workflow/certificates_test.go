package workflow_test

import (
	"path"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// issued signs one invitation and gives the certificate.
func issued(t *testing.T, w *workflowtest.World) workflow.Certificate {
	t.Helper()
	_, token := w.Invite(t, workflowtest.Request())
	secret, form := w.Ready(t, token)
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	c, err := w.CertificateByNumber(t.Context(), workflow.Operator(), number)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestVerdictsOnFiles(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c := issued(t, w)
		flipped := append([]byte(nil), c.PDF...)
		flipped[len(flipped)/2] ^= 1
		cut := c.PDF[:len(c.PDF)-10]
		added := append(append([]byte(nil), c.PDF...), "\n1 0 obj\n%%EOF\n"...)
		for name, try := range map[string]struct {
			file []byte
			want workflow.Verdict
		}{
			"as issued": {c.PDF, workflow.VerdictGenuine}, "a bit flipped": {flipped, workflow.VerdictAltered},
			"cut": {cut, workflow.VerdictAltered}, "bytes added": {added, workflow.VerdictAltered},
			"one byte added": {append(c.PDF[:len(c.PDF):len(c.PDF)], 'x'), workflow.VerdictAltered},
			"another PDF":    {[]byte("%PDF-1.7\n%%EOF\n"), workflow.VerdictUnknown},
			"no PDF":         {[]byte("bonjour"), workflow.VerdictNotPDF}, "nothing": {nil, workflow.VerdictNotPDF},
		} {
			v, err := w.VerifyFile(t.Context(), try.file)
			if err != nil || v.Verdict != try.want {
				t.Errorf("%s: %s, %v, want %s", name, v.Verdict, err, try.want)
			}
			if v.Verdict == workflow.VerdictAltered && (v.Number != c.Number || v.Added != max(0, len(try.file)-len(c.PDF))) {
				t.Errorf("%s: %+v", name, v)
			}
		}
	})
}

func TestWhoeverHoldsTheOriginalInsideMayHaveItWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c := issued(t, w)
		v, err := w.VerifyUpload(t.Context(), append(c.PDF[:len(c.PDF):len(c.PDF)], "more"...), workflowtest.Visit)
		if err != nil {
			t.Fatal(err)
		}
		mailed, err := w.MailedCertificate(t.Context(), path.Base(v.Original), workflowtest.Visit)
		if err != nil || mailed.Certificate.SHA256 != c.SHA256 {
			t.Errorf("%+v, %v", mailed.Certificate.Number, err)
		}
		if v, err := w.VerifyUpload(t.Context(), c.PDF, workflowtest.Visit); err != nil || v.Original != "" {
			t.Errorf("an original is offered beside itself: %v", err)
		}
		for range 8 {
			if _, err := w.VerifyUpload(t.Context(), nil, workflowtest.Visit); err != nil {
				t.Fatal(err)
			}
		}
		_, err = w.VerifyUpload(t.Context(), nil, workflowtest.Visit)
		wantKey(t, err, workflow.Limited, "limit.upload")
	})
}
