package workflow

import "jachete/workflow/territory"

// Pole is a regional hub of the social economy. It owns invitations and staff.
type Pole struct {
	Slug          string
	Name          string
	Short         string
	Territory     territory.Set
	InMovement    string // "founding", "joined" or empty
	NameConfirmed bool
	Contact       PoleContact
	Reminders     ReminderPlan
	Director      Cosignatory // who countersigns for it; zero for nobody
	Logo          string      // SHA-256 of its picture, hex; empty when it has none
}

// PoleContact identifies the pôle in every mail, as the anti-spam law asks.
type PoleContact struct {
	PostalAddress string // one line
	Phone         string
	Email         string // replies go there
	SenderName    string // in the From line of its mails; the short name when empty
	Privacy       string // who answers for personal information, one line
}

// PoleSnapshot is what a certificate keeps of the pôle that invited.
type PoleSnapshot struct {
	Name  string `json:"name"`
	Short string `json:"short"`
}
