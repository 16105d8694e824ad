package storetest

import (
	"reflect"
	"runtime"
	"strings"
	"testing"

	"jachete/workflow"
)

// Run holds a store to its port. open gives a new, empty, migrated store each
// time and closes it when its test ends.
func Run(t *testing.T, open func(t *testing.T) workflow.Store) {
	for _, test := range []func(*testing.T, *world){
		poles, polesConflict, declarations, variants, campaigns, organisations, organisationsAlike,
		invitations, everyState, moveIsConditional, triesOutliveMoves, invitationList, invitationSearch,
		invitationCounts, expiredInvitations, codeTriesAreExact,
		signingSessions, seats, codes, codeTriesCountOnce, codeUsedOnce, rates, ratesAreExact, purge,
		signatures, certificates, revisions, damagedCertificate,
		register, registerFilters, registerSearch, registerOrder, registerInTransaction, registerEmbargo,
		embargoMoves, embargoMovesInTransaction, campaignCommitments, campaignIsKept, invitationsOfCampaign,
		deliveries, deliveryKeys, claimOnce, claimAgainAfterLease, leaseFences, cancelDeliveries, bounceDeliveries,
		suppressions, suppressionReasons, dueReminders, moveReminders, remindedBefore,
		staff, staffConflict, totpStepsOnlyGrow, staffSessions,
		journalEntries, journalNeverForks, journalTakesLaterTime, checkpoints,
		drafts, draftRevisions, declarationList, logos, standingCommitments, dueFollowUps, followUps, invitationsOfCommitted, replaced, holdsTakeTurns, ownSessions,
		nothingFound, rollback, rollbackOnPanic, failureSpoilsTransaction, readsSeeCommittedOnly, unstorableText,
		signOnce, cancelledContext,
		batches, batchConfirmedOnce, batchLease, batchSettled, batchesPurged, many, standing,
		invitationFilters, invitationOrders, invitationListInTransaction, invitationListFollows, invitationListAtOnce,
		invitationActivity, surveyCounts, surveyLists, needsAHand, remindersInList, liveMunicipalities, signedBefore,
		exportInvitations, exportCommitments,
		signaturesFrom, publication, certificateSessions, corrections, withdrawnLines, withdrawnBeforePublic, retrievalsForgotten,
		papers, paperScans, paperWithdrawn, paperFilters, paperYears, batchFinishedOnce,
		extracts, commitmentLogos,
		paperNumbers, registerStatus, registerByDate, countsWithin, showcaseEdition, announcedCeremonies,
		suppliers, suppliersOnce, supplierRevisions, supplierFilters,
		dailySnapshots, latestCommitments, eachInOrder,
		requests, requestLists, requestsForgotten,
		forgettable, forgetsInvitation, oldMails, openingsForgotten, mailboxForgotten, namingMailbox,
	} {
		t.Run(nameOf(test), func(t *testing.T) { test(t, newWorld(t, open(t))) })
	}
}

func nameOf(f any) string {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	return name[strings.LastIndexByte(name, '.')+1:]
}
