// Package workflow is the domain of the declaration service: who commits to
// what, in which order, who may do it, and what is kept as proof.
//
// # The story
//
// Staff of a [Pole] send an [Invitation] to one contact of one
// [Organisation]. The mail holds a link derived from the invitation
// ([Links]); opening it changes nothing, pressing a button exchanges it for a
// [SigningSession]. The person reads the [Declaration], gives the [Details],
// proves control of the mailbox with a one-time code, and signs. Signing is
// one transaction: invitation moved, [Signature], [Certificate] with its
// sealed bytes, [Commitment], deliveries and journal entries, or nothing.
//
// # How the package is laid out
//
// One file per noun (invitation.go, signature.go …) holds its type and rules;
// one file per use case (invite.go, sign.go …) holds methods of [Service].
// The states an invitation can be in, and who may move it, are one table in
// states.go. What staff may do is one table in permission.go.
//
// The package does no I/O. What it needs from outside are the ports: [Store],
// [Sealer], [Courier] and [Clock], each documented with the errors it returns.
// Every refusal is an [Error] with a kind, a message key and, for forms, the
// fields at fault; the words live in the message catalogues.
package workflow
