package mail

import (
	"bytes"
	"strings"
	"testing"

	"jachete/workflow"
)

const testDelivery = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

var testKey = bytes.Repeat([]byte{7}, workflow.MinKey)

func newReturnPath(t testing.TB, address string) *ReturnPath {
	t.Helper()
	r, err := NewReturnPath(address, testKey)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEnvelopeSendersTellTheDelivery(t *testing.T) {
	for address, shape := range map[string]string{
		"retours@example.org":  "retours+b-abcdefghijklmnopqrstuvwxyz-",
		"@retours.example.org": "b-abcdefghijklmnopqrstuvwxyz-",
		"Retours@Example.org":  "retours+b-abcdefghijklmnopqrstuvwxyz-",
	} {
		r := newReturnPath(t, address)
		sender := r.Sender(testDelivery)
		if !strings.HasPrefix(sender, shape) {
			t.Errorf("%s: %s", address, sender)
		}
		if clean, problem := workflow.CleanEmail(sender); problem != nil || clean != sender {
			t.Errorf("%s is no address: %v", sender, problem)
		}
		for _, came := range []string{sender, strings.ToUpper(sender)} {
			if id, found := r.Delivery([]string{"postmaster@example.org", came}); id != testDelivery || !found {
				t.Errorf("%s read as %q, %v", came, id, found)
			}
		}
	}
}

func TestForgedEnvelopeSendersTellNothing(t *testing.T) {
	r := newReturnPath(t, "retours@example.org")
	other, err := NewReturnPath("retours@example.org", bytes.Repeat([]byte{8}, workflow.MinKey))
	if err != nil {
		t.Fatal(err)
	}
	sender := r.Sender(testDelivery)
	for name, c := range map[string]struct {
		address string
		found   bool
	}{
		"another key":       {other.Sender(testDelivery), true},
		"another delivery":  {strings.Replace(sender, "abc", "abd", 1), true},
		"no tag":            {"retours+b-abcdefghijklmnopqrstuvwxyz-@example.org", true},
		"short tag":         {strings.Replace(sender, "@", "x@", 1), true},
		"another domain":    {strings.Replace(sender, "example.org", "evil.example", 1), false},
		"not one of these":  {"retours@example.org", false},
		"without separator": {"retours+b-abc@example.org", false},
		"empty":             {"", false},
	} {
		if id, found := r.Delivery([]string{c.address}); id != "" || found != c.found {
			t.Errorf("%s: %q, %v", name, id, found)
		}
	}
}

func TestReturnPathsThatCannotWorkAreRefused(t *testing.T) {
	for _, address := range []string{"", "retours", "@", "retours@", "a b@example.org", "@example", "a.very.long.local.part@example.org", "x@y@z.example.org"} {
		if _, err := NewReturnPath(address, testKey); err == nil {
			t.Errorf("%q is taken", address)
		}
	}
	if _, err := NewReturnPath("retours@example.org", testKey[1:]); err == nil {
		t.Error("a short key is taken")
	}
	if s := newReturnPath(t, strings.Repeat("a", 21)+"@example.org").Sender(testDelivery); strings.IndexByte(s, '@') != maxPart {
		t.Errorf("the longest local part has %d characters", strings.IndexByte(s, '@'))
	}
}

func TestQueuedMailComesBackToItsOwnAddress(t *testing.T) {
	c := newComposer(t)
	c.Returns = newReturnPath(t, "retours@example.org")
	content := sampleDelivery(workflow.DeliveryReminder, workflow.French)
	content.Delivery.ID = testDelivery
	m, err := c.Delivery(content)
	if err != nil || m.From != c.Returns.Sender(testDelivery) {
		t.Errorf("envelope sender %q, %v", m.From, err)
	}
	if from := parse(t, m).From; !strings.Contains(from, "<"+testFrom+">") {
		t.Errorf("From = %q", from)
	}
	code, err := c.Code(sampleCode(workflow.PurposeSign, workflow.French))
	if err != nil || code.From != testFrom {
		t.Errorf("a code's envelope sender is %q, %v", code.From, err)
	}
	c.Returns = nil
	if m, err = c.Delivery(content); err != nil || m.From != testFrom {
		t.Errorf("without a return path it is %q, %v", m.From, err)
	}
}
