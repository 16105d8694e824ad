package templates

import (
	"time"

	"jachete/workflow"
)

// TeamCeremony is the screen of the room: the count and the names.
type TeamCeremony struct {
	TeamFrame
	Found  workflow.CampaignView
	Names  []string // of organisations, latest first
	Paused bool     // the page stays as it is
}

// File implements [Page].
func (*TeamCeremony) File() string { return "team_ceremony" }

// Path is the address of the campaign.
func (p *TeamCeremony) Path() string { return campaignPath(p.Found.Campaign) }

// TeamGuests lists whom staff may let sign on the spot.
type TeamGuests struct {
	TeamFrame
	Found  workflow.Campaign
	Guests []workflow.InvitationView
}

// File implements [Page].
func (*TeamGuests) File() string { return "team_guests" }

// Path is the address of the campaign.
func (p *TeamGuests) Path() string { return campaignPath(p.Found) }

// TeamGuest shows one guest the way to the declaration.
type TeamGuest struct {
	TeamFrame
	Found  workflow.Campaign
	Guest  workflow.Guest
	QR     string // the link, as the path of an SVG image and nowhere else
	QRSize int    // its side, in modules
}

// File implements [Page].
func (*TeamGuest) File() string { return "team_guest" }

// Path is the address of the campaign.
func (p *TeamGuest) Path() string { return campaignPath(p.Found) }

// Mailbox is where the code goes, masked: others are looking.
func (p *TeamGuest) Mailbox() string { return workflow.MaskEmail(p.Guest.Contact.Email) }

// RoomInvited is the page behind a link shown in the room, before anything is
// exchanged.
type RoomInvited struct {
	Frame
	Link  workflow.LinkPage
	Staff bool // a member of staff is signed in in this browser
}

// File implements [Page].
func (*RoomInvited) File() string { return "room_invited" }

// Mailbox is the invited address, masked.
func (p *RoomInvited) Mailbox() string { return workflow.MaskEmail(p.Link.Invitation.Contact.Email) }

// RoomNext is what a shared tablet shows between two people.
type RoomNext struct{ Frame }

// File implements [Page].
func (*RoomNext) File() string { return "room_next" }

// Confidential is what a number stands for during an embargo: a date.
type Confidential struct {
	Frame
	Number string
	Until  time.Time
}

// File implements [Page].
func (*Confidential) File() string { return "confidential" }
