package workflow

import (
	"context"
	"strconv"
	"time"
)

const (
	// chunkRows is how many lines become invitations in one transaction: few
	// enough that people who sign meanwhile do not notice.
	chunkRows = 200
	// batchLease is how long a batch waits for a worker that fell silent. Each
	// chunk takes the lease anew.
	batchLease = 15 * time.Second
	// chunkTries bounds how often a chunk is tried again when somebody else
	// added the same organisation in between.
	chunkTries = 3
)

// BatchWake is signalled when a batch was confirmed.
func (s *Service) BatchWake() <-chan struct{} { return s.batchWake }

func (s *Service) signalBatches() {
	select {
	case s.batchWake <- struct{}{}:
	default:
	}
}

// WorkBatches makes the invitations of confirmed batches until there is none
// left that no other instance has. What an interrupted worker had committed
// stands; the rest goes on from there.
func (s *Service) WorkBatches(ctx context.Context) error {
	for {
		b, err := s.claimBatch(ctx)
		if IsKind(err, NotFound) {
			return nil
		}
		if err == nil {
			err = s.workBatch(ctx, b)
		}
		if err != nil {
			return err
		}
	}
}

func (s *Service) claimBatch(ctx context.Context) (b Batch, err error) {
	err = s.Store.Update(ctx, func(tx Tx) error {
		b, err = tx.ClaimBatch(ctx, s.now(), s.now().Add(batchLease), newID())
		return err
	})
	return b, err
}

// workBatch makes chunk after chunk until the batch is done, cancelled, or
// another's.
func (s *Service) workBatch(ctx context.Context, b Batch) error {
	g := newGazetteer(s.Atlas)
	for b.State == BatchConfirmed {
		next, err := s.workChunk(ctx, g, b)
		if KeyOf(err) == KeyBatchMoved {
			return nil
		}
		if err != nil {
			s.releaseBatch(ctx, b)
			return err
		}
		b = next
		s.signalMail()
	}
	return nil
}

// releaseBatch lets the next worker begin at once. If it fails, the lease runs
// out by itself.
func (s *Service) releaseBatch(ctx context.Context, b Batch) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = s.Store.Update(ctx, func(tx Tx) error { return tx.ReleaseBatch(ctx, b.ID, b.Lease) })
}

func (s *Service) workChunk(ctx context.Context, g gazetteer, b Batch) (next Batch, err error) {
	for range chunkTries {
		err = s.Store.Update(ctx, func(tx Tx) error {
			next, err = s.makeChunk(ctx, tx, g, b)
			return err
		})
		if key := KeyOf(err); key != "organisation.exists" {
			return next, err
		}
	}
	return next, err
}

// makeChunk gives the next lines their turn, and the batch as it stands then.
func (s *Service) makeChunk(ctx context.Context, tx Tx, g gazetteer, b Batch) (Batch, error) {
	rows, err := tx.BatchRows(ctx, BatchRowFilter{Batch: b.ID, Waiting: true, Limit: chunkRows})
	if err != nil {
		return b, err
	}
	c, lease := chunk{actor: b.confirmer()}, b.Lease
	if err := s.plan(ctx, tx, g, b, rows, &c); err != nil {
		return b, err
	}
	b.Made, b.Skipped, b.LeaseUntil = b.Made+len(c.invitations), b.Skipped+len(rows)-len(c.invitations), s.now().Add(batchLease)
	if len(rows) < chunkRows {
		b.State, b.FinishedAt, b.Lease, b.LeaseUntil = BatchDone, s.now(), "", time.Time{}
	}
	// First of all writes: it holds off a cancellation, and sees one.
	if err := tx.SettleBatch(ctx, lease, b, rows); err != nil {
		return b, err
	}
	if err := s.add(ctx, tx, c); err != nil {
		return b, err
	}
	if b.State == BatchDone {
		e := s.event("bulk.done", c.actor, b.PoleSlug, b.record())
		e.Data["made"], e.Data["skipped"] = strconv.Itoa(b.Made), strconv.Itoa(b.Skipped)
		tx.Record(e)
	}
	return b, nil
}

// confirmer is who confirmed, as events name them.
func (b Batch) confirmer() Actor {
	if b.ConfirmedBy == string(ActorOperator) {
		return Operator()
	}
	return StaffActor(Staff{ID: b.ConfirmedBy})
}

// chunk is what some lines become.
type chunk struct {
	actor         Actor
	organisations []Organisation // new ones
	invitations   []Invitation
}

