package workflow_test

import (
	"path"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// Nothing is asked twice: who had answered everything before the link was
// replaced signs with the new one.
func TestAnswersOutliveTheirLink(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		w.Fill(t, w.Open(t, token))
		if err := w.Resend(t.Context(), workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		mails := w.Deliver(t)
		again := w.Open(t, path.Base(mails[len(mails)-1].LinkURL))
		w.Confirm(t, again)
		if _, err := w.Sign(t.Context(), again, w.Form(t, again), workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
	})
}
