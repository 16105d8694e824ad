package storetest

import (
	"testing"
	"time"

	"jachete/workflow"
)

func dailySnapshot(day string, at time.Time) workflow.DailySnapshot {
	return workflow.DailySnapshot{Day: day, TakenAt: at, Lines: 2, Size: 300, SHA256: workflow.TextSHA256(day), Signature: []byte{0x30, 0, 1}, Kept: true}
}

func dailySnapshots(t *testing.T, w *world) {
	if list := read[[]workflow.DailySnapshot](t)(w.DailySnapshots(w.ctx)); len(list) != 0 {
		t.Errorf("%v", list)
	}
	_, err := w.DailySnapshot(w.ctx, "2026-11-22")
	wantError(t, err, workflow.NotFound, "snapshot.not-found")
	first, second := dailySnapshot("2026-11-22", noon), dailySnapshot("2026-11-23", noon.Add(24*time.Hour))
	for _, d := range []workflow.DailySnapshot{second, first} {
		w.must(func(tx workflow.Tx) error { return tx.AddDailySnapshot(w.ctx, d, []byte("content of "+d.Day)) })
	}
	w.refused(workflow.Conflict, "snapshot.exists", func(tx workflow.Tx) error { return tx.AddDailySnapshot(w.ctx, first, nil) })
	wantEqual(t, read[workflow.DailySnapshot](t)(w.DailySnapshot(w.ctx, first.Day)), first)
	wantEqual(t, string(read[[]byte](t)(w.DailySnapshotContent(w.ctx, first.Day))), "content of 2026-11-22")

	w.must(func(tx workflow.Tx) error { return tx.Purge(w.ctx, noon.Add(workflow.SnapshotContentLife)) })
	_, err = w.DailySnapshotContent(w.ctx, first.Day)
	wantError(t, err, workflow.NotFound, "snapshot.not-found")
	first.Kept = false
	wantEqual(t, read[workflow.DailySnapshot](t)(w.DailySnapshot(w.ctx, first.Day)), first)
	first.Signature, second.Signature = nil, nil
	wantEqual(t, read[[]workflow.DailySnapshot](t)(w.DailySnapshots(w.ctx)), []workflow.DailySnapshot{second, first})
}

func latestCommitments(t *testing.T, w *world) {
	for i, id := range []string{"b", "a", "d", "c"} {
		c := Commitment(id, id)
		c.PublishedAt = noon.Add(time.Duration(i) * time.Hour)
		c.SignedOn = "2026-11-1" + string(rune('0'+i))
		if id == "a" {
			c.Organisation.RegionCode = "05"
		}
		w.publish(c)
	}
	for _, want := range []struct {
		f     workflow.RegisterFilter
		after time.Duration
		limit int
		ids   []string
	}{
		{workflow.RegisterFilter{}, 2 * time.Hour, 10, []string{"d", "a", "b"}}, // c is not public yet
		{workflow.RegisterFilter{Limit: 1, Offset: 5}, 3 * time.Hour, 2, []string{"c", "d"}},
		{workflow.RegisterFilter{}, 3 * time.Hour, 1, []string{"c"}},
		{workflow.RegisterFilter{Region: "05"}, 3 * time.Hour, 2, []string{"a"}},
		{workflow.RegisterFilter{Region: "99"}, 3 * time.Hour, 2, nil},
	} {
		var ids []string
		for _, c := range read[[]workflow.Commitment](t)(w.LatestCommitments(w.ctx, want.f, noon.Add(want.after), want.limit)) {
			ids = append(ids, c.ID)
		}
		wantEqual(t, ids, want.ids)
	}
}

// eachInOrder: all of a list comes in the order that its pages have.
func eachInOrder(t *testing.T, w *world) {
	for id, on := range map[string]string{"a": "2024-01-01", "b": "2026-01-01", "c": "2025-01-01"} {
		c := Commitment(id, id)
		c.SignedOn = on
		w.publish(c)
	}
	for order, want := range map[workflow.RegisterOrder][]string{workflow.ByName: {"a", "b", "c"}, workflow.ByDate: {"b", "c", "a"}} {
		var ids []string
		if err := w.EachCommitment(w.ctx, workflow.RegisterFilter{Order: order}, noon, func(c workflow.Commitment) error { ids = append(ids, c.ID); return nil }); err != nil {
			t.Fatal(err)
		}
		wantEqual(t, ids, want)
	}
}
