package mail

import "jachete/workflow"

// leave puts in what a mail tells of an invitation that was passed on or
// declined. A page uses "to-pole" as a condition, and one for each reason of a
// refusal: "refused-council".
func (v values) leave(m workflow.MailContent) {
	v["passed-on-by"], v["passed-on-function"] = oneLine(m.PassedOnBy.Name), oneLine(m.PassedOnBy.Function)
	v["successor"], v["successor-function"] = oneLine(m.Successor.Name), oneLine(m.Successor.Function)
	v["transfer-reason"] = unlink(oneLine(m.TransferReason))
	v["refusal"] = unlink(manyLines(m.Refusal.Words))
	v["to-pole"] = ""
	if m.ToPole {
		v["to-pole"] = "1"
	}
	for _, reason := range workflow.RefusalReasons {
		v["refused-"+string(reason)] = ""
	}
	if m.Refusal.Reason != "" {
		v["refused-"+string(m.Refusal.Reason)] = string(m.Refusal.Reason)
	}
}
