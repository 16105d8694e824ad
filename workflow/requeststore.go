package workflow

import "context"

// RequestReader is what can be read of requests for an invitation. Errors are those
// of Store.
type RequestReader interface {
	InvitationRequest(ctx context.Context, id string) (InvitationRequest, error)
	// InvitationRequests lists the open ones first, longest waiting first, then the
	// others, closed last first; with the number that match in all.
	InvitationRequests(ctx context.Context, f InvitationRequestFilter) ([]InvitationRequest, int, error)
	// OpenInvitationRequest gives the open request of the same organisation, by its
	// Likeness, from a mailbox. NotFound when there is none.
	OpenInvitationRequest(ctx context.Context, mailbox, likeness string) (InvitationRequest, error)
}

// RequestWriter is what a transaction writes of them.
type RequestWriter interface {
	// AddInvitationRequest adds an open request. Conflict with KeyRequestExists when
	// the same organisation has one from the same mailbox.
	AddInvitationRequest(ctx context.Context, r InvitationRequest) error
	// CloseInvitationRequest writes the end of an open request: outcome, time, who,
	// invitation. Conflict with KeyRequestClosed when it is not open.
	CloseInvitationRequest(ctx context.Context, r InvitationRequest) error
}
