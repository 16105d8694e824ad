package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jachete/workflow/journal"
)

// siteAnswer is more than any answer about the journal weighs, in bytes.
const siteAnswer = 1 << 20

// siteTime is how long one answer may take.
const siteTime = 30 * time.Second

// verifySite holds the journal of a public site to checkpoints that were kept
// elsewhere. Nothing but these answers of the site is needed, and nothing of it
// is trusted: keys that it made up open none of the kept checkpoints.
func verifySite(ctx context.Context, site string, kept []string) (journalRecord, error) {
	base, err := url.Parse(strings.TrimRight(site, "/"))
	if err != nil || base.Host == "" || base.Scheme != "https" && !(base.Scheme == "http" && isLoopback(base.Hostname())) {
		return journalRecord{}, misuse{fmt.Errorf("--site %s: want an https address", site)}
	}
	if len(kept) == 0 {
		return journalRecord{}, misuse{errors.New("--site needs --against, the folder of the checkpoints you kept")}
	}
	keys, err := fetch(ctx, base, "/journal/cles.txt")
	if err != nil {
		return journalRecord{}, err
	}
	r := journalRecord{Sound: true}
	for _, note := range kept {
		latest, err := compare(ctx, base, note, strings.Fields(string(keys)))
		var fault *journal.Fault
		switch {
		case errors.As(err, &fault):
			return journalRecord{Fault: fault.Error(), FaultAt: fault.Seq, kind: fault.Kind}, nil
		case err != nil:
			return r, err
		}
		r.Entries, r.Checkpoints = latest.Size, r.Checkpoints+1
	}
	return r, nil
}

// compare asks the site to prove that its journal continues the one of a note.
func compare(ctx context.Context, site *url.URL, note string, keys []string) (latest journal.Statement, err error) {
	old, err := journal.Open(note, keys...)
	if err != nil {
		return latest, &journal.Fault{Kind: journal.FaultCheckpoint, Reason: "a checkpoint you kept: " + err.Error()}
	}
	body, err := fetch(ctx, site, "/journal/suite/"+strconv.FormatInt(old.Size, 10))
	if errors.Is(err, errNoSuchSize) {
		return latest, &journal.Fault{Kind: journal.FaultTruncated, Seq: old.Size, Reason: fmt.Sprintf("a checkpoint knows %d entries, the site does not", old.Size)}
	} else if err != nil {
		return latest, err
	}
	var file journal.GrowthFile
	if err := json.Unmarshal(body, &file); err != nil {
		return latest, fmt.Errorf("%s: no proof: %w", site, err)
	}
	if latest, err = journal.Open(file.Checkpoint, keys...); err != nil {
		return latest, &journal.Fault{Kind: journal.FaultCheckpoint, Reason: "the checkpoint of the site: " + err.Error()}
	}
	err = journal.CheckGrowth(old, latest, file.Proof)
	if errors.Is(err, journal.ErrProof) {
		return latest, &journal.Fault{Kind: journal.FaultCheckpoint, Seq: old.Size, Reason: "the past was rewritten since this checkpoint"}
	}
	return latest, err
}

// errNoSuchSize tells that the site does not know that many entries.
var errNoSuchSize = errors.New("the site does not know that many entries")

func fetch(ctx context.Context, site *url.URL, path string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, siteTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, site.String()+path, nil)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusNotFound:
		return nil, errNoSuchSize
	case answer.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%s%s: %s", site, path, answer.Status)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, siteAnswer+1))
	if len(body) > siteAnswer {
		err = fmt.Errorf("%s%s: more than %d bytes", site, path, siteAnswer)
	}
	return body, err
}
