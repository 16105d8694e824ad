package main

import (
	"os"
	"strings"

	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/pdf/pades/tsa"
	"jachete/workflow"
)

// timestamps gives what asks the configured authorities; nothing when there is
// none.
func (a *app) timestamps() (pades.Timestamper, workflow.Upgrader, error) {
	if a.TSA == "" {
		return nil, nil, nil
	}
	file, err := os.ReadFile(a.TSACA)
	if err != nil {
		return nil, nil, wrap("JACHETE_TSA_CA", err)
	}
	roots, err := pades.ParseChain(file)
	if err != nil {
		return nil, nil, wrap("JACHETE_TSA_CA", err)
	}
	var addresses []string
	for address := range strings.SplitSeq(a.TSA, ",") {
		addresses = append(addresses, strings.TrimSpace(address))
	}
	client, err := tsa.NewClient(addresses, roots, a.clock.Now)
	if err != nil {
		return nil, nil, wrap("JACHETE_TSA", err)
	}
	own, err := a.keys.revocations()
	if err != nil {
		return nil, nil, err
	}
	return client, pdf.NewUpgrader(client, pades.Sources{own, &pades.Published{}}, a.clock), nil
}
