package workflow_test

import (
	"bytes"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestDraftIsForBeforeTheAct(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request())
		draft, err := w.Draft(t.Context(), w.Open(t, token))
		if err != nil || !bytes.Contains(draft, []byte("Ville de Rivière-Exemple")) || bytes.Contains(draft, []byte("ESJ-")) {
			t.Errorf("%s, %v", draft, err)
		}
		secret, form := w.Ready(t, token)
		if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		_, err = w.Draft(t.Context(), secret)
		wantKey(t, err, workflow.Conflict, "step.signed")
		if v, err := w.VerifyFile(t.Context(), draft); err != nil || v.Verdict != workflow.VerdictUnknown {
			t.Errorf("a draft is %s, %v", v.Verdict, err)
		}
	})
}
