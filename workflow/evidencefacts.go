package workflow

import "jachete/workflow/evidence"

// evidence words the stored record for the evidence file. What the service
// does not know stays empty and is written null.
func (f signedRecord) evidence() evidence.Record {
	sig, cert := f.signature, f.certificate
	r := evidence.Record{
		ID: evidence.Text(sig.ID), Number: evidence.Text(cert.Number),
		Region:       place(sig.Organisation.RegionCode, sig.Organisation.RegionName),
		Organisation: f.evidenceOrganisation(), Signatory: f.evidenceSignatory(),
		Declaration: evidence.Declaration{
			ID: evidence.Text(sig.DeclarationID), Version: evidence.Text(sig.DeclarationVersion), Language: evidence.Text(French),
			Pages: evidence.Text(sig.Language), SHA256: evidence.Text(sig.DeclarationSHA256), Text: evidence.Text(f.declaration.TextFR),
		},
		Consent: consented(sig.Consent, sig.Publish),
		Review:  evidence.Text(sig.ReviewSHA256), SignedAt: instant(sig.SignedAt),
		PDF: evidence.PDF{
			Unsealed: evidence.Text(cert.UnsealedSHA256), SHA256: evidence.Text(cert.SHA256), Size: len(cert.PDF),
			Level: evidence.Text(cert.Level), SealedAt: instant(cert.SealedAt),
		},
		Commitment: evidence.Commitment{Status: evidence.Text(f.commitment.Status), Slug: evidence.Text(f.commitment.Slug)},
		Retention:  evidence.Retention{Class: "commitment", Years: retentionYears},
		File:       cert.PDF, Events: f.events, Transfers: f.transfers(), Extract: f.extract.Content, Drawn: cert.Content.Drawing,
	}
	f.addSeen(&r)
	f.addMail(&r)
	for _, act := range sig.Acts {
		r.Signatories = append(r.Signatories, act.evidence())
	}
	return r
}

func (f signedRecord) evidenceOrganisation() evidence.Organisation {
	o := f.signature.Organisation
	return evidence.Organisation{
		ID: evidence.Text(f.signature.OrganisationID), Invited: evidence.Text(f.invitation.Organisation.Name),
		Entered: evidence.Text(f.invitation.Details.Organisation), Name: evidence.Text(o.Name), Kind: evidence.Text(o.Kind),
		Municipality: evidence.Text(o.MunicipalityCode), MRC: place(o.MRCCode, o.MRCName), NEQ: evidence.Text(o.NEQ),
	}
}

func (f signedRecord) evidenceSignatory() evidence.Signatory {
	res := f.signature.Resolution
	authority := evidence.Text("resolution")
	if res.IsZero() {
		authority = "function"
	}
	return evidence.Signatory{
		Name: evidence.Text(f.signature.Signatory.Name), Function: evidence.Text(f.signature.Signatory.Function), Authority: authority,
		Resolution: evidence.Resolution{Number: evidence.Text(res.Number), Date: evidence.Text(res.Date), Body: evidence.Text(res.Body),
			Sitting: evidence.Text(res.Sitting), Extract: evidence.Text(res.ExtractSHA256)},
		Drawing: evidence.Text(f.signature.DrawingSHA256),
	}
}

