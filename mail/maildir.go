package mail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Maildir is a folder in which a mail server leaves messages, one per file:
// new arrivals in new/, those seen in cur/ (cr.yp.to/proto/maildir.html).
type Maildir string

const (
	maildirPoll  = 30 * time.Second
	maildirBatch = 100 // messages per look
)

// Check tells whether both folders are there.
func (d Maildir) Check() error {
	for _, name := range []string{"new", "cur"} {
		info, err := os.Stat(filepath.Join(string(d), name))
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return fmt.Errorf("%s is no folder", info.Name())
		}
	}
	return nil
}

// Watch takes in what arrives until ctx ends. A fault is logged, and tried
// again at the next look.
func (d Maildir) Watch(ctx context.Context, r Returns) {
	ticker := time.NewTicker(maildirPoll)
	defer ticker.Stop()
	for {
		if err := d.sweep(ctx, r); err != nil && ctx.Err() == nil {
			r.Log.Error("returned mail", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// sweep takes in what is there. A message is moved only once it is recorded;
// one that two instances read, or that is read again after a crash, changes
// nothing the second time.
func (d Maildir) sweep(ctx context.Context, r Returns) error {
	entries, err := os.ReadDir(filepath.Join(string(d), "new"))
	if err != nil {
		return fmt.Errorf("mail: maildir: %w", err)
	}
	taken := 0
	for _, entry := range entries {
		if ctx.Err() != nil || taken == maildirBatch {
			return ctx.Err()
		}
		if !entry.Type().IsRegular() || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		taken++
		if err := d.take(ctx, r, entry.Name()); err != nil {
			return err
		}
	}
	return nil
}

func (d Maildir) take(ctx context.Context, r Returns, name string) error {
	path := filepath.Join(string(d), "new", name)
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // another instance was quicker
	} else if err != nil {
		return fmt.Errorf("mail: maildir: %w", err)
	}
	err = r.Take(ctx, file)
	file.Close() // only read
	if err != nil {
		return err
	}
	base, _, _ := strings.Cut(name, ":2,")
	err = os.Rename(path, filepath.Join(string(d), "cur", base+":2,S"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
