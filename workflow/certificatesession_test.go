package workflow_test

import (
	"path"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// The code is for one browser, one certificate, once, for a while.
func TestCodeThatManages(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, v := t.Context(), workflowtest.Visit
		h := signed(t, w, workflowtest.Request())
		other := workflowtest.Request()
		other.Organisation, other.Contact.Email = "Ville voisine", "voisine@example.org"
		neighbour := signed(t, w, other)
		w.Clock.Move(time.Hour)
		browser := w.Browser()
		confirm := func(token, browser, typed string) error {
			_, err := w.ConfirmManageCode(ctx, token, browser, typed, v)
			return err
		}
		wantField(t, confirm(h.token, browser, "123456"), "code", "code.none")
		if err := w.SendManageCode(ctx, h.token, browser, v); err != nil {
			t.Fatal(err)
		}
		mail := w.Courier.Codes()[len(w.Courier.Codes())-1]
		if mail.To != "camille@example.org" || mail.Purpose != workflow.PurposeManage {
			t.Errorf("mailed %+v", mail)
		}
		wantKey(t, w.SendManageCode(ctx, h.token, browser, v), workflow.Limited, "limit.code-pause")
		wantField(t, confirm(h.token, browser, "12345"), "code", "code.shape")
		wantField(t, confirm(h.token, browser, otherCode(mail.Code)), "code", "code.wrong")
		wantField(t, confirm(h.token, w.Browser(), mail.Code), "code", "code.none")
		wantField(t, confirm(neighbour.token, browser, mail.Code), "code", "code.none")
		secret, err := w.ConfirmManageCode(ctx, h.token, browser, mail.Code[:3]+" "+mail.Code[3:], v)
		if err != nil {
			t.Fatal(err)
		}
		wantField(t, confirm(h.token, browser, mail.Code), "code", "code.none")
		if h.page(browser).Confirmed() || !h.page(secret).Confirmed() || neighbour.page(secret).Confirmed() {
			t.Error("another browser or another certificate is confirmed, or this one is not")
		}
		w.Clock.Move(29 * time.Minute)
		if !h.page(secret).Confirmed() {
			t.Error("over before its time")
		}
		w.Clock.Move(time.Minute)
		wantKey(t, w.Withdraw(ctx, h.token, secret, true, v), workflow.Unauthenticated, "manage.unconfirmed")
		if err := w.SendManageCode(ctx, h.token, browser, v); err != nil {
			t.Fatal(err)
		}
		w.Clock.Move(workflow.CodeLife)
		wantField(t, confirm(h.token, browser, w.Courier.Last(t)), "code", "code.none")
	})
}

func otherCode(right string) string {
	if right == "000000" {
		return "000001"
	}
	return "000000"
}

// Whoever holds the link can try ten codes a day, in however many browsers.
func TestCodesThatManageAreCounted(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		tries := 0
		for range 4 {
			w.Clock.Move(time.Hour)
			browser := w.Browser()
			if err := w.SendManageCode(t.Context(), h.token, browser, workflowtest.Visit); err != nil {
				t.Fatal(err)
			}
			wrong := otherCode(w.Courier.Last(t))
			for range workflow.CodeTries {
				_, err := w.ConfirmManageCode(t.Context(), h.token, browser, wrong, workflowtest.Visit)
				if workflow.KeyOf(err) == "limit.manage-tries" {
					if tries != 10 {
						t.Errorf("held after %d tries", tries)
					}
					return
				}
				tries++
			}
		}
		t.Errorf("never held, after %d tries", tries)
	})
}

// A relay that refuses the code leaves none behind.
func TestCodeThatNeverLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		w.Clock.Move(time.Hour)
		w.Courier.Fail(true)
		wantKey(t, w.SendManageCode(t.Context(), h.token, w.Browser(), workflowtest.Visit), workflow.Unavailable, "code.not-sent")
	})
}

// Only the link of a certificate mail opens the page: not that of an
// invitation, nor the one that whoever holds a file gets to the original.
func TestOtherLinksOpenNoPersonalPage(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		_, invited := w.Invite(t, func() workflow.InviteRequest {
			r := workflowtest.Request()
			r.Organisation, r.Contact.Email = "Ville voisine", "voisine@example.org"
			return r
		}())
		found, err := w.VerifyUpload(t.Context(), append(h.page("").Certificate.PDF, "\nplus\n"...), workflowtest.Visit)
		if err != nil || found.Original == "" {
			t.Fatalf("%+v, %v", found, err)
		}
		for name, token := range map[string]string{"invitation": invited, "original": path.Base(found.Original), "nothing": "a.b.c"} {
			_, err := w.PersonalPage(t.Context(), token, "", workflowtest.Visit)
			wantKey(t, err, workflow.NotFound, "link.unknown")
			wantKey(t, w.SendManageCode(t.Context(), token, w.Browser(), workflowtest.Visit), workflow.NotFound, "link.unknown")
			if t.Failed() {
				t.Fatal(name)
			}
		}
		if mailed, err := w.MailedCertificate(t.Context(), path.Base(found.Original), workflowtest.Visit); err != nil || !mailed.Original {
			t.Errorf("the original: %v", err)
		}
	})
}
