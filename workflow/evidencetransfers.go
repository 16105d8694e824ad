package workflow

import "jachete/workflow/evidence"

// transfers tells who was invited before whoever signed, as it was kept when
// that person did.
func (f signedRecord) transfers() []evidence.Transfer {
	list := []evidence.Transfer{}
	for _, t := range f.signature.Evidence.Transfers {
		list = append(list, evidence.Transfer{Invitation: evidence.Text(t.Invitation), Name: evidence.Text(t.Name), Function: evidence.Text(t.Function),
			Email: evidence.Text(t.Email), InvitedAt: instant(t.InvitedAt), PassedAt: instant(t.PassedAt), Reason: evidence.Text(t.Reason)})
	}
	return list
}
