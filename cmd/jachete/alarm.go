package main

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// alarmCounter counts what somebody has to know at once; each is logged too.
var alarmCounter = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jachete_alarms_total",
	Help: "What needs somebody at once, by kind; see the log."}, []string{"kind"})

// alarm tells whoever looks after the service.
func (a *app) alarm(kind, record string, err error) {
	alarmCounter.WithLabelValues(kind).Inc()
	a.logger.Error("alarm", "kind", kind, "record", record, "error", err)
}

// scrubLook is how often an instance asks whether it is time to read all files
// again; the domain says when that is, for all instances together.
const scrubLook = time.Hour

// keepScrubbing reads the stored certificates again and again.
func (a *app) keepScrubbing(ctx context.Context) {
	ticker := time.NewTicker(scrubLook)
	defer ticker.Stop()
	for {
		if err := a.scrub(ctx); err != nil && !errors.Is(err, context.Canceled) {
			a.logger.Error("scrub", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (a *app) scrub(ctx context.Context) (err error) {
	defer recoverInto(&err)
	report, err := a.service.Scrub(ctx)
	if err == nil && report.Files > 0 {
		a.logger.Info("scrub", "files", report.Files, "damaged", report.Damaged)
	}
	return err
}
