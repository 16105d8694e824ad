package templates

import "jachete/workflow"

// ErrorPage says what went wrong and how to go on. It never holds the cause.
type ErrorPage struct {
	Frame
	Kind     workflow.ErrorKind
	Key      string
	Args     map[string]string
	Status   int
	Incident string // for our own faults: number that is also in the log
	Wait     int    // seconds before another try is worth it, or 0
	Resume   string // address of the step to go on with, or empty
	Review   bool   // the summary has to be read again
	Lost     *Lost  // help for whoever followed a dead address, or nil
}

// Lost is what a dead address of the public site may have meant.
type Lost struct {
	Words string                // of the address, to search for
	Alike []workflow.Commitment // of organisations that resemble
}

// File implements [Page].
func (*ErrorPage) File() string { return "error" }

// Text is the sentence of the refusal; of its kind when the key is one that
// people were not meant to meet.
func (p *ErrorPage) Text() string {
	if text := Sentence(p.Lang, p.Key, p.Args); text != p.Key {
		return text
	}
	return p.T("error.text." + string(p.Kind))
}

// Heading names the kind of refusal.
func (p *ErrorPage) Heading() string { return p.T("error.title." + string(p.Kind)) }

// WaitWords says the wait: seconds up to two minutes, minutes above.
func (p *ErrorPage) WaitWords() string {
	if p.Wait <= 120 {
		return p.N("wait.seconds", p.Wait)
	}
	return p.N("wait.minutes", (p.Wait+59)/60)
}
