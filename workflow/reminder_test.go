package workflow_test

import (
	"path"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

const day = 24 * time.Hour

// tick lets the schedule do its work at a civil time of Québec.
func tick(t *testing.T, w *workflowtest.World, local string) {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, workflow.Zone)
	if err != nil {
		t.Fatal(err)
	}
	w.Clock.Move(at.Sub(w.Clock.Now()))
	if err := w.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func invitationOf(t *testing.T, w *workflowtest.World, id string) workflow.InvitationPage {
	t.Helper()
	page, err := w.Invitation(t.Context(), workflow.Operator(), id)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// change writes an invitation as another use case would.
func change(t *testing.T, w *workflowtest.World, id string, edit func(*workflow.Invitation)) {
	t.Helper()
	err := w.Store.Update(t.Context(), func(tx workflow.Tx) error {
		was, err := tx.Invitation(t.Context(), id)
		if err != nil {
			return err
		}
		inv := was
		edit(&inv)
		return tx.MoveInvitation(t.Context(), was, inv)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// wantNext expects the next reminder at a civil time of Québec, or none.
func wantNext(t *testing.T, w *workflowtest.World, id, local string) {
	t.Helper()
	got := ""
	if at := invitationOf(t, w, id).NextReminder(w.Clock.Now()); !at.IsZero() {
		got = at.In(workflow.Zone).Format("2006-01-02 15:04")
	}
	if got != local {
		t.Errorf("next reminder %q, want %q", got, local)
	}
}

// reminders delivers the mail and gives those that are reminders.
func reminders(t *testing.T, w *workflowtest.World) (mails []workflow.MailContent) {
	t.Helper()
	for _, m := range w.Deliver(t) {
		if m.Delivery.Kind == workflow.DeliveryReminder {
			mails = append(mails, m)
		}
	}
	return mails
}

// The world begins on Sunday 2026-11-22, and the default plan reminds after 10
// and 25 days and 7 days before the 60th, 2027-01-21.
func TestThePlanReminds(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		wantNext(t, w, inv.ID, "2026-12-02 09:00")
		tick(t, w, "2026-12-02 08:59")
		if mails := reminders(t, w); len(mails) != 0 {
			t.Fatal("reminded before the hour")
		}
		for n, c := range []struct{ at, next string }{
			{"2026-12-02 09:00", "2026-12-17 09:00"}, {"2026-12-17 09:01", "2027-01-14 09:00"}, {"2027-01-14 09:00", ""},
		} {
			tick(t, w, c.at)
			tick(t, w, c.at)
			mails := reminders(t, w)
			if len(mails) != 1 {
				t.Fatalf("%s: %d mails", c.at, len(mails))
			}
			m := mails[0]
			if path.Base(m.LinkURL) != token || m.UnsubscribeURL == "" || m.Source != inv.Source || m.Reminder != n+1 ||
				!m.InvitedAt.Equal(workflowtest.Start) || m.Delivery.Recipient != inv.Contact.Email {
				t.Errorf("reminder %d: %+v", n+1, m)
			}
			wantNext(t, w, inv.ID, c.next)
		}
		page := invitationOf(t, w, inv.ID)
		if page.Reminders != workflow.MaxReminders || page.State != workflow.StateSent || !page.SentAt.Equal(workflowtest.Start) {
			t.Errorf("after three reminders: %+v", page.Invitation)
		}
		verifySound(t, w)
	})
}

func TestNobodyIsRemindedOfWhatIsOver(t *testing.T) {
	ends := map[string]func(*testing.T, *workflowtest.World, workflow.Invitation, workflow.MailContent){
		"signed": func(t *testing.T, w *workflowtest.World, _ workflow.Invitation, m workflow.MailContent) {
			secret, form := w.Ready(t, path.Base(m.LinkURL))
			if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
				t.Fatal(err)
			}
		},
		"revoked": func(t *testing.T, w *workflowtest.World, inv workflow.Invitation, _ workflow.MailContent) {
			if err := w.Revoke(t.Context(), workflow.Operator(), inv.ID); err != nil {
				t.Fatal(err)
			}
		},
		"declined": func(t *testing.T, w *workflowtest.World, inv workflow.Invitation, _ workflow.MailContent) {
			change(t, w, inv.ID, func(i *workflow.Invitation) { i.State = workflow.StateDeclined })
		},
		"bounced": func(t *testing.T, w *workflowtest.World, inv workflow.Invitation, m workflow.MailContent) {
			report := workflow.BounceReport{DeliveryID: m.Delivery.ID, Recipients: []string{inv.Contact.Email}, Answer: "5.7.1 refused"}
			if err := w.Bounce(t.Context(), report); err != nil {
				t.Fatal(err)
			}
		},
		"unsubscribed": func(t *testing.T, w *workflowtest.World, _ workflow.Invitation, m workflow.MailContent) {
			if _, err := w.Unsubscribe(t.Context(), path.Base(m.UnsubscribeURL), workflowtest.Visit); err != nil {
				t.Fatal(err)
			}
		},
		"stopped": func(t *testing.T, w *workflowtest.World, inv workflow.Invitation, _ workflow.MailContent) {
			if err := w.StopReminders(t.Context(), workflow.Operator(), inv.ID); err != nil {
				t.Fatal(err)
			}
		},
		"never": func(t *testing.T, w *workflowtest.World, _ workflow.Invitation, _ workflow.MailContent) {
			if err := w.SetPoleReminders(t.Context(), workflow.Operator(), "estrie", workflow.ReminderForm{Choice: workflow.RemindNever}); err != nil {
				t.Fatal(err)
			}
		},
	}
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		var ids []string
		for name, end := range ends {
			w.Clock.Move(-w.Clock.Now().Sub(workflowtest.Start))
			r := workflowtest.Request()
			r.Organisation, r.Contact.Email = "Ville de "+name, name+"@example.org"
			inv, err := w.Service.Invite(t.Context(), workflow.Operator(), r)
			if err != nil {
				t.Fatal(err)
			}
			mail := w.Deliver(t)[0]
			if name != "never" { // which is about the whole pôle
				wantNext(t, w, inv.ID, "2026-12-02 09:00")
				end(t, w, inv, mail)
				wantNext(t, w, inv.ID, "")
				if at := invitationOf(t, w, inv.ID).RemindAt; !at.IsZero() && name != "declined" { // see change
					t.Errorf("%s: still planned for %s", name, at)
				}
			}
			ids = append(ids, inv.ID)
		}
		ends["never"](t, w, workflow.Invitation{}, workflow.MailContent{})
		w.Deliver(t) // certificates
		for _, at := range []string{"2026-12-02 09:00", "2026-12-17 09:00", "2027-01-14 09:00"} {
			tick(t, w, at)
			for _, m := range reminders(t, w) {
				t.Errorf("%s: %s is reminded", at, m.Delivery.Recipient)
			}
		}
		for _, id := range ids {
			wantNext(t, w, id, "")
			if at := invitationOf(t, w, id).RemindAt; !at.IsZero() {
				t.Errorf("the schedule still looks at what is over, at %s", at)
			}
		}
	})
}

