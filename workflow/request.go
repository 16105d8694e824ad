package workflow

import (
	"time"

	"jachete/workflow/territory"
)

// DeliveryRequest tells a pôle that an organisation asks for an invitation. It
// holds nothing of the person who asks.
const DeliveryRequest DeliveryKind = "request"

// InvitationRequest is what an organisation that nobody invited asks on the
// public site. It binds nobody: the pôle invites, or closes it.
type InvitationRequest struct {
	ID           string
	PoleSlug     string
	Organisation string // name as typed
	Kind         OrganisationKind
	Place        territory.Place
	Likeness     string  // hash, the same for the same organisation
	Contact      Contact // who asks; zero once forgotten
	Message      string  // plain text; empty once forgotten
	Language     Language
	AskedAt      time.Time
	Outcome      RequestOutcome // RequestOpen until it is closed
	ClosedAt     time.Time      // zero until then
	ClosedBy     string         // staff id, or the kind of another actor
	InvitationID string         // for RequestInvited
}

// RequestOutcome is what became of a request.
type RequestOutcome string

// The outcomes.
const (
	RequestOpen        RequestOutcome = ""
	RequestInvited     RequestOutcome = "invited"
	RequestAlready     RequestOutcome = "already"     // invited or committed before it asked
	RequestOutside     RequestOutcome = "outside"     // for another pôle, or not for this declaration
	RequestUnreachable RequestOutcome = "unreachable" // the person does not answer
	RequestWithdrawn   RequestOutcome = "withdrawn"   // the person takes it back
	RequestImproper    RequestOutcome = "improper"    // not meant seriously
	RequestOther       RequestOutcome = "other"
	RequestLapsed      RequestOutcome = "lapsed" // nobody dealt with it within RequestPatience
)

// RequestReasons lists the outcomes that staff may choose, as the form does.
var RequestReasons = []RequestOutcome{RequestAlready, RequestOutside, RequestUnreachable, RequestWithdrawn, RequestImproper, RequestOther}

const (
	// RequestMemory is how long after its end a request keeps who asked and what
	// they wrote; one that was taken back or lapsed forgets them at once.
	RequestMemory = 90 * 24 * time.Hour
	// RequestPatience is how long a request stays open when nobody closes it.
	RequestPatience = 365 * 24 * time.Hour
)

// KeyRequestExists and KeyRequestClosed are the keys of the Conflicts of
// Tx.AddInvitationRequest and Tx.CloseInvitationRequest.
const (
	KeyRequestExists = "requests.exists"
	KeyRequestClosed = "requests.closed"
)

// Open tells that the pôle has still to answer.
func (r InvitationRequest) Open() bool { return r.ClosedAt.IsZero() }

// Forgotten tells that who asked is not known any more.
func (r InvitationRequest) Forgotten() bool { return r.Contact.Email == "" }

// Body is the organisation that asks, as an invitation would name it. It is not
// stored: only an invitation makes it so.
func (r InvitationRequest) Body() Organisation {
	return Organisation{Name: r.Organisation, Kind: r.Kind,
		MunicipalityCode: r.Place.MunicipalityCode, MRCCode: r.Place.MRCCode, RegionCode: r.Place.RegionCode}
}

// Source says in an invitation where the address comes from.
func (r InvitationRequest) Source(lang Language) string {
	day := DateInWords(r.AskedAt, lang)
	if lang == English {
		return "request received on " + day + " on the site"
	}
	return "demande reçue le " + day + " sur le site"
}

// record names the request in the journal.
func (r InvitationRequest) record() string { return requestRecord(r.ID) }

func requestRecord(id string) string { return "request:" + id }

// InvitationRequestFilter narrows a list of requests. Empty fields do not
// narrow.
type InvitationRequestFilter struct {
	Poles       []string // slugs; nil means every pôle, empty means none
	Open        bool     // open ones only
	AskedBefore time.Time
	Limit       int // 0 is none
	Offset      int
}
