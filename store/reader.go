package store

// reader implements workflow.Reader over a pool or a transaction. Its methods
// are in the files of their nouns.
type reader struct {
	link
	shelf *shelf // words of the register; nil inside a transaction
	roll  *roll  // of the invitations; nil inside a transaction
}
