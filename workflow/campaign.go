package workflow

import (
	"slices"
	"time"
)

// Campaign groups invitations of a pôle towards one moment.
type Campaign struct {
	PoleSlug     string
	Slug         string // unique within the pôle
	Name         string
	Place        string    // of the ceremony, one line, or empty
	CeremonyAt   time.Time // zero when there is none
	EmbargoUntil time.Time // nothing of it is public before; zero for none
	Reminders    ReminderPlan
	Closed       bool // takes no more invitations
	Announced    bool // the public may know of its ceremony before it is held
	CreatedBy    string
	CreatedAt    time.Time
}

// ReminderPlan says when those who have not answered are reminded. The zero
// plan of a campaign leaves it to the pôle's, that of a pôle to DefaultPlan.
type ReminderPlan struct {
	AfterDays  []int `json:"after_days"`  // after the invitation was sent, ascending
	BeforeDays []int `json:"before_days"` // before its term, descending
	Hour       int   `json:"hour"`        // of the day in America/Toronto, 0 to 23
	Off        bool  `json:"off"`         // never remind
}

// IsZero tells that nothing was chosen.
func (p ReminderPlan) IsZero() bool {
	return len(p.AfterDays) == 0 && len(p.BeforeDays) == 0 && p.Hour == 0 && !p.Off
}

func (p ReminderPlan) equal(q ReminderPlan) bool {
	return slices.Equal(p.AfterDays, q.AfterDays) && slices.Equal(p.BeforeDays, q.BeforeDays) && p.Hour == q.Hour && p.Off == q.Off
}

// DefaultPlan is that of a pôle that chose none.
var DefaultPlan = ReminderPlan{AfterDays: []int{10, 25}, BeforeDays: []int{7}, Hour: 9}

// MaxReminders bounds the reminders of one invitation, whatever the plan.
const MaxReminders = 3

// CampaignFilter narrows a list of campaigns.
type CampaignFilter struct {
	Poles          []string  // slugs; nil means every pôle, empty means none
	AnnouncedAfter time.Time // those whose ceremony is announced and comes later; zero does not narrow
}
