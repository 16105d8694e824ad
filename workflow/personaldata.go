package workflow

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"jachete/workflow/journal"
)

// personalData is everything the service holds about the person of one
// signature, for programs: the law asks for a structured, usual form.
type personalData struct {
	GeneratedAt  time.Time          `json:"generated_at"`
	Service      string             `json:"service"`
	Certificate  dataOfCertificate  `json:"certificate"`
	Organisation Snapshot           `json:"organisation"`
	Signatory    Signatory          `json:"signatory"`
	Resolution   Resolution         `json:"resolution"`
	Declaration  dataOfDeclaration  `json:"declaration"`
	Language     Language           `json:"language"`
	SignedAt     time.Time          `json:"signed_at"`
	Consent      string             `json:"consent"`
	Publication  dataOfPublication  `json:"publication"`
	Evidence     Evidence           `json:"evidence"`
	Commitment   dataOfCommitment   `json:"commitment"`
	Invitation   dataOfInvitation   `json:"invitation"`
	Mails        []dataOfMail       `json:"mails"`
	Corrections  []dataOfCorrection `json:"corrections"`
	Looks        []dataOfLook       `json:"looks_at_the_evidence"`
	Events       []dataOfEvent      `json:"events"`
}

type dataOfCertificate struct {
	Number    string    `json:"number"`
	SHA256    string    `json:"sha256"`
	SealedAt  time.Time `json:"sealed_at"`
	VerifyURL string    `json:"verify_url"`
}

type dataOfDeclaration struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
}

type dataOfPublication struct {
	AtSigning Publish `json:"chosen_at_signing"`
	Name      string  `json:"public_name"` // in the register now
	Function  string  `json:"public_function"`
}

type dataOfCommitment struct {
	Status   CommitmentStatus `json:"status"`
	StatusOn string           `json:"status_on,omitempty"`
	SignedOn string           `json:"signed_on"`
	PublicAt time.Time        `json:"public_at"`
}

type dataOfInvitation struct {
	Pole        string    `json:"pole"`
	Source      string    `json:"source_of_the_address"`
	CreatedAt   time.Time `json:"created_at"`
	SentAt      time.Time `json:"sent_at"`
	ConsultedAt time.Time `json:"consulted_at"`
}

type dataOfMail struct {
	Kind       DeliveryKind  `json:"kind"`
	Recipient  string        `json:"recipient"`
	State      DeliveryState `json:"state"`
	QueuedAt   time.Time     `json:"queued_at"`
	FinishedAt time.Time     `json:"finished_at"`
	Answer     string        `json:"answer_of_the_relay"`
	MessageID  string        `json:"message_id"`
	Text       string        `json:"text"`
}

type dataOfCorrection struct {
	AskedAt time.Time       `json:"asked_at"`
	Field   CorrectionField `json:"field"`
	Wanted  string          `json:"wanted"`
}

type dataOfLook struct {
	At   time.Time `json:"at"`
	What string    `json:"what"`
	By   ActorKind `json:"by"`
	Role Role      `json:"role,omitempty"`
}

type dataOfEvent struct {
	At       time.Time         `json:"at"`
	Type     string            `json:"type"`
	Data     map[string]string `json:"data"`
	Personal map[string]string `json:"personal,omitempty"`
	Hash     string            `json:"hash"`
}

// PersonalData gives all that is held about the person who signed, as indented
// JSON, with the number of the certificate. What is held about others around
// the same invitation is left out. Errors as SetPublication.
func (s *Service) PersonalData(ctx context.Context, token, secret string, v Visit) (number string, file []byte, err error) {
	p, err := s.managed(ctx, token, secret, v)
	if err != nil {
		return "", nil, err
	}
	data, err := s.dataOfSignature(ctx, p)
	if err != nil {
		return "", nil, err
	}
	file, err = json.MarshalIndent(data, "", "  ")
	return p.Certificate.Number, append(file, '\n'), err
}

func (s *Service) dataOfSignature(ctx context.Context, p PersonalPage) (*personalData, error) {
	inv, err := s.Store.Invitation(ctx, p.Signature.InvitationID)
	if err != nil {
		return nil, err
	}
	mails, err := s.Store.DeliveriesOf(ctx, inv.ID)
	if err != nil {
		return nil, err
	}
	events, err := s.Store.JournalOf(ctx, inv.ID)
	if err != nil {
		return nil, err
	}
	data := s.dataOf(p, inv)
	data.addMails(mails)
	data.addEvents(events)
	return data, nil
}

func (s *Service) dataOf(p PersonalPage, inv Invitation) *personalData {
	sig, c := p.Signature, p.Commitment
	d := &personalData{
		GeneratedAt: s.now(), Service: s.BaseURL, Organisation: sig.Organisation, Signatory: sig.Signatory, Resolution: sig.Resolution,
		Certificate: dataOfCertificate{p.Certificate.Number, p.Certificate.SHA256, p.Certificate.SealedAt, s.linkURL("v", p.Certificate.Number)},
		Declaration: dataOfDeclaration{sig.DeclarationID, sig.DeclarationVersion, sig.DeclarationSHA256},
		Language:    sig.Language, SignedAt: sig.SignedAt, Consent: sig.Consent, Evidence: sig.Evidence,
		Publication: dataOfPublication{sig.Publish, c.PublicName, c.PublicFunction},
		Commitment:  dataOfCommitment{c.Status, c.StatusOn, c.SignedOn, c.PublishedAt},
		Invitation:  dataOfInvitation{inv.PoleSlug, inv.Source, inv.CreatedAt, inv.SentAt, inv.ConsultedAt},
		Mails:       []dataOfMail{}, Corrections: []dataOfCorrection{}, Looks: []dataOfLook{}, Events: []dataOfEvent{},
	}
	for _, c := range p.Corrections {
		d.Corrections = append(d.Corrections, dataOfCorrection{c.AskedAt, c.Field, c.Wanted})
	}
	for _, l := range p.Looks {
		d.Looks = append(d.Looks, dataOfLook(l))
	}
	return d
}

// addMails takes those to the person's own mailbox.
func (d *personalData) addMails(list []Delivery) {
	for _, m := range list {
		if m.Recipient == d.Evidence.Email {
			d.Mails = append(d.Mails, dataOfMail{m.Kind, m.Recipient, m.State, m.CreatedAt, m.FinishedAt, m.Answer, m.MessageID, m.Copy})
		}
	}
}

// addEvents takes what happened. Personal values are taken where they are the
// person's own: an invitation may have been for somebody else first.
func (d *personalData) addEvents(list []journal.Entry) {
	own := []string{d.Signatory.Name, d.Signatory.Function, d.Evidence.Email, d.Evidence.IP, d.Evidence.UserAgent}
	for _, c := range d.Corrections {
		own = append(own, c.Wanted)
	}
	for _, e := range list {
		event := dataOfEvent{At: e.At, Type: e.Type, Data: e.Data(), Hash: e.Hash, Personal: map[string]string{}}
		for _, o := range e.Openings {
			if slices.Contains(own, o.Value) {
				event.Personal[o.Field] = o.Value
			}
		}
		d.Events = append(d.Events, event)
	}
}
