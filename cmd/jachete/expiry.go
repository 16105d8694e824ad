package main

import (
	"fmt"
	"time"
)

// alarms are the days before the end of the seal's certificate at which whoever
// runs the service is warned, once more at each.
var alarms = []int{60, 30, 14, 7, 1}

// alarm is the last of the alarms that is due, 0 for none.
func alarm(left time.Duration) (due int) {
	for _, days := range alarms {
		if left <= time.Duration(days)*24*time.Hour {
			due = days
		}
	}
	return due
}

// expiry warns of the end of the seal's certificate; nil when it is far.
func (a *app) expiry() error {
	end := a.sealKey.Expires()
	days := alarm(end.Sub(a.clock.Now()))
	if days == 0 {
		return nil
	}
	remedy := "jachete keys rotate seal"
	if !a.ownSeal() {
		remedy = "replace it where JACHETE_SEAL_… says"
	}
	return fmt.Errorf("%w: %d-day alarm, nothing is sealed after %s UTC: %s", errWarning, days, end.UTC().Format(time.DateTime), remedy)
}

// warnOfExpiry logs each alarm once, for a server that nobody restarts.
func (a *app) warnOfExpiry() {
	days := alarm(a.sealKey.Expires().Sub(a.clock.Now()))
	if days != a.warned && days > 0 {
		a.logger.Warn("the seal's certificate ends", "days", days, "error", a.expiry())
	}
	a.warned = days
}
