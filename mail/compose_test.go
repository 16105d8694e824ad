package mail

import (
	"bytes"
	netmail "net/mail"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"jachete/workflow"
)

func header(t testing.TB, m Message) netmail.Header {
	t.Helper()
	parsed, err := netmail.ReadMessage(bytes.NewReader(m.Raw))
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Header
}

func TestHeadersSayWhoAndNothingOfTheMachine(t *testing.T) {
	for name, m := range samples(t, newComposer(t)) {
		h := header(t, m)
		for _, absent := range []string{"User-Agent", "X-Mailer", "Received", "Bcc", "Cc", "Sender", "Return-Path"} {
			if h.Get(absent) != "" {
				t.Errorf("%s: header %s = %q", name, absent, h.Get(absent))
			}
		}
		if h.Get("Auto-Submitted") != "auto-generated" {
			t.Errorf("%s: Auto-Submitted = %q", name, h.Get("Auto-Submitted"))
		}
		if want := "<" + m.ID + ">"; h.Get("Message-ID") != want || !strings.HasSuffix(m.ID, "@jachete.example.org") {
			t.Errorf("%s: Message-ID = %q, want %q", name, h.Get("Message-ID"), want)
		}
		if lang := name[strings.LastIndexByte(name, '.')+1:]; h.Get("Content-Language") != lang+"-CA" {
			t.Errorf("%s: Content-Language = %q", name, h.Get("Content-Language"))
		}
		if from := parse(t, m).From; !strings.Contains(from, "L’économie sociale, j’achète! <"+testFrom+">") {
			t.Errorf("%s: From = %q", name, from)
		}
		unsubscribe := strings.HasPrefix(name, "invitation") || strings.HasPrefix(name, "reminder") || strings.HasPrefix(name, "anniversary")
		if got := h.Get("List-Unsubscribe") != "" && h.Get("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"; got != unsubscribe {
			t.Errorf("%s: unsubscribe headers present = %v, want %v", name, got, unsubscribe)
		}
	}
}

func TestRepliesGoToThePole(t *testing.T) {
	c := newComposer(t)
	content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
	for email, want := range map[string]string{
		"bonjour@pole.example.org": "<bonjour@pole.example.org>", "": "", "a@b.example.org, c@d.example.org": "",
	} {
		content.Pole.Contact.Email = email
		m, err := c.Delivery(content)
		if err != nil {
			t.Fatal(err)
		}
		if got := header(t, m).Get("Reply-To"); got != want {
			t.Errorf("Reply-To for %q = %q, want %q", email, got, want)
		}
	}
}

func TestBothPartsSayTheSame(t *testing.T) {
	names := []string{
		"L’Ancienne-Lorette", "Saint-Louis-du-Ha! Ha!", "Kahnawà:ke", "Nguyễn Thị Ước", "Łukasz Żółć",
		"Œuvre & Cie", "D’Arcy \"Le Grand\" O’Brien", "Société <b>Gras</b>", "{pole} | x = y", "# titre",
		norm.NFD.String("Café Été Việt"), "Nom avec espace insécable",
	}
	c := newComposer(t)
	for _, name := range names {
		content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
		content.Organisation, content.Recipient.Name, content.Message = name, name, name
		m, err := c.Delivery(content)
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		l, want := parse(t, m), norm.NFC.String(name)
		if !strings.HasPrefix(l.Subject, want+"\u00a0:") || !strings.HasPrefix(l.To, want+" <") {
			t.Errorf("%q: subject %q, to %q", name, l.Subject, l.To)
		}
		if !strings.Contains(l.Text, "> "+want) || !strings.Contains(readable(t, l.HTML), want) {
			t.Errorf("%q is not in both parts:\n%s", name, l.Text)
		}
	}
}

func TestTypedTextIsNeverALiveLinkNorMarkup(t *testing.T) {
	content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
	content.Message = "Voir http://evil.example, www.evil.example ou evil.fr/login <a href=\"https://evil.example\">ici</a>\n@ Cliquez = https://evil.example\n---\n# Titre"
	m, err := newComposer(t).Delivery(content)
	if err != nil {
		t.Fatal(err)
	}
	l := parse(t, m)
	if strings.Contains(l.HTML, "href=\"https://evil") || strings.Contains(l.HTML, "evil.example") || strings.Contains(l.Text, "evil.example") {
		t.Errorf("a live link came out of a message:\n%s", l.Text)
	}
	if !strings.Contains(l.Text, "> www[.]evil") && !strings.Contains(l.Text, "www[.]evil[.]example") {
		t.Errorf("the reader is not told what the link was:\n%s", l.Text)
	}
	if strings.Count(l.HTML, "<h2") != 2 || !strings.Contains(l.Text, "\n> # Titre") {
		t.Errorf("a message became structure:\n%s", l.Text)
	}
}

func TestCertificateWithoutFileSaysSo(t *testing.T) {
	content := sampleDelivery(workflow.DeliveryCertificate, workflow.French)
	content.Delivery.LinkOnly = true
	m, err := newComposer(t).Delivery(content)
	if err != nil {
		t.Fatal(err)
	}
	l := parse(t, m)
	if len(l.Attachments) != 0 || strings.Contains(l.Text, "Fichier joint") || !strings.Contains(l.Text, "n’est pas joint") {
		t.Errorf("link-only certificate: %d attachments\n%s", len(l.Attachments), l.Text)
	}
	if !strings.Contains(l.Text, content.LinkURL) {
		t.Error("link-only certificate has no link")
	}
}

func TestCodeMailHoldsTheCodeWholeAndNoLink(t *testing.T) {
	for name, m := range samples(t, newComposer(t)) {
		if !strings.HasPrefix(name, "code-") {
			continue
		}
		l, code := parse(t, m), "123456"
		if strings.Contains(name, "sign-in") {
			code = "7KQ4M2XD"
		}
		if strings.Count(l.Text, code) != 1 || strings.Count(l.HTML, ">"+code+"<") != 1 || strings.Contains(l.Subject, code) {
			t.Errorf("%s: the code must stand once in each part and not in the subject", name)
		}
		if strings.Contains(l.HTML, "href") || strings.Contains(l.Text, "http") {
			t.Errorf("%s: a code mail holds a link", name)
		}
		if !strings.Contains(l.Text, "10 minutes") {
			t.Errorf("%s: its life is not said", name)
		}
	}
}

func TestHTMLAsksNothingOfTheNetwork(t *testing.T) {
	for name, m := range samples(t, newComposer(t)) {
		html := parse(t, m).HTML
		for _, banned := range []string{"<img", "src=", "url(", "@import", "<link", "<script", "<form"} {
			if strings.Contains(html, banned) {
				t.Errorf("%s: HTML part holds %q", name, banned)
			}
		}
		if strings.Count(html, "padding: 14px 28px") > 1 {
			t.Errorf("%s: more than one button", name)
		}
		if lang := name[strings.LastIndexByte(name, '.')+1:]; !strings.Contains(html, `<html lang="`+lang+`-CA">`) {
			t.Errorf("%s: no lang attribute", name)
		}
	}
}

func TestSameContentSameBytes(t *testing.T) {
	for _, kind := range []workflow.DeliveryKind{workflow.DeliveryInvitation, workflow.DeliveryReminder, workflow.DeliveryCertificate} {
		content := sampleDelivery(kind, workflow.French)
		first, err := newComposer(t).Delivery(content)
		if err != nil {
			t.Fatal(err)
		}
		again, err := newComposer(t).Delivery(content)
		if err != nil || !bytes.Equal(first.Raw, again.Raw) {
			t.Errorf("%s: a retry differs (%v)", kind, err)
		}
	}
}

func TestIdentificationShowsOnlyWhatIsKnown(t *testing.T) {
	content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
	m, err := newComposer(t).Delivery(content)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{testPole.Name, testPole.Contact.PostalAddress, testPole.Contact.Phone, testPole.Contact.Email} {
		if l := parse(t, m); !strings.Contains(l.Text, want) || !strings.Contains(readable(t, l.HTML), want) {
			t.Errorf("identification lacks %q", want)
		}
	}
	content.Pole.Contact = workflow.PoleContact{}
	if m, err = newComposer(t).Delivery(content); err != nil {
		t.Fatal(err)
	}
	if text := parse(t, m).Text; strings.Contains(text, "Téléphone") || strings.Contains(text, "Courriel") {
		t.Errorf("a label without value:\n%s", text)
	}
}
