package lint

// The objects of a PDF file as Go values: bool, int, float64 and nil stand for
// themselves.
type (
	name  string
	text  string // bytes of a string object
	ref   int    // object number; generations are always 0
	array []any
	dict  map[name]any
)

// stream is a stream object; data is decoded.
type stream struct {
	dict
	data []byte
}

// get follows references from v along keys; nil when something is missing.
func (d *document) get(v any, keys ...name) any {
	v = d.resolve(v)
	for _, key := range keys {
		v = d.resolve(d.dict(v)[key])
	}
	return v
}

func (d *document) resolve(v any) any {
	for range 8 { // no chain of ours is longer than one
		r, ok := v.(ref)
		if !ok {
			return v
		}
		v = d.objects[int(r)]
	}
	return nil
}

// dict gives the dictionary that v is or leads to, the one of a stream too.
func (d *document) dict(v any) dict {
	switch v := d.resolve(v).(type) {
	case dict:
		return v
	case *stream:
		return v.dict
	}
	return nil
}

func (d *document) array(v any) array {
	a, _ := d.resolve(v).(array)
	return a
}

func (d *document) stream(v any) *stream {
	s, _ := d.resolve(v).(*stream)
	return s
}

func (d *document) text(v any) string {
	s, _ := d.resolve(v).(text)
	return string(s)
}

// walk visits v and everything in it, without following references.
func walk(v any, visit func(any)) {
	visit(v)
	switch v := v.(type) {
	case array:
		for _, item := range v {
			walk(item, visit)
		}
	case dict:
		for _, item := range v {
			walk(item, visit)
		}
	case *stream:
		walk(v.dict, visit)
	}
}

// each visits everything in every object.
func (d *document) each(visit func(any)) {
	for _, body := range d.objects {
		walk(body, visit)
	}
}
