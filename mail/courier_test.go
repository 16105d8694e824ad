package mail

import (
	"context"
	"strings"
	"testing"
	"time"

	"jachete/mail/mailtest"
	"jachete/workflow"
)

func TestCodeIsSentOrSaidNotToBe(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	c := dialTo(t, relay.URL(), nil)
	courier := NewCourier(newComposer(t), c)
	relay.Script("camille@ville.example.org", mailtest.Answer{Code: 451, Text: "later"},
		mailtest.Answer{Code: 550, Text: "unknown"}, mailtest.Answer{At: mailtest.AtEnd, Close: true, Code: 451})
	m := sampleCode(workflow.PurposeSign, workflow.French)
	for _, want := range []string{"451 later", "550 unknown", "uncertain"} {
		_, err := courier.SendCode(context.Background(), m)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), m.Code) {
			t.Errorf("SendCode = %v, want %q and no code", err, want)
		}
	}
	if len(relay.Received()) != 0 {
		t.Fatal("a refused code was taken")
	}
	if answer, err := courier.SendCode(context.Background(), m); err != nil || !strings.HasPrefix(answer, "250") {
		t.Fatalf("%q, %v", answer, err)
	}
	l, err := ParseLetter(relay.Received()[0].Raw)
	if err != nil || !strings.Contains(l.Text, m.Code) {
		t.Errorf("the code is not in the mail: %v", err)
	}
}

func TestCodeIsNotWaitedForBeyondPatience(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{Mute: true})
	courier := NewCourier(newComposer(t), dialTo(t, relay.URL(), func(o *SMTPOptions) { o.Timeouts = usualTimeouts }))
	courier.patience = 100 * time.Millisecond
	start := time.Now()
	if _, err := courier.SendCode(context.Background(), sampleCode(workflow.PurposeSignIn, workflow.English)); err == nil || time.Since(start) > 5*time.Second {
		t.Errorf("SendCode = %v after %v", err, time.Since(start))
	}
}

func TestCodeGoesAtOnceWhileTheQueueIsAskedToSlowDown(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	relay.Script("x@example.org", mailtest.Answer{Code: 421, Text: "slow down"})
	c := dialTo(t, relay.URL(), nil)
	c.Send(context.Background(), sampleMessage(t, "x@example.org"))
	if c.Ready(context.Background()) == nil {
		t.Fatal("421 does not slow the queue down")
	}
	if _, err := NewCourier(newComposer(t), c).SendCode(context.Background(), sampleCode(workflow.PurposeSign, workflow.French)); err != nil {
		t.Errorf("SendCode = %v", err)
	}
}
