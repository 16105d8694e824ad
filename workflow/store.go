package workflow

import (
	"context"
	"time"

	"jachete/workflow/journal"
)

// Store keeps everything. Implementations are safe for concurrent use by
// several goroutines and several processes.
//
// Reads outside Update see committed data only. A record that is not there is
// an *Error of kind NotFound; a database that does not answer in time is
// Unavailable; anything else is internal.
type Store interface {
	Reader

	// Update runs fn in one write transaction: everything fn does is kept when
	// it returns nil, nothing otherwise. The events given to Tx.Record are
	// appended to the journal last, in the same transaction, so that the lock
	// on the journal's head is held briefly. A failure to commit is returned;
	// whether a lost answer meant success is for the caller to read again.
	Update(ctx context.Context, fn func(Tx) error) error
}

// Reader is what can be read, inside a transaction or outside.
type Reader interface {
	Poles(ctx context.Context) ([]Pole, error) // by collated name
	Pole(ctx context.Context, slug string) (Pole, error)
	PoleLogo(ctx context.Context, slug string) (Picture, error) // NotFound when it has none

	Declaration(ctx context.Context, id, version string) (Declaration, error)
	// CurrentDeclaration is the version of id published last, not after now: the
	// pôle's own variant if there is one, everybody's otherwise.
	CurrentDeclaration(ctx context.Context, id, pole string, now time.Time) (Declaration, error)
	Declarations(ctx context.Context, id string) ([]Declaration, error) // published last first
	DeclarationDraft(ctx context.Context, draftID string) (DeclarationDraft, error)
	DeclarationDrafts(ctx context.Context, id string) ([]DeclarationDraft, error) // changed last first

	Organisation(ctx context.Context, id string) (Organisation, error)
	// FindOrganisation looks for the same body: the same kind, and the same
	// municipality when there is one, else the same folded name, MRC and region.
	FindOrganisation(ctx context.Context, like Organisation) (Organisation, error)
	SlugTaken(ctx context.Context, slug string) (bool, error)
	// OrganisationsLike is FindOrganisation for many: it gives what may be meant,
	// by id; which is whose is for the caller to see.
	OrganisationsLike(ctx context.Context, like []Organisation) ([]Organisation, error)
	SlugsTaken(ctx context.Context, slugs []string) ([]string, error) // those that are

	Campaign(ctx context.Context, pole, slug string) (Campaign, error)
	Campaigns(ctx context.Context, f CampaignFilter) ([]Campaign, error) // latest first
	// CampaignCommitments gives the commitments of a campaign, public or not, in
	// the order of their signatures.
	CampaignCommitments(ctx context.Context, pole, slug string) ([]Commitment, error)

	Invitation(ctx context.Context, id string) (Invitation, error)
	InvitationView(ctx context.Context, id string) (InvitationView, error)
	// Invitations lists newest first and gives the number that match in all.
	Invitations(ctx context.Context, f InvitationFilter) ([]InvitationView, int, error)
	// CountInvitations counts by stored state; an invitation open past its term
	// at now counts as expired.
	CountInvitations(ctx context.Context, f InvitationFilter, now time.Time) (map[State]int, error)
	// OpenInvitationsTo gives the invitations of a pôle to any of these addresses
	// that are open at now.
	OpenInvitationsTo(ctx context.Context, pole string, emails []string, now time.Time) ([]Invitation, error)
	// ExpiredInvitations gives ids of open invitations whose term is past.
	ExpiredInvitations(ctx context.Context, now time.Time, limit int) ([]string, error)
	// SurveyInvitations answers what a dashboard asks, all at the same moment.
	SurveyInvitations(ctx context.Context, q InvitationQuestions) (InvitationSurvey, error)
	// DueReminders gives ids of invitations whose RemindAt is not after now,
	// longest due first.
	DueReminders(ctx context.Context, now time.Time, limit int) ([]string, error)
	// EachInvitation gives all that match at one moment, in the order of the
	// filter without its page, some at a time and without their deliveries. An
	// error of do ends it and is returned.
	EachInvitation(ctx context.Context, f InvitationFilter, do func(InvitationView) error) error

	Batch(ctx context.Context, id string) (Batch, error)
	Batches(ctx context.Context, f BatchFilter) ([]Batch, error)         // newest first
	BatchRows(ctx context.Context, f BatchRowFilter) ([]BatchRow, error) // by line
	// InvitationsOfCommitted gives the invitations of organisations that hold a
	// commitment in the pôle, oldest first.
	InvitationsOfCommitted(ctx context.Context, pole string) ([]Invitation, error)

	SigningSession(ctx context.Context, hash string) (SigningSession, error)
	Seats(ctx context.Context, invitationID string) ([]SeatRecord, error) // those that have a record

	Signature(ctx context.Context, id string) (Signature, error)
	SignatureOfInvitation(ctx context.Context, invitationID string) (Signature, error)
	// SignaturesFrom gives the signatures that came from a mailbox, an address as
	// CleanEmail gives it, oldest first.
	SignaturesFrom(ctx context.Context, mailbox string) ([]Signature, error)
	// CertificateSession gives expired ones too; NotFound when there is none.
	CertificateSession(ctx context.Context, hash string) (CertificateSession, error)
	Corrections(ctx context.Context, invitationID string) ([]Correction, error) // oldest first
	Correction(ctx context.Context, id string) (Correction, error)

	// Certificate reads the latest revision of the stored file and refuses
	// (Internal, key KeyDamaged, the hash in Args "sha256") bytes that do not
	// match their SHA-256.
	Certificate(ctx context.Context, number string) (Certificate, error)
	CertificateOfSignature(ctx context.Context, signatureID string) (Certificate, error)
	// PlainCertificates gives numbers of certificates that have no timestamp yet,
	// oldest first.
	PlainCertificates(ctx context.Context, limit int) ([]string, error)
	// CertificateNumbers lists number and SHA-256 of every revision, oldest first.
	CertificateNumbers(ctx context.Context) ([]CertificateRef, error)
	// CertificateBySHA256 gives the revision with that hash, checked as above.
	CertificateBySHA256(ctx context.Context, sha256 string) (Certificate, error)
	// CertificateRecords gives every revision of a certificate without its file,
	// oldest first, whatever became of the files. NotFound when there is none.
	CertificateRecords(ctx context.Context, number string) ([]Certificate, error)

	// Register lists commitments published at now, by French collation of the
	// name, with the total that match. One that another commitment replaces is
	// there until that one is public, and under its slug for ever.
	Register(ctx context.Context, f RegisterFilter, now time.Time) (RegisterPage, error)
	CommitmentByNumber(ctx context.Context, number string) (Commitment, error)
	// CommittedAmong gives those of the organisations, by id, that have a living
	// commitment signed that way which the pôle may know of: its own, or one
	// public at now.
	CommittedAmong(ctx context.Context, pole string, organisations []string, mode Mode, now time.Time) ([]string, error)
	// RegisterCounts counts published commitments that match and are not
	// withdrawn, by region code, MRC code, kind and year of signature: that of the
	// announcement where only it is known, none where only an end is.
	RegisterCounts(ctx context.Context, f RegisterFilter, now time.Time) (RegisterCounts, error)
	// Paper gives a commitment signed on paper, by its id, without the content of
	// its scan.
	Paper(ctx context.Context, id string) (Paper, error)
	// UnnumberedPapers lists the ids of entries on paper that have no number.
	UnnumberedPapers(ctx context.Context) ([]string, error)
	// PaperScan gives the scan of a commitment with its content, and refuses
	// (Internal, key "scan.damaged") bytes that do not match their SHA-256.
	PaperScan(ctx context.Context, id string) (PaperScan, error)
	// LiveMunicipalities lists the municipalities that are committed themselves,
	// public at now or not: who may know of which is for the caller to see.
	LiveMunicipalities(ctx context.Context, now time.Time) ([]LiveMunicipality, error)
	// SignedBefore counts, for each of some civil days in their order, the
	// commitments of a pôle signed before it, whatever became of them.
	SignedBefore(ctx context.Context, pole string, days []string) ([]int, error)
	// EachCommitment gives all of Register, whatever its page, some at a time. An
	// error of do ends it and is returned.
	EachCommitment(ctx context.Context, f RegisterFilter, now time.Time, do func(Commitment) error) error
	Commitment(ctx context.Context, id string) (Commitment, error)
	// StandingCommitments gives those of a pôle that are active or renewed,
	// public or not, of one organisation when that is not empty, by collated name
	// and then oldest first.
	StandingCommitments(ctx context.Context, pole, organisationID string) ([]Commitment, error)
	// DueFollowUps gives the commitments that hold, are public and whose AskAt is
	// not after now, longest due first.
	DueFollowUps(ctx context.Context, now time.Time, limit int) ([]Commitment, error)
	FollowUps(ctx context.Context, commitmentID string) ([]FollowUp, error) // by year
	// ConfirmedFollowUps gives the answers about commitments of a region, by its
	// code, that hold and are public at now.
	ConfirmedFollowUps(ctx context.Context, region string, now time.Time) ([]FollowUp, error)
	// Replacement gives the commitment that replaces another, public or not.
	Replacement(ctx context.Context, commitmentID string) (Commitment, error)
	CommitmentLogo(ctx context.Context, commitmentID string) (Picture, error) // NotFound when it has none
	OpenDataReader

	// Extracts describes those of an invitation, without their content, oldest
	// first.
	Extracts(ctx context.Context, invitationID string) ([]Extract, error)
	// Extract gives one with its content, and refuses (Internal, key
	// "extract.damaged") bytes that do not match their SHA-256.
	Extract(ctx context.Context, invitationID, sha256 string) (Extract, error)

	SupplierReader

	Delivery(ctx context.Context, id string) (Delivery, error)
	DeliveriesOf(ctx context.Context, invitationID string) ([]Delivery, error) // oldest first
	// Suppressed tells whether the address asked the pôle for no more.
	Suppressed(ctx context.Context, pole, email string) (bool, error)
	SuppressedAmong(ctx context.Context, pole string, emails []string) ([]string, error) // those that asked for no more
	// Suppression is why the pôle does not write to the address; NotFound when
	// it may.
	Suppression(ctx context.Context, pole, email string) (Suppression, error)
	// Suppressions lists a pôle's, latest first, with how many there are in all;
	// a limit of 0 is none.
	Suppressions(ctx context.Context, pole string, limit, offset int) ([]Suppression, int, error)

	Staff(ctx context.Context, id string) (Staff, error)
	StaffByEmail(ctx context.Context, email string) (Staff, error)
	StaffList(ctx context.Context) ([]Staff, error) // by collated name
	StaffSession(ctx context.Context, hash string) (StaffSession, error)
	StaffSessions(ctx context.Context, staffID string) ([]StaffSession, error) // opened last first, expired ones too

	JournalHead(ctx context.Context) (journal.Head, error)
	// JournalEntries gives at most limit entries from sequence number from on.
	JournalEntries(ctx context.Context, from int64, limit int) ([]journal.Entry, error)
	// JournalHashes gives the hashes of such entries, in hex.
	JournalHashes(ctx context.Context, from int64, limit int) ([]string, error)
	// JournalOf gives the entries of one record, oldest first.
	JournalOf(ctx context.Context, record string) ([]journal.Entry, error)
	Checkpoints(ctx context.Context) ([]journal.Checkpoint, error) // oldest first
	LastCheckpoint(ctx context.Context) (journal.Checkpoint, error)
	RequestReader
	RetentionReader
}

