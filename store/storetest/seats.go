package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// seats keep what they were last given, each on its own.
func seats(t *testing.T, w *world) {
	w.invite("inv", workflow.StateReady)
	at := time.UnixMilli(1_700_000_000_123).UTC()
	first := workflow.SeatRecord{InvitationID: "inv", Seat: workflow.SeatFirst, Act: workflow.Act{Seat: workflow.SeatFirst,
		Signatory: workflow.Signatory{Name: "Camille", Function: "Mairesse"}, Consent: "Je signe", Publish: workflow.Publish{Signatory: true}, SignedAt: at}}
	second := workflow.SeatRecord{InvitationID: "inv", Seat: workflow.SeatSecond, Issue: 2, Read: true, AskedAt: at, ConsultedAt: at.Add(time.Hour)}
	for range 2 {
		w.must(func(tx workflow.Tx) error { return tx.SetSeat(w.ctx, first) })
		w.must(func(tx workflow.Tx) error { return tx.SetSeat(w.ctx, second) })
		second.Issue, second.Read = second.Issue+1, false
	}
	second.Issue--
	got, err := w.Seats(w.ctx, "inv")
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(got, func(a, b workflow.SeatRecord) int { return strings.Compare(string(a.Seat), string(b.Seat)) })
	wantEqual(t, got, []workflow.SeatRecord{first, second})
	none, err := w.Seats(w.ctx, "other")
	if err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
}
