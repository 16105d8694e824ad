package templates

import "time"

// Mailbox lists the letters of the demonstration.
type Mailbox struct {
	Frame
	Letters []LetterLine
}

// LetterLine is one letter of the list.
type LetterLine struct {
	ID, From, To, Subject string
	Date                  time.Time
}

// File implements [Page].
func (*Mailbox) File() string { return "mailbox" }

// Letter is one letter of the demonstration.
type Letter struct {
	Frame
	LetterLine
	Text  []TextPart // in order
	Files []LetterFile
}

// TextPart is a run of plain text, or an address to follow.
type TextPart struct {
	Text string
	Link bool
}

// LetterFile is an attachment.
type LetterFile struct {
	Name      string
	Kilobytes int
	Number    int // from 0
}

// File implements [Page].
func (*Letter) File() string { return "letter" }
