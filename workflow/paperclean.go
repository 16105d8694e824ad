package workflow

import "errors"

// cleanPaper tidies a request, or says all that is wrong with it.
func (s *Service) cleanPaper(r PaperRequest) (paperFacts, error) {
	var f fields
	facts := paperFacts{organisation: s.cleanOrganisation(r.Organisation, r.Kind, r.Place, r.NEQ, &f)}
	facts.signed = s.cleanPaperDate("signed", r.Signed, &f)
	facts.announced = s.cleanPaperDate("announced", r.Announced, &f)
	if r.Signed == "" && r.Announced == "" {
		f.add("signed", "date.paper-missing")
	}
	facts.signatory = Signatory{Name: optionalName("name", r.Signatory.Name, MaxName, &f),
		Function: optionalName("function", r.Signatory.Function, MaxFunction, &f)}
	var problem *FieldError
	facts.resolution, problem = CleanLine(r.Resolution, MaxNumber)
	f.check("number", problem)
	facts.source, problem = CleanLine(r.Source, MaxMessage)
	f.check("proof", problem)
	if problem == nil && facts.source == "" {
		f.add("proof", "paper.source-missing")
	}
	return facts, f.err()
}

func (s *Service) cleanPaperDate(field, typed string, f *fields) PaperDate {
	d, problem := ParsePaperDate(typed)
	f.check(field, problem)
	if d.Future(s.now()) {
		f.add(field, "date.paper-future")
	}
	return d
}

// optionalName is a name that may be unknown.
func optionalName(field, typed string, limit int, f *fields) string {
	if typed == "" {
		return ""
	}
	clean, problem := CleanName(typed, limit)
	f.check(field, problem)
	return clean
}

// together puts what two checks found wrong into one refusal.
func together(a, b error) error {
	var first, second *Error
	if !errors.As(a, &first) || !errors.As(b, &second) {
		if a == nil {
			return b
		}
		return a
	}
	return append(append(fields{}, first.Fields...), second.Fields...).err()
}