// add writes a chunk: the same rows and events as for invitations made one by
// one.
func (s *Service) add(ctx context.Context, tx Tx, c chunk) error {
	if err := addOrganisations(ctx, tx, c.organisations); err != nil {
		return err
	}
	if err := tx.AddInvitations(ctx, c.invitations); err != nil {
		return err
	}
	deliveries := make([]Delivery, len(c.invitations))
	for i, inv := range c.invitations {
		tx.Record(s.invitationCreated(c.actor, inv))
		deliveries[i] = s.invitationMail(inv)
	}
	return tx.AddDeliveries(ctx, deliveries)
}

// plan judges lines again, as the pôle stands now, and notes on each what
// becomes of it.
func (s *Service) plan(ctx context.Context, tx Tx, g gazetteer, b Batch, rows []BatchRow, c *chunk) error {
	pole, err := tx.Pole(ctx, b.PoleSlug)
	if err != nil {
		return err
	}
	d, err := tx.CurrentDeclaration(ctx, DeclarationID, pole.Slug, s.now())
	if err != nil {
		return err
	}
	questions := make([]asked, len(rows))
	for i, row := range rows {
		questions[i] = s.read(g, pole, b.Campaign, row.Cells)
	}
	known, err := s.standing(ctx, tx, pole, questions)
	if err != nil {
		return err
	}
	slugs, err := s.slugs(ctx, tx, known, questions)
	if err != nil {
		return err
	}
	for i, q := range questions {
		row := &rows[i]
		if row.Outcome, row.Reasons = known.verdict(q); row.Outcome != RowGood {
			continue
		}
		inv, err := s.planOne(ctx, tx, q, known, slugs, pole, d, c)
		if err != nil {
			return err
		}
		row.InvitationID = inv.ID
	}
	return nil
}

// planOne drafts an invitation and, when it is new, its organisation.
func (s *Service) planOne(ctx context.Context, tx Tx, q asked, known standing, slugs map[string]bool, pole Pole, d Declaration, c *chunk) (Invitation, error) {
	org, err := s.planOrganisation(ctx, tx, q.organisation, known, slugs, &c.organisations)
	if err != nil {
		return Invitation{}, err
	}
	inv, err := s.newInvitation(c.actor, pole, d, org, q.request)
	if err != nil {
		return Invitation{}, err
	}
	known.open[org.ID+"\x00"+inv.Contact.Email] = inv.ID
	c.invitations = append(c.invitations, inv)
	return inv, nil
}

// planOrganisation gives the organisation of a line: the one that is known, or
// a new one, which joins those to add.
func (s *Service) planOrganisation(ctx context.Context, tx Tx, asked Organisation, known standing, slugs map[string]bool, add *[]Organisation) (Organisation, error) {
	org, there := known.organisations[asked.likeness()]
	if there {
		return org, nil
	}
	org = asked
	org.ID = newID()
	var err error
	org.Slug, err = s.freeSlug(org, func(slug string) (bool, error) {
		taken, looked := slugs[slug]
		if looked {
			return taken, nil
		}
		return tx.SlugTaken(ctx, slug)
	})
	if err != nil {
		return Organisation{}, err
	}
	slugs[org.Slug] = true
	known.know(org)
	*add = append(*add, org)
	return org, nil
}

// addOrganisations adds those that a plan found missing. Somebody may have added
// one since the plan looked for it, so that its slug was taken and the plan took
// another: that is a Conflict (key "organisation.exists") like two equal slugs,
// and the caller plans again. See ensureOrganisation.
func addOrganisations(ctx context.Context, tx Tx, list []Organisation) error {
	there, err := tx.OrganisationsLike(ctx, list)
	if err != nil {
		return err
	}
	now := standing{organisations: map[string]Organisation{}}
	for _, o := range there {
		now.know(o)
	}
	for _, o := range list {
		if _, twice := now.organisations[o.likeness()]; twice {
			return refuse(Conflict, "organisation.exists")
		}
	}
	return tx.AddOrganisations(ctx, list)
}

// slugs tells, of the addresses that new organisations would like, which are
// taken.
func (s *Service) slugs(ctx context.Context, tx Tx, known standing, questions []asked) (map[string]bool, error) {
	all := map[string]bool{}
	var wanted []string
	for _, q := range questions {
		if _, there := known.organisations[q.organisation.likeness()]; q.verdict == RowGood && !there {
			wanted = append(wanted, s.wantedSlugs(q.organisation)...)
		}
	}
	for _, slug := range wanted {
		all[slug] = false
	}
	taken, err := tx.SlugsTaken(ctx, wanted)
	for _, slug := range taken {
		all[slug] = true
	}
	return all, err
}