// Tx is a write transaction. An error from any method leaves the transaction
// unusable: return it.
type Tx interface {
	Reader

	// Record keeps an event for the journal; it is appended when fn succeeds.
	Record(journal.Event)
	AddCheckpoint(ctx context.Context, c journal.Checkpoint) error // Conflict when that size is there

	AddPole(ctx context.Context, p Pole) error // Conflict when the slug is taken
	SetPole(ctx context.Context, p Pole) error
	SetPoleLogo(ctx context.Context, slug string, l Picture) error // NotFound when there is no such pôle
	DropPoleLogo(ctx context.Context, slug string) error           // the same; nothing to drop is no error
	AddDeclaration(ctx context.Context, d Declaration) error       // Conflict when id and version are taken
	AddDeclarationDraft(ctx context.Context, d DeclarationDraft) error
	// SetDeclarationDraft writes d over the row of its revision and raises that by
	// one. Conflict with KeyDraftMoved when there is no such row.
	SetDeclarationDraft(ctx context.Context, d DeclarationDraft) error
	// DropDeclarationDraft removes d's row. Conflict as SetDeclarationDraft.
	DropDeclarationDraft(ctx context.Context, d DeclarationDraft) error
	AddOrganisation(ctx context.Context, o Organisation) error
	AddOrganisations(ctx context.Context, list []Organisation) error // Conflict "organisation.exists" when a slug is taken
	// HoldOrganisation makes other transactions that hold the same organisation
	// wait until this one ends.
	HoldOrganisation(ctx context.Context, id string) error
	AddCampaign(ctx context.Context, c Campaign) error // Conflict when the slug is taken in the pôle
	SetCampaign(ctx context.Context, c Campaign) error
	// KeepCampaign is Campaign, and lets nobody else change it before this
	// transaction ends: what follows from its embargo cannot miss a new one.
	KeepCampaign(ctx context.Context, pole, slug string) (Campaign, error)
	// MoveEmbargo makes the commitments of a campaign that are not public at now
	// so at another time; those that are public stay so. It gives how many moved.
	MoveEmbargo(ctx context.Context, pole, slug string, to, now time.Time) (int, error)

	AddInvitation(ctx context.Context, i Invitation) error
	AddInvitations(ctx context.Context, list []Invitation) error
	// MoveInvitation writes i over the row whose state and version are those of
	// was, and sets i's version to was.Version+1. Conflict with KeyMoved when no
	// such row: the invitation has moved meanwhile. CodeTries is not written: it
	// becomes 0 when the issue number changes and else stays as it is, so that a
	// stale copy cannot give tries back.
	MoveInvitation(ctx context.Context, was, i Invitation) error
	// CountCodeTry adds one failed code to the invitation while it has fewer
	// than limit for its live link, in one statement; it tells whether it did.
	CountCodeTry(ctx context.Context, invitationID string, limit int) (bool, error)
	// MoveReminders sets RemindAt of every invitation of the scope that is in one
	// of RemindedStates, in one statement that moves their versions too.
	MoveReminders(ctx context.Context, of ReminderScope, at time.Time) error

	AddBatch(ctx context.Context, b Batch) error
	AddBatchRows(ctx context.Context, batchID string, rows []BatchRow) error
	// ConfirmBatch makes a preview a confirmed batch, in one statement. Conflict
	// with KeyBatchMoved when it is no preview, with KeyBatchRunning when its pôle
	// has a confirmed one.
	ConfirmBatch(ctx context.Context, id, by string, now time.Time) error
	// CancelBatch ends a batch that is in that state; Conflict with KeyBatchMoved
	// otherwise.
	CancelBatch(ctx context.Context, id string, was BatchState, now time.Time) error
	// ClaimBatch leases the confirmed batch that has waited longest among those no
	// worker has, until the lease ends. NotFound when there is none.
	ClaimBatch(ctx context.Context, now, until time.Time, lease string) (Batch, error)
	// SettleBatch writes how far a batch has come (state, counts, lease) and the
	// outcome of these lines, if it is confirmed and the lease is still that one;
	// Conflict with KeyBatchMoved otherwise.
	SettleBatch(ctx context.Context, lease string, b Batch, rows []BatchRow) error
	// ReleaseBatch ends a lease before its time; one that is over stays so.
	ReleaseBatch(ctx context.Context, id, lease string) error
	DropBatchRows(ctx context.Context, batchID string) error

	// SetSeat writes the record of a seat, new or not. The caller moves the
	// invitation in the same transaction, which holds it to what was read.
	SetSeat(ctx context.Context, r SeatRecord) error
	AddSigningSession(ctx context.Context, s SigningSession) error
	SetSigningSession(ctx context.Context, s SigningSession) error

	AddCode(ctx context.Context, c Code) error
	// VoidCodes makes every unused code of a subject useless.
	VoidCodes(ctx context.Context, subject string, now time.Time) error
	// TryCode counts one try of the newest live code of subject and browser and
	// gives it, in one statement and before anything is compared. NotFound when
	// none is live at now: used, void, expired, tried limit times already, or
	// asked in another browser.
	TryCode(ctx context.Context, subject, browser string, limit int, now time.Time) (Code, error)
	// UseCode marks a code used. Conflict when it already was.
	UseCode(ctx context.Context, id string, now time.Time) error

	// Take counts one use of key in its window, which opens with the first use,
	// while it has fewer than limit; it tells whether it did, in one statement,
	// so that all instances share the limit.
	Take(ctx context.Context, key string, limit int, window time.Duration, now time.Time) (bool, error)
	// GiveBack takes one use of key back from the window open at now.
	GiveBack(ctx context.Context, key string, window time.Duration, now time.Time) error

	AddSignature(ctx context.Context, s Signature) error // Conflict when the invitation is signed
	AddCertificate(ctx context.Context, c Certificate) error
	// RestoreFile writes the file of the revision with its SHA-256 again. NotFound
	// when no revision has that hash.
	RestoreFile(ctx context.Context, file []byte) error
	AddCommitment(ctx context.Context, c Commitment) error
	AddPapers(ctx context.Context, list []Paper) error // with their commitments, without scans
	// AddPaperScan adds the scan of a commitment; Conflict with KeyScanExists when
	// it has one.
	AddPaperScan(ctx context.Context, id string, scan PaperScan) error
	// WithdrawPaper takes an entry out of the register on that civil date, with
	// the reason and the person in p; Conflict with KeyPaperWithdrawn when it is
	// out.
	WithdrawPaper(ctx context.Context, p Paper, on string) error
	// NumberPaper gives a number to an entry that has none; Conflict otherwise.
	NumberPaper(ctx context.Context, id, number string) error
	// FinishBatch makes a preview a batch that is done, with the outcome of these
	// lines, in one statement each. Conflict with KeyBatchMoved when it is no
	// preview.
	FinishBatch(ctx context.Context, b Batch, rows []BatchRow) error
	// EndCommitment gives a commitment that is active or renewed another status,
	// since a civil date. Conflict when it is neither.
	EndCommitment(ctx context.Context, id string, status CommitmentStatus, on string) error
	// SetPublication writes what is public by choice on the line of c: names,
	// quote, logo. The line gets a new edition. NotFound when there is none.
	SetPublication(ctx context.Context, c Commitment) error
	AddCertificateSession(ctx context.Context, s CertificateSession) error
	AddCorrection(ctx context.Context, c Correction) error

	// AskAgainAt gives a commitment another AskAt if it still has the one of c, and
	// holds; Conflict otherwise.
	AskAgainAt(ctx context.Context, c Commitment, at time.Time) error
	AddFollowUp(ctx context.Context, f FollowUp) error // Conflict when that year was asked about
	// ConfirmFollowUp writes an answer to a question that has none; Conflict
	// otherwise.
	ConfirmFollowUp(ctx context.Context, f FollowUp) error
	// RenewCommitment makes a commitment that holds a renewed one, confirmed on a
	// civil date. Conflict when it has ended.
	RenewCommitment(ctx context.Context, id, on string) error
	// SetCommitmentLogo gives a commitment a picture, instead of the one it had.
	SetCommitmentLogo(ctx context.Context, commitmentID string, p Picture) error
	OpenDataWriter

	AddExtract(ctx context.Context, x Extract) error // the same again changes nothing
	// DropExtracts removes those of an invitation but those with these hashes.
	// That of a signature cannot be removed.
	DropExtracts(ctx context.Context, invitationID string, but ...string) error

	SupplierWriter

	// AddDelivery queues a mail; the same key again changes nothing.
	AddDelivery(ctx context.Context, d Delivery) error
	AddDeliveries(ctx context.Context, list []Delivery) error
	// ClaimDeliveries takes up to limit deliveries that are due, or whose lease
	// has run out, for the worker until lease ends. Each is claimed once.
	ClaimDeliveries(ctx context.Context, now, until time.Time, lease string, limit int) ([]Delivery, error)
	// FinishDelivery writes d if the row still has that lease; Conflict otherwise.
	FinishDelivery(ctx context.Context, lease string, d Delivery) error
	// BounceDelivery makes a sent delivery failed, with the reason, and gives it.
	// NotFound when it is not sent.
	BounceDelivery(ctx context.Context, id, reason string, now time.Time) (Delivery, error)
	// CancelDeliveries cancels what of that kind still waits for an invitation.
	CancelDeliveries(ctx context.Context, invitationID string, kind DeliveryKind, now time.Time) error
	// Suppress adds an address to the list of its pôle. An address that is there
	// stays as it is, but for an unsubscription, which takes the place of a
	// bounce.
	Suppress(ctx context.Context, s Suppression) error
	// LiftSuppression takes a bounce off the list, never an unsubscription.
	LiftSuppression(ctx context.Context, pole, email string) error

	AddStaff(ctx context.Context, s Staff) error // Conflict when the address is taken
	SetStaff(ctx context.Context, s Staff) error
	// TakeTOTPStep keeps the step if it is later than the last one accepted; it
	// tells whether it did, in one statement, so that a code works once.
	TakeTOTPStep(ctx context.Context, staffID string, step int64) (bool, error)
	AddStaffSession(ctx context.Context, s StaffSession) error
	EndStaffSession(ctx context.Context, hash string) error
	EndStaffSessions(ctx context.Context, staffID string) error
	EndOtherStaffSessions(ctx context.Context, staffID, hash string) error
	// TouchStaffSession keeps when a session was last used, if that is later.
	TouchStaffSession(ctx context.Context, hash string, at time.Time) error
	// HoldStaff makes other transactions that hold the staff wait until this one
	// ends: what is read after it stays true until then.
	HoldStaff(ctx context.Context) error

	RequestWriter
	RetentionWriter

	// Purge drops what has no further use at now: expired sessions and codes
	// (an hour after their end), limit windows that are over, previews after
	// PreviewLife, lines of finished batches after BatchRowsLife, mails to
	// mailboxes that asked for certificates and have none, the content of
	// snapshots after SnapshotContentLife, who sent requests that ended
	// RequestMemory ago or lapsed or were taken back.
	Purge(ctx context.Context, now time.Time) error
}

// RegisterCounts are the headline figures of the register.
type RegisterCounts struct {
	Total    int
	ByRegion map[string]int // region code
	ByMRC    map[string]int // MRC code; those of no MRC are left out
	Towns    int            // municipalities that committed themselves
	ByKind   map[OrganisationKind]int
	ByYear   map[int]int
}
