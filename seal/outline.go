package seal

import "fmt"

// Heading is a section of the pages, for the reader's outline: page from 1,
// millimetres from its top.
type Heading struct {
	Title string
	Page  int
	Y     float64
}

// outline makes the list of sections that readers show beside the pages. Its
// entries go to places and are no actions.
func (z *finisher) outline() error {
	if len(z.d.Outline) == 0 {
		return nil
	}
	pages, err := z.pages()
	if err != nil {
		return err
	}
	root := pdfDict{"Type": pdfName("Outlines"), "Count": num(len(z.d.Outline))}
	top := z.f.add(root)
	var items []pdfRef
	for _, h := range z.d.Outline {
		if h.Page < 1 || h.Page > len(pages) {
			return fmt.Errorf("heading %q on page %d of %d", h.Title, h.Page, len(pages))
		}
		page := pages[h.Page-1]
		rect, _, _ := place(z.f.dict(page), Field{Y: h.Y})
		items = append(items, z.f.add(pdfDict{"Title": text(h.Title), "Parent": top,
			"Dest": pdfArray{page, pdfName("XYZ"), num(0), rect[1], pdfNull{}}}))
	}
	for i, ref := range items {
		d := z.f.dict(ref)
		if i > 0 {
			d["Prev"] = items[i-1]
		}
		if i+1 < len(items) {
			d["Next"] = items[i+1]
		}
	}
	root["First"], root["Last"] = items[0], items[len(items)-1]
	z.catalog["Outlines"] = top
	return nil
}
