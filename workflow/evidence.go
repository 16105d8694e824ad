package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"jachete/workflow/evidence"
	"jachete/workflow/journal"
)

// retentionYears is how long a signature and its evidence are kept at least after
// the commitment has ended. Nothing destroys them by itself.
const retentionYears = 3

// Evidence makes the evidence file of a certificate, for the operator: see
// package evidence. The same record gives the same bytes. The journal keeps
// who made it and its SHA-256, beside the record and not in it. NotFound when
// the number is unknown; a certificate whose seal cannot be read is internal.
func (s *Service) Evidence(ctx context.Context, a Actor, number string) ([]byte, error) {
	cert, err := s.operatorsCertificate(ctx, a, number)
	if err != nil {
		return nil, err
	}
	r, err := s.evidenceRecord(ctx, cert)
	if err != nil {
		return nil, err
	}
	file, err := evidence.Build(r)
	if err != nil {
		return nil, err
	}
	return file, s.noteEvidence(ctx, a, cert.Number, file)
}

func (s *Service) noteEvidence(ctx context.Context, a Actor, number string, file []byte) error {
	sum := sha256.Sum256(file)
	return s.Store.Update(ctx, func(tx Tx) error {
		e := s.look(a, "", number, lookEvidence)
		e.Data["sha256"] = hex.EncodeToString(sum[:])
		tx.Record(e)
		return nil
	})
}

// signedRecord is all that is stored of one signature.
type signedRecord struct {
	certificate Certificate
	signature   Signature
	invitation  InvitationView
	declaration Declaration
	commitment  Commitment
	inviter     Staff // zero for the operator
	deliveries  []Delivery
	events      []journal.Entry
	extract     Extract // zero when none is joined
}

func (s *Service) evidenceRecord(ctx context.Context, cert Certificate) (evidence.Record, error) {
	f, err := s.signedRecord(ctx, cert)
	if err != nil {
		return evidence.Record{}, err
	}
	r := f.evidence()
	sig := f.signature
	r.Shown = shown(f.declaration, sig.Organisation, sig.Signatory, sig.Resolution, sig.Consent, sig.beside())
	if r.Page, err = s.Page(cert.Content, cert.Sealed); err != nil {
		return evidence.Record{}, err
	}
	return r, s.proveRecord(ctx, f.events, &r)
}

func (s *Service) signedRecord(ctx context.Context, cert Certificate) (f signedRecord, err error) {
	f.certificate = cert
	for _, read := range []func() error{
		func() (err error) { f.signature, err = s.Store.Signature(ctx, cert.SignatureID); return err },
		func() (err error) {
			f.invitation, err = s.Store.InvitationView(ctx, f.signature.InvitationID)
			return err
		},
		func() (err error) {
			f.declaration, err = s.Store.Declaration(ctx, f.signature.DeclarationID, f.signature.DeclarationVersion)
			return err
		},
		func() (err error) { f.commitment, err = s.Store.CommitmentByNumber(ctx, cert.Number); return err },
		func() (err error) {
			f.deliveries, err = s.Store.DeliveriesOf(ctx, f.signature.InvitationID)
			return err
		},
		func() (err error) { f.events, err = s.Store.JournalOf(ctx, f.signature.InvitationID); return err },
		func() (err error) { f.inviter, err = s.inviter(ctx, f.invitation.CreatedBy); return err },
		func() (err error) { f.extract, err = s.signedExtract(ctx, f.signature); return err },
	} {
		if err := read(); err != nil {
			return f, err
		}
	}
	return f, nil
}

// inviter is the member of staff who invited; the operator is none.
func (s *Service) inviter(ctx context.Context, id string) (Staff, error) {
	staff, err := s.Store.Staff(ctx, id)
	if IsKind(err, NotFound) {
		return Staff{}, nil
	}
	return staff, err
}

// errEnough ends a reading of the journal.
var errEnough = errors.New("enough")

// proveRecord ties the record's events to the first checkpoint that covers
// them, made now if there is none yet.
func (s *Service) proveRecord(ctx context.Context, events []journal.Entry, r *evidence.Record) (err error) {
	if len(events) == 0 {
		return &journal.Fault{Kind: journal.FaultTruncated, Reason: "the signature has no entries"}
	}
	last := events[len(events)-1].Seq
	if r.Checkpoint, err = s.covering(ctx, last); IsKind(err, NotFound) {
		if err = s.checkpoint(ctx); err == nil {
			r.Checkpoint, err = s.covering(ctx, last)
		}
	}
	if err != nil {
		return err
	}
	keys, err := s.Keys.checkpointKeys()
	if err != nil {
		return err
	}
	if r.CheckpointKey, err = journal.Signed(r.Checkpoint.Note, keys...); err != nil {
		return err
	}
	var seqs []int64
	for _, e := range events {
		if e.Type == journal.SealedType {
			seqs = append(seqs, e.Seq)
		}
	}
	r.Proofs, err = s.prove(ctx, r.Checkpoint.Size, append(seqs, last)...)
	return err
}

// covering is the first checkpoint that covers an entry, or NotFound.
func (s *Service) covering(ctx context.Context, seq int64) (journal.Checkpoint, error) {
	list, err := s.Store.Checkpoints(ctx)
	if err != nil {
		return journal.Checkpoint{}, err
	}
	for _, c := range list {
		if c.Size >= seq {
			return c, nil
		}
	}
	return journal.Checkpoint{}, notFound()
}

func (s *Service) prove(ctx context.Context, size int64, seqs ...int64) ([]journal.Proof, error) {
	prover, err := journal.NewProver(size, seqs...)
	if err != nil {
		return nil, err
	}
	err = s.eachEntry(ctx, 1, func(e journal.Entry) error {
		if !prover.Add(e.Hash) {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return prover.Proofs()
}

// count tells how many events of a type came before the signature.
func (f signedRecord) count(kind string) (n int) {
	for _, e := range f.events {
		switch e.Type {
		case "signed":
			return n
		case kind:
			n++
		}
	}
	return n
}

// invitationMail is the mail whose link was answered: the last one of its
// issue. Zero when none was queued.
func (f signedRecord) invitationMail() (mail Delivery) {
	for _, d := range f.deliveries {
		if d.Kind == DeliveryInvitation && d.Issue == f.invitation.Issue {
			mail = d
		}
	}
	return mail
}

// codeAnswer is what the relay said of the last code before the signature.
func (f signedRecord) codeAnswer() (answer string) {
	for _, e := range f.events {
		switch e.Type {
		case "signed":
			return answer
		case "code.sent":
			answer = e.Data()["answer"]
		}
	}
	return answer
}

// emailCommitment is the salted commitment to the address, in the journal.
func (f signedRecord) emailCommitment() string {
	for _, e := range f.events {
		var body struct {
			Personal map[string]string `json:"personal"`
		}
		if e.Type == "invitation.created" && json.Unmarshal([]byte(e.Body), &body) == nil {
			return body.Personal["email"]
		}
	}
	return ""
}

func instant(t time.Time) evidence.Instant { return evidence.Instant{Time: t} }