// A reminder that waits in the queue while the story ends does not go.
func TestQueuedRemindersAreLookedAtAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, _ := w.Invite(t, workflowtest.Request())
		tick(t, w, "2026-12-02 09:00")
		change(t, w, inv.ID, func(i *workflow.Invitation) { i.State = workflow.StateDeclined })
		if mails := reminders(t, w); len(mails) != 0 {
			t.Errorf("reminded of what was declined")
		}
		page := invitationOf(t, w, inv.ID)
		if last := page.Deliveries[len(page.Deliveries)-1]; last.State != workflow.DeliveryCancelled || page.State != workflow.StateDeclined {
			t.Errorf("%s, %s", last.State, page.State)
		}
	})
}

// What becomes of a reminder says nothing of an invitation that arrived,
// unless it is refused for good.
func TestRemindersThatDoNotGoLeaveTheInvitation(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, _ := w.Invite(t, workflowtest.Request())
		tick(t, w, "2026-12-02 09:00")
		change(t, w, inv.ID, func(i *workflow.Invitation) { i.RemindersOff = true })
		if mails := reminders(t, w); len(mails) != 0 {
			t.Error("mailed though reminders were stopped")
		}
		if got := state(t, w, inv.ID); got != workflow.StateSent {
			t.Errorf("after a cancelled reminder: %s", got)
		}
		change(t, w, inv.ID, func(i *workflow.Invitation) { i.RemindersOff = false })
		w.Clock.Move(day)
		if err := w.RemindNow(t.Context(), workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		attempt(t, w, workflow.Outcome{Permanent: true, Answer: "550 5.2.2 full"})
		if got := state(t, w, inv.ID); got != workflow.StateUndelivered {
			t.Errorf("after a refused reminder: %s", got)
		}
	})
}

