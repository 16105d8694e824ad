package evidence

// Transfer is a person who was invited before and passed the invitation on, by
// the link mailed to that person.
type Transfer struct {
	Invitation Text    `json:"invitation"`
	Name       Text    `json:"name"`
	Function   Text    `json:"function"`
	Email      Text    `json:"email"`
	InvitedAt  Instant `json:"invited_at"`
	PassedAt   Instant `json:"passed_on_at"`
	Reason     Text    `json:"reason"` // in that person's words
}
