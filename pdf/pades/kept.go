package pades

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"sync"
	"time"
)

// listAge is how old a list gets before it is looked for again.
const listAge = 24 * time.Hour

// Kept is a [Source] that keeps what another one found: a list is looked for
// again after a day, or when half of the time it had left is over. If it cannot
// be had then, the old one serves until its end. It is safe for concurrent use.
type Kept struct {
	Source Source
	Clock  func() time.Time

	guard sync.Mutex
	lists map[[sha256.Size]byte]keptList // by the certificate
}

type keptList struct {
	*x509.RevocationList
	renew time.Time
}

// List gives the list at hand, or that of the source.
func (k *Kept) List(ctx context.Context, c, issuer *x509.Certificate) (*x509.RevocationList, error) {
	id, now := sha256.Sum256(c.Raw), k.Clock()
	old := k.get(id)
	if old.RevocationList != nil && now.Before(old.renew) {
		return old.RevocationList, nil
	}
	list, err := k.Source.List(ctx, c, issuer)
	if err != nil {
		if old.RevocationList != nil && now.Before(old.NextUpdate) {
			return old.RevocationList, nil
		}
		return nil, err
	}
	k.put(id, keptList{list, renewal(list, now)})
	return list, nil
}

func renewal(list *x509.RevocationList, now time.Time) time.Time {
	return now.Add(min(listAge, list.NextUpdate.Sub(now)/2))
}

func (k *Kept) get(id [sha256.Size]byte) keptList {
	k.guard.Lock()
	defer k.guard.Unlock()
	return k.lists[id]
}

func (k *Kept) put(id [sha256.Size]byte, list keptList) {
	k.guard.Lock()
	defer k.guard.Unlock()
	if k.lists == nil {
		k.lists = map[[sha256.Size]byte]keptList{}
	}
	k.lists[id] = list
}