func TestRemindersWaitForTheCouncil(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, _ := w.Invite(t, workflowtest.Request())
		await := func(i *workflow.Invitation) { i.State, i.MeetingOn = workflow.StateAwaitingResolution, "2026-12-11" }
		change(t, w, inv.ID, await) // by a use case that knows nothing of reminders
		tick(t, w, "2026-12-02 09:00")
		if mails := reminders(t, w); len(mails) != 0 {
			t.Fatal("reminded before the council met")
		}
		wantNext(t, w, inv.ID, "2026-12-14 09:00") // the council meets on a Friday
		tick(t, w, "2026-12-14 09:00")
		mails := reminders(t, w)
		if len(mails) != 1 || mails[0].MeetingOn != "2026-12-11" {
			t.Fatalf("%+v", mails)
		}
		wantNext(t, w, inv.ID, "2026-12-17 09:00")
	})
}

// A council that is waited for no longer holds the plan back no more.
func TestAnAnswerEndsTheWaitForTheCouncil(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		change(t, w, inv.ID, func(i *workflow.Invitation) { i.State, i.MeetingOn = workflow.StateAwaitingResolution, "2027-01-08" })
		tick(t, w, "2026-12-02 09:00")
		wantNext(t, w, inv.ID, "2027-01-11 09:00")
		w.Fill(t, w.Open(t, token))
		if got := state(t, w, inv.ID); got != workflow.StateReady {
			t.Fatal(got)
		}
		tick(t, w, "2026-12-02 09:01")
		wantNext(t, w, inv.ID, "2026-12-17 09:00")
	})
}

func TestAnOutageOverTheWeekendIsMadeUpFor(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		w.Clock.Move(5 * day) // a Friday; ten days later is a Monday
		inv, _ := w.Invite(t, workflowtest.Request())
		wantNext(t, w, inv.ID, "2026-12-07 09:00")
		tick(t, w, "2026-12-12 11:00") // a Saturday
		if mails := reminders(t, w); len(mails) != 0 {
			t.Fatal("reminded on a Saturday")
		}
		wantNext(t, w, inv.ID, "2026-12-14 09:00")
		tick(t, w, "2026-12-14 09:00")
		if mails := reminders(t, w); len(mails) != 1 {
			t.Fatalf("%d reminders", len(mails))
		}
	})
}

func TestResendingKeepsTheCount(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		inv, _ := w.Invite(t, workflowtest.Request())
		tick(t, w, "2026-12-02 09:00")
		if err := w.Resend(ctx, workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, inv.ID, "")
		if mails := reminders(t, w); len(mails) != 0 {
			t.Error("the dead link was mailed again")
		}
		wantNext(t, w, inv.ID, "2026-12-14 09:00") // ten days after the second sending is a Saturday
		if page := invitationOf(t, w, inv.ID); page.Reminders != 1 {
			t.Errorf("%d reminders counted", page.Reminders)
		}
	})
}

