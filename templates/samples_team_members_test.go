package templates

import (
	"jachete/workflow"
)

func memberSamples(team TeamFrame) []Page {
	staff := workflow.Staff{ID: "S", Name: long, Email: "a@example.org", Role: workflow.RoleAgent, Poles: []string{"pole-exemple", "ailleurs"}, CreatedAt: sampleTime}
	admin := staff
	admin.Role, admin.Disabled = workflow.RoleAdmin, true
	open, closed := workflow.Colleague{Staff: staff, Enrolled: true}, workflow.Colleague{Staff: admin}
	poles := map[string]string{"pole-exemple": long}
	form := MemberForm{Email: long, Name: long, Role: workflow.RoleAgent, Poles: []Option{{"a", long, true}, {"b", "B", false}}}
	events := []TeamEvent{{At: sampleTime, Type: "staff.added", Actor: "staff"}, {At: sampleTime, Type: "delivery.failed", Mail: workflow.DeliveryWelcome, Actor: "system", Answer: long}}
	team.Here = "members"
	return append([]Page{
		&TeamMembers{TeamFrame: TeamFrame{}}, &TeamMembers{TeamFrame: team, Members: []workflow.Colleague{open, closed}, Poles: poles},
		&TeamMembers{TeamFrame: team, Members: []workflow.Colleague{open, closed}, Poles: poles, Manager: true},
		&TeamMemberNew{TeamFrame: team, Form: form}, &TeamMemberNew{TeamFrame: TeamFrame{Frame: wrong("name", "email", "role", "pole")}, Form: form},
		&TeamMember{TeamFrame: team, Member: open, Poles: poles},
		&TeamMember{TeamFrame: team, Member: open, Form: form, Manager: true, Events: events, Done: "saved"},
		&TeamMember{TeamFrame: team, Member: closed, Form: form, Manager: true, Done: "closed"},
		&TeamMember{TeamFrame: TeamFrame{Frame: wrong("name", "role", "pole")}, Member: open, Form: form, Manager: true, Self: true},
	}, ownSamples(team, staff)...)
}

// ownSamples are the pages about oneself and one's pôle.
func ownSamples(team TeamFrame, staff workflow.Staff) []Page {
	browsers := []workflow.SignedBrowser{{Handle: "0123456789abcdef", Here: true, Browser: "Firefox, Windows", CreatedAt: sampleTime, SeenAt: sampleTime},
		{Handle: "fedcba9876543210", CreatedAt: sampleTime, SeenAt: sampleTime}}
	withLogo := samplePole
	withLogo.Logo = sampleHash
	form := workflow.PoleForm{Name: long, Short: long, Contact: workflow.PoleContact{PostalAddress: long, Privacy: long, SenderName: long}}
	key := []string{"ABCD", "EFGH"}
	return []Page{
		&TeamProfile{TeamFrame: team, Staff: staff, Poles: []workflow.Pole{samplePole, {Name: long}}, Browsers: browsers[:1]},
		&TeamProfile{TeamFrame: team, Staff: staff, Enrolled: true, Browsers: browsers, Done: "replaced"},
		&TeamAuthenticator{TeamFrame: team, Key: key, QR: "M4 4h1v1h-1z", QRSize: 9},
		&TeamAuthenticator{TeamFrame: TeamFrame{Frame: wrong("current", "code")}, Replace: true, Current: long, Code: long, Key: key, QR: "M4 4h1v1h-1z", QRSize: 9},
		&TeamPole{TeamFrame: team, Pole: samplePole}, &TeamPole{TeamFrame: team, Pole: withLogo, Done: "logo"},
		&TeamPole{TeamFrame: team, Pole: withLogo, Form: form, Editor: true, Manager: true, Done: "saved"},
		&TeamPole{TeamFrame: TeamFrame{Frame: wrong("name", "short", "address", "phone", "email", "sender", "privacy", "logo")}, Pole: samplePole, Form: form, Editor: true, Manager: true},
		&Pole{Pole: withLogo}, &Text{Name: "privacy", Pole: withLogo}, &Text{Name: "privacy", Pole: workflow.Pole{Slug: "a", Name: long, Contact: form.Contact}},
	}
}
