package word

import "strings"

// anchor reads the notes and text boxes that the body refers to.
func (w *writer) anchor(d *document) error {
	w.notes = map[int]string{}
	if err := w.readNotes(d.entry(tableFootnoteRefs), d.entry(tableFootnoteTexts), d.parts[partFootnotes]); err != nil {
		return err
	}
	if err := w.readNotes(d.entry(tableEndnoteRefs), d.entry(tableEndnoteTexts), d.parts[partEndnotes]); err != nil {
		return err
	}
	return w.readBoxes(0, d.entry(tableAnchors), d.entry(tableBoxes), d.parts[partBoxes])
}

// anchorHeaders reads the text boxes that headers and footers refer to.
func (w *writer) anchorHeaders(d *document) error {
	return w.readBoxes(d.parts[partHeaders].start, d.entry(tableHeaderAnchors), d.entry(tableHeaderBoxes), d.parts[partHeaderBoxes])
}

// readNotes reads the notes of one kind by the positions that refer to them.
func (w *writer) readNotes(refs, texts block, part span) error {
	positions := newPLC(refs, 2)
	ranges := newPLC(texts, 0)
	total := 0
	for i := range min(positions.n, ranges.n) {
		note, err := w.d.newWriter().separate(span{part.start + ranges.at(i), min(part.start+ranges.at(i+1), part.end)})
		if err != nil {
			return err
		}
		if total += len(note); total > maxText {
			return ErrTooLarge
		}
		if note != "" {
			w.notes[positions.at(i)] = note
		}
	}
	return nil
}

// readBoxes reads the text boxes of a part by the positions of their anchors
// (MS-DOC 2.8.23, 2.8.37). Boxes of a group have no anchor that names them.
func (w *writer) readBoxes(offset int, anchors, texts block, part span) error {
	shapes := map[int]int{}
	positions := newPLC(anchors, 26)
	for i := range positions.n {
		shapes[positions.data(i).u32(0)] = offset + positions.at(i)
	}
	w.boxes = map[int]string{}
	boxes := newPLC(texts, 22)
	total := 0
	for i := range boxes.n {
		data := boxes.data(i)
		if data.u16(8) != 0 { // left for reuse
			continue
		}
		text, err := w.d.newWriter().separate(span{part.start + boxes.at(i), min(part.start+boxes.at(i+1), part.end)})
		if err != nil {
			return err
		}
		if total += len(text); total > maxText {
			return ErrTooLarge
		}
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if at, ok := shapes[data.u32(14)]; ok {
			w.boxes[at] = text
		} else {
			w.boxesLeft = append(w.boxesLeft, text)
		}
	}
	return nil
}