func TestAPlanChangesWhatIsUnderWay(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		inv, _ := w.Invite(t, workflowtest.Request())
		agent := workflow.StaffActor(hire(t, w, "a@example.org", workflow.RoleAgent, "estrie"))
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		form := workflow.ReminderForm{Choice: workflow.RemindByPlan, After: "3", Before: "30", Hour: "14"}
		wantKey(t, w.SetPoleReminders(ctx, reader, "estrie", form), workflow.Forbidden, "role.insufficient")
		wantKey(t, w.SetPoleReminders(ctx, agent, "montreal", form), workflow.NotFound, "record.not-found")
		wantField(t, w.SetPoleReminders(ctx, agent, "estrie", workflow.ReminderForm{}), "plan", "plan.choose")
		if err := w.SetPoleReminders(ctx, agent, "estrie", form); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, inv.ID, "2026-11-25 14:00")

		campaign := workflow.Campaign{PoleSlug: "estrie", Slug: "automne", Name: "Automne", CreatedAt: w.Clock.Now()}
		if err := w.Store.Update(ctx, func(tx workflow.Tx) error { return tx.AddCampaign(ctx, campaign) }); err != nil {
			t.Fatal(err)
		}
		change(t, w, inv.ID, func(i *workflow.Invitation) { i.Campaign = "automne" })
		own := workflow.ReminderForm{Choice: workflow.RemindByPlan, After: "5", Hour: "10"}
		set := func(form workflow.ReminderForm) error {
			_, err := w.ChangeCampaign(ctx, agent, "estrie", "automne", workflow.CampaignRequest{Name: "Automne", Reminders: form})
			return err
		}
		wantField(t, set(workflow.ReminderForm{Choice: "parfois"}), "plan", "plan.choose")
		wantField(t, set(workflow.ReminderForm{Choice: workflow.RemindByPlan, After: "dix", Hour: "9"}), "after", "plan.days")
		if err := set(own); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, inv.ID, "2026-11-27 10:00")
		if err := set(workflow.ReminderForm{}); err != nil { // without a choice it stays
			t.Fatal(err)
		}
		wantNext(t, w, inv.ID, "2026-11-27 10:00")
		if err := w.SetPoleReminders(ctx, agent, "estrie", workflow.ReminderForm{Choice: workflow.RemindNever}); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, inv.ID, "2026-11-27 10:00") // the campaign has its own
		if err := set(workflow.ReminderForm{Choice: workflow.RemindAsPole}); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, inv.ID, "")
	})
}

// Several instances tick at the same moment: each reminder goes once.
func TestTwoSchedulesRemindOnce(t *testing.T) {
	for name, dsn := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStore(t, dsn(t))
			one, two := workflowtest.New(t, s), workflowtest.New(t, s)
			const invited = 20
			for i := range invited {
				r := workflowtest.Request()
				r.Organisation = "Ville d’Essai " + string(rune('A'+i))
				one.Invite(t, r)
			}
			var group sync.WaitGroup
			for _, w := range []*workflowtest.World{one, two, one, two} {
				w.Clock.Move(workflowtest.Start.Add(10*day + time.Hour).Sub(w.Clock.Now()))
				group.Go(func() {
					if err := w.Tick(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
			mails := reminders(t, one)
			if len(mails) != invited {
				t.Errorf("%d reminders for %d invitations", len(mails), invited)
			}
			list, _, err := one.Invitations(t.Context(), workflow.Operator(), workflow.InvitationFilter{})
			for _, v := range list {
				if err != nil || v.Reminders != 1 {
					t.Errorf("%s: %d reminders, %v", v.ID, v.Reminders, err)
				}
			}
		})
	}
}
