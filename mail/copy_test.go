package mail

import (
	"path"
	"strings"
	"testing"

	"jachete/workflow"
)

var masks = map[workflow.Language]string{workflow.French: "[lien personnel]", workflow.English: "[personal link]"}

// queued are the kinds of mails that have words.
var queued = []workflow.DeliveryKind{workflow.DeliveryInvitation, workflow.DeliveryCertificate, workflow.DeliveryPoleCopy, workflow.DeliveryTransferred, workflow.DeliveryDeclined,
	workflow.DeliveryCosign, workflow.DeliveryAnniversary, workflow.DeliveryRequest}

func TestCopyIsTheMailWithoutItsLinks(t *testing.T) {
	c := newComposer(t)
	for lang, mask := range masks {
		for _, kind := range queued {
			content := sampleDelivery(kind, lang)
			m, err := c.Delivery(content)
			if err != nil {
				t.Fatal(err)
			}
			sent := parse(t, m)
			links := []string{content.LinkURL}
			if content.UnsubscribeURL != "" {
				links = append(links, content.UnsubscribeURL)
			}
			want := sent.Subject + "\n\n" + sent.Text
			for _, link := range links {
				want = strings.ReplaceAll(want, link, mask)
			}
			got := c.Copy(content)
			if got != want {
				t.Errorf("%s.%s: the copy is not the mail:\n%s\nwant\n%s", kind, lang, got, want)
			}
			for _, link := range links {
				if strings.Contains(got, path.Base(link)) {
					t.Errorf("%s.%s: the copy holds %s", kind, lang, link)
				}
			}
			if content.VerifyURL != "" && !strings.Contains(got, content.VerifyURL) {
				t.Errorf("%s.%s: the public address is masked too", kind, lang)
			}
		}
	}
}

func TestPreviewIsTheMailWithoutItsLinks(t *testing.T) {
	c := newComposer(t)
	for lang, mask := range masks {
		content := sampleDelivery(workflow.DeliveryInvitation, lang)
		m, err := c.Delivery(content)
		if err != nil {
			t.Fatal(err)
		}
		sent := parse(t, m)
		content.LinkURL, content.UnsubscribeURL = "", "" // there are none before somebody confirms
		p, err := c.Preview(content)
		if err != nil {
			t.Fatal(err)
		}
		live := sampleDelivery(workflow.DeliveryInvitation, lang)
		masked := strings.NewReplacer(live.LinkURL, mask, live.UnsubscribeURL, mask)
		if p.Subject != sent.Subject || p.Text != masked.Replace(sent.Text) || p.From != sent.From || p.ReplyTo != testPole.Contact.Email {
			t.Errorf("%s: another mail:\n%+v", lang, p)
		}
		if readable(t, p.HTML) != masked.Replace(readable(t, sent.HTML)) {
			t.Errorf("%s: another HTML part", lang)
		}
		if strings.Contains(p.HTML, "href") {
			t.Errorf("%s: something in the preview can be followed", lang)
		}
	}
}

func TestWorkerKeepsTheCopyOfWhatWasSent(t *testing.T) {
	q, box := newFakeQueue(), Mailbox{Dir: t.TempDir(), Clock: testClock}
	q.add(workflow.DeliveryInvitation, "a@example.org")
	work(t, q, box, new(syncBuffer))
	eventually(t, "sent", func() bool { return q.count(workflow.DeliverySent) == 1 })
	outcomes := q.history(0)
	if got := outcomes[len(outcomes)-1].Copy; !strings.Contains(got, "[lien personnel]") || strings.Contains(got, "/i/") || strings.Contains(got, "/desabonnement/") {
		t.Errorf("kept: %q", got)
	}
}

func TestNoCopyOfWhatWasNotSent(t *testing.T) {
	content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
	content.Organisation = content.LinkURL // whatever road a link takes
	if got := newComposer(t).Copy(content); got != "" {
		t.Errorf("a link came through: %q", got)
	}
}

func TestAddressedAsAsked(t *testing.T) {
	c := newComposer(t)
	for _, x := range []struct {
		lang       workflow.Language
		civility   workflow.Civility
		hello, bye string
		never      string
	}{
		{workflow.French, workflow.Madame, "Madame,\n", "Veuillez recevoir, Madame, nos salutations distinguées.", "Monsieur"},
		{workflow.French, workflow.Monsieur, "Monsieur,\n", "Veuillez recevoir, Monsieur, nos salutations distinguées.", "Madame"},
		{workflow.French, workflow.NoCivility, "Bonjour,\n", "Merci de votre attention et bonne journée!", "Madame"},
		{workflow.English, workflow.Madame, "Dear Madam,\n", "Thank you for your attention, Madam. Yours sincerely,", "Sir"},
		{workflow.English, workflow.Monsieur, "Dear Sir,\n", "Thank you for your attention, Sir. Yours sincerely,", "Madam"},
		{workflow.English, workflow.NoCivility, "Hello,\n", "Thank you for your attention, and have a good day.", "Madam"},
	} {
		content := sampleDelivery(workflow.DeliveryInvitation, x.lang)
		content.Recipient.Civility, content.Message = x.civility, ""
		m, err := c.Delivery(content)
		if err != nil {
			t.Fatal(err)
		}
		text := parse(t, m).Text
		if !strings.HasPrefix(text, x.hello) || !strings.Contains(text, x.bye) || strings.Contains(text, x.never) {
			t.Errorf("%s %q:\n%s", x.lang, x.civility, text)
		}
	}
}
