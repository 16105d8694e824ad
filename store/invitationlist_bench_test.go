package store

import (
	"fmt"
	"testing"
	"time"

	"jachete/store/storetest"
	"jachete/workflow"
)

// BenchmarkInvitations reads one page of 25 lines with its total, as staff ask
// for it, and the counts of the dashboard.
func BenchmarkInvitations(b *testing.B) {
	for _, size := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			benchmarkDatabases(b, 0, func(b *testing.B, s *Store) {
				now := fillInvitations(b, s, size)
				for name, f := range map[string]workflow.InvitationFilter{
					"newest": {}, "name": {Sort: workflow.SortName}, "last-page": {Offset: size - 25},
					"deadline": {Sort: workflow.SortDeadline, Poles: []string{"pole-3", "pole-4"}},
					"activity": {Sort: workflow.SortActivity, Campaign: "automne", Pole: "pole-7"},
					"ending":   {EndingBefore: now.Add(7 * 24 * time.Hour), Sort: workflow.SortDeadline},
					"state":    {State: workflow.StateSigned, Pole: "pole-5"},
					"search":   {Query: "essai"}, "two-words": {Query: "coop camille"}, "rare": {Query: "exemple-777"},
					"none": {Query: "absolument"}, "letter": {Query: "e"},
				} {
					f.At, f.Limit = now, workflow.PageSize
					b.Run(name, func(b *testing.B) {
						for b.Loop() {
							if _, _, err := s.Invitations(b.Context(), f); err != nil {
								b.Fatal(err)
							}
						}
					})
				}
				b.Run("counts", func(b *testing.B) {
					for b.Loop() {
						if _, err := s.CountInvitations(b.Context(), workflow.InvitationFilter{}, now); err != nil {
							b.Fatal(err)
						}
					}
				})
				b.Run("after-a-change", func(b *testing.B) { benchmarkListAfterChange(b, s) })
			})
		})
	}
}

// benchmarkListAfterChange reads a page after each change, which every instance
// has to fetch.
func benchmarkListAfterChange(b *testing.B, s *Store) {
	for k := 0; b.Loop(); k++ {
		b.StopTimer()
		if err := s.Update(b.Context(), func(w workflow.Tx) error {
			was, err := w.Invitation(b.Context(), "0")
			if err != nil {
				return err
			}
			now := was
			now.ExpiresAt = now.ExpiresAt.Add(time.Duration(k%100) * time.Hour)
			return w.MoveInvitation(b.Context(), was, now)
		}); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if _, _, err := s.Invitations(b.Context(), workflow.InvitationFilter{Limit: workflow.PageSize}); err != nil {
			b.Fatal(err)
		}
	}
}

// fillInvitations adds invitations of 22 pôles, each to an organisation and a
// person of its own, in every state.
func fillInvitations(b *testing.B, s *Store, size int) time.Time {
	b.Helper()
	storetest.Invite(b, s, size)
	start := time.Now()
	if _, _, err := s.Invitations(b.Context(), workflow.InvitationFilter{Limit: 1}); err != nil {
		b.Fatal(err)
	}
	b.Logf("the first page of %d takes %s", size, time.Since(start).Round(time.Millisecond))
	return storetest.Invitation("").CreatedAt.Add(60 * 24 * time.Hour)
}
