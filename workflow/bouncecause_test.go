package workflow

import "testing"

func TestCausesOfRefusals(t *testing.T) {
	for answer, want := range map[string]BounceCause{
		"5.1.1 550 5.1.1 <camille@example.org>: Recipient address rejected: User unknown": CauseMailbox,
		"550-5.1.1 The email account that you tried to reach does not exist.":             CauseMailbox,
		"5.0.0 550 5.1.1 unknown":     CauseMailbox,
		"5.1.10 null MX":              CauseDomain,
		"5.1.2 bad host":              CauseDomain,
		"5.4.4 unable to route":       CauseDomain,
		"5.2.1 disabled":              CauseDisabled,
		"552 5.2.2 over quota":        CauseFull,
		"4.2.2 over quota":            CauseFull,
		"552 5.3.4 too big":           CauseSize,
		"5.2.3 too long":              CauseSize,
		"552 no code":                 CauseSize,
		"550 5.7.26 unauthenticated":  CausePolicy,
		"5.6.1 media":                 CauseContent,
		"4.4.7 delivery time expired": CauseUnreachable,
		"5.4.1 no answer from host":   CauseUnreachable,
		"550 host 10.5.1.1 says no":   "",
		"550 [192.0.2.5.1.1] no":      "",
		"5.0.0 no":                    "",
		"250 2.0.0 OK":                "",
		"":                            "",
		"451 4.3.0 later (mx5.1.1example.org), 5.1.1000": "",
	} {
		if got := CauseOf(answer); got != want {
			t.Errorf("%q: %q, want %q", answer, got, want)
		}
	}
}
