package report

import (
	"fmt"
	"sort"
	"strings"
)

// opinion is room for what the unit wants to say, by pen.
func (k *card) opinion() {
	k.head("被检查单位意见", 34)
	k.font(9, false)
	k.text(marginLeft, k.y, textWidth, "对上述检查情况：　同意（　）　有异议（　）。理由：", "L")
	k.y += k.lineHeight() + 1
	for range 3 {
		k.y += 8
		k.hline(marginLeft, pageWidth-marginRight, k.y)
	}
	k.y += 3
}

// signatures are the blocks for pens, with the places of the electronic
// signatures in them.
func (k *card) signatures() {
	const h = 30.0
	w := textWidth / 2
	k.need(3*h + 22)
	k.head("签名", 3*h+14)
	k.font(8.5, false)
	blocks := []struct{ words, field string }{
		{"检查员（签名）", "inspector"}, {"检查员（签名）", "coinspector"},
		{"被检查单位负责人（签名）", ""}, {"联络员（签名）", ""},
		{"被检查单位（盖章处）", ""}, {"大数据主管部门（盖章处）", "bureau"},
	}
	for i, b := range blocks {
		x, y := marginLeft+float64(i%2)*w, k.y+float64(i/2)*h
		k.rect(x, y, w, h)
		k.text(x+2, y+1.5, w-4, b.words, "L")
		k.text(x+2, y+h-k.lineHeight()-1.5, w-4, "年　　月　　日", "R")
		if b.field != "" {
			k.fields = append(k.fields, Field{Name: b.field, Page: k.pdf.PageNo(), X: x + 3, Y: y + 8, W: 54, H: 14})
		}
	}
	k.y += 3*h + 2
	k.font(8, false)
	k.para("本表一式两份，一份由大数据主管部门备案，一份交被检查单位。电子签名的证书由大数据主管部门自建的根签发，时间由签名人自称、未经第三方证明，不是电子印章。")
	if k.c.Hash != "" {
		k.para("检查记录 SHA-256：" + groups(k.c.Hash))
	}
}

// groups writes a hash in groups of eight, to be compared by eye.
func groups(hash string) string {
	var out []string
	for len(hash) > 8 {
		out, hash = append(out, hash[:8]), hash[8:]
	}
	return strings.Join(append(out, hash), " ")
}

// evidenceList names every piece of evidence with its number.
func (k *card) evidenceList() {
	if len(k.r.Evidence) == 0 {
		return
	}
	k.head("佐证清单", 20)
	t := &table{p: k.pen, size: 8.5, columns: []column{{"序号", 12, "C"}, {"名称与说明", 83, "L"}, {"大小", 25, "R"}, {"短码", 45, "L"}}}
	t.begin()
	for i, e := range k.r.Evidence {
		name := e.Name
		if e.Caption != "" {
			name += "：" + e.Caption
		}
		t.row(cell{text: fmt.Sprint(i + 1)}, cell{text: name}, cell{text: bytesWord(e.Bytes)}, cell{text: short(e.SHA256)})
	}
}

func bytesWord(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d.%d MiB", n>>20, (n&(1<<20-1))*10>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}

// lacking says which characters could not be printed.
func (k *card) lacking() {
	if len(k.missing) == 0 {
		return
	}
	var codes []string
	for r := range k.missing {
		codes = append(codes, fmt.Sprintf("U+%04X", r))
	}
	sort.Strings(codes)
	k.font(8, false)
	k.para("〓 代表字库没有的字（" + strings.Join(codes, "、") + "），原字见文件内的电子记录。")
}