// addSeen tells what was seen of the browser and of the program.
func (f signedRecord) addSeen(r *evidence.Record) {
	seen := f.signature.Evidence
	r.Network = evidence.Network{IP: evidence.Text(seen.IP), Chain: evidence.Text(seen.Forwarded), Port: evidence.Text(seen.Port)}
	r.Browser = evidence.Browser{UserAgent: evidence.Text(seen.UserAgent), AcceptLanguage: evidence.Text(seen.AcceptLanguage)}
	r.Session = evidence.Session{Hash: evidence.Text(f.signature.SessionHash), Instance: evidence.Text(seen.Service.Instance), Request: evidence.Text(seen.RequestID)}
	r.Service = evidence.Service{Version: evidence.Text(seen.Service.Version), Commit: evidence.Text(seen.Service.Commit), Build: evidence.Text(seen.Service.SHA256)}
	r.Clock = evidence.Clock{Source: evidence.Text(seen.Clock.Source), Offset: evidence.Text(seen.Clock.Offset), MaximumError: evidence.Text(seen.Clock.MaximumError)}
	r.Code = evidence.Code{SentAt: instant(seen.CodeSentAt), Answer: evidence.Text(f.codeAnswer()), Failed: f.count("code.failed"), ConfirmedAt: instant(seen.CodeConfirmedAt)}
}

// addMail tells who was invited, and what became of each mail.
func (f signedRecord) addMail(r *evidence.Record) {
	seen, mail := f.signature.Evidence, f.invitationMail()
	r.Invited = evidence.Invited{
		Email: evidence.Text(seen.Email), Commitment: evidence.Text(f.emailCommitment()),
		ByID: evidence.Text(f.invitation.CreatedBy), ByName: evidence.Text(f.inviter.Name), At: instant(seen.InvitedAt),
	}
	r.Invitation = evidence.Invitation{
		ID: evidence.Text(f.signature.InvitationID), CreatedAt: instant(seen.InvitedAt), MailedAt: instant(seen.MailedAt),
		Answer: evidence.Text(mail.Answer), MessageID: evidence.Text(mail.MessageID),
		Opened: f.count("link.opened"), Shown: f.count("ceremony.link-shown"), Ceremony: seen.Ceremony, ConsultedAt: instant(seen.ConsultedAt),
	}
	for _, d := range f.deliveries {
		r.Deliveries = append(r.Deliveries, evidence.Delivery{
			Kind: evidence.Text(d.Kind), Recipient: evidence.Text(d.Recipient), MessageID: evidence.Text(d.MessageID),
			State: evidence.Text(d.State), Answer: evidence.Text(d.Answer), QueuedAt: instant(d.CreatedAt), EndedAt: instant(d.FinishedAt),
		})
	}
}

func consented(wording string, p Publish) evidence.Consent {
	return evidence.Consent{Wording: evidence.Text(wording), SHA256: evidence.Text(TextSHA256(wording)), Given: true, // no signature without
		Publish: p.Signatory, Bulletins: p.Newsletter, Quote: evidence.Text(p.Quote), Logo: evidence.Text(p.Logo)}
}

// evidence words the act of one of several.
func (a Act) evidence() evidence.Cosigned {
	seen := a.Evidence
	return evidence.Cosigned{
		Seat: evidence.Text(a.Seat), Name: evidence.Text(a.Signatory.Name), Function: evidence.Text(a.Signatory.Function),
		Consent: consented(a.Consent, a.Publish), Drawing: evidence.Text(a.DrawingSHA256), Email: evidence.Text(seen.Email), AskedAt: instant(seen.InvitedAt), ConsultedAt: instant(seen.ConsultedAt),
		CodeSentAt: instant(seen.CodeSentAt), ConfirmedAt: instant(seen.CodeConfirmedAt), Review: evidence.Text(a.ReviewSHA256), SignedAt: instant(a.SignedAt),
		Network: evidence.Network{IP: evidence.Text(seen.IP), Chain: evidence.Text(seen.Forwarded), Port: evidence.Text(seen.Port)},
		Browser: evidence.Browser{UserAgent: evidence.Text(seen.UserAgent), AcceptLanguage: evidence.Text(seen.AcceptLanguage)},
		Session: evidence.Session{Hash: evidence.Text(a.SessionHash), Instance: evidence.Text(seen.Service.Instance), Request: evidence.Text(seen.RequestID)},
	}
}

func place(code, name string) evidence.Place {
	return evidence.Place{Code: evidence.Text(code), Name: evidence.Text(name)}
}
