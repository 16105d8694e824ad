package territory

// designations words the legal status of municipalities.
var designations = map[string]string{
	"V": "ville", "M": "municipalité", "P": "paroisse", "CT": "canton", "CU": "cantons unis",
	"VL": "village", "VN": "village nordique", "VC": "village cri", "VK": "village naskapi",
	"GR": "gouvernement régional",
}

// Label is the municipality's name; where another bears the same, its MRC is
// beside it, « Nom (MRC) », and where both lie in one MRC, as nine pairs do,
// its status too, « Nom (MRC, canton) ».
func (a *Atlas) Label(m Municipality) string {
	if a.names[m.Name] < 2 {
		return m.Name
	}
	where := m.Division
	if mrc, ok := a.mrcByCode[m.MRCCode]; ok {
		where = mrc.Name
	}
	if a.names[m.Name+"\x00"+m.MRCCode] > 1 {
		where += ", " + designations[m.Designation]
	}
	return m.Name + " (" + where + ")"
}
