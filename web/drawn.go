package web

import (
	"context"
	"slices"
	"sync"
	"time"

	"jachete/workflow"
)

// mostDrawn is how many pictures of each sort are kept: some megabytes at most.
const mostDrawn = 48

// drawingPause is when another try is worth it for whoever waited in vain.
const drawingPause = 5 * time.Second

// drawn keeps the pictures drawn last by what they say, so that what changes is
// another picture. A picture takes a processor for tens of milliseconds: one is
// drawn at a time, and what is kept waits for none.
type drawn[K comparable] struct {
	turn chan struct{}
	mu   sync.Mutex
	kept map[K][]byte
	used []K // the one used last at the end
}

func newDrawn[K comparable]() *drawn[K] {
	return &drawn[K]{turn: make(chan struct{}, 1), kept: map[K][]byte{}}
}

// get gives the picture of what, which draw makes if it is not kept. Unavailable
// when ctx ends before its turn.
func (d *drawn[K]) get(ctx context.Context, what K, draw func() ([]byte, error)) ([]byte, error) {
	if picture := d.find(what); picture != nil {
		return picture, nil
	}
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-ctx.Done():
		return nil, &workflow.Error{Kind: workflow.Unavailable, Key: "error.unavailable", RetryAfter: drawingPause, Err: ctx.Err()}
	}
	if picture := d.find(what); picture != nil {
		return picture, nil // drawn by the one before
	}
	picture, err := draw()
	if err == nil {
		d.keep(what, picture)
	}
	return picture, err
}

func (d *drawn[K]) find(what K) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	picture := d.kept[what]
	if picture != nil {
		d.used = append(slices.DeleteFunc(d.used, func(k K) bool { return k == what }), what)
	}
	return picture
}

func (d *drawn[K]) keep(what K, picture []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.used) == mostDrawn {
		delete(d.kept, d.used[0])
		d.used = d.used[1:]
	}
	d.kept[what] = picture
	d.used = append(d.used, what)
}
