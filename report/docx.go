package report

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// A DOCX of the few parts that a 公文 needs, written by hand: no library for it is
// both kept up and small. Fonts are named, not embedded; a machine without them
// shows its own.

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

var docxParts = []struct{ name, text string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
	{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
	{"word/styles.xml", `<w:styles ` + wordSpace + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="` + faceBody + `" w:hAnsi="` + faceBody + `" w:eastAsia="` + faceBody + `"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`},
}

// Typefaces and sizes of GB/T 9704: half points.
const (
	faceTitle, sizeTitle = "方正小标宋简体", 44
	faceBody, sizeBody   = "仿宋_GB2312", 32
	faceHead             = "黑体"
	sizeForm             = 24
	sizeTable            = 21
	sizeAnnex            = 18
	wordLine             = 8844 // twentieths of a point in 156 mm
	wordChar             = wordLine / 28
)

// WriteOfficial writes the document as DOCX: A4, margins 37, 35, 28 and 26 mm, 22
// lines of 28 characters a page.
func WriteOfficial(w io.Writer, o Official) error {
	z := zip.NewWriter(w)
	put := func(name, text string) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate}) // without a time: equal input, equal bytes
		if err == nil {
			_, err = io.WriteString(f, xml.Header+text)
		}
		return err
	}
	for _, p := range docxParts {
		if err := put(p.name, p.text); err != nil {
			return fmt.Errorf("docx: %w", err)
		}
	}
	foot := `<w:ftr ` + wordSpace + `>` + wordPara("center", 0, wordRun(strings.TrimLeft(strings.Join(o.Marks, "　")+"　第 ", "　"), faceBody, 18, false)+wordField("PAGE")+wordRun(" 页　共 ", faceBody, 18, false)+wordField("NUMPAGES")+wordRun(" 页", faceBody, 18, false)) + `</w:ftr>`
	if err := put("word/footer1.xml", foot); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	if err := put("word/document.xml", o.word()); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	return nil
}

// word is the main part.
func (o Official) word() string {
	var b strings.Builder
	b.WriteString(`<w:document ` + wordSpace + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`)
	text := func(align string, indent int, s string) {
		b.WriteString(wordPara(align, indent, wordRun(s, faceBody, sizeBody, false)))
	}
	b.WriteString(wordPara("center", 0, wordRun(o.Title, faceTitle, sizeTitle, false)))
	if o.Number != "" {
		text("center", 0, o.Number)
	}
	text("center", 0, "")
	if o.To != "" {
		text("left", 0, o.To+"：")
	}
	for i, x := range o.Blocks {
		keep := ""
		if x.Head || o.closing(i) {
			keep = "<w:keepNext/><w:keepLines/>"
		}
		switch {
		case x.Table != nil && len(x.Table.Heads) == 0:
			b.WriteString(x.Table.word(sizeForm))
		case x.Table != nil:
			b.WriteString(x.Table.word(sizeTable))
		case x.Head:
			b.WriteString(wordParaOf(keep, "left", 2, wordRun(x.Text, faceHead, sizeBody, false)))
		default:
			b.WriteString(wordParaOf(keep, "left", 2, wordRun(x.Text, faceBody, sizeBody, false)))
		}
	}
	b.WriteString(o.wordSigned())
	for i, a := range o.Annexes {
		b.WriteString(`<w:p><w:pPr><w:pageBreakBefore/></w:pPr>` + wordRun(annexName(i+1, len(o.Annexes)), faceHead, sizeBody, false) + `</w:p>`)
		b.WriteString(wordPara("center", 0, wordRun(a.Title, faceTitle, 36, false)))
		if len(a.Rows) == 0 {
			text("left", 0, "（无）")
			continue
		}
		b.WriteString(a.Table.word(sizeAnnex))
	}
	b.WriteString(`<w:sectPr><w:footerReference w:type="default" r:id="rId1"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1361" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// wordSigned is who signs and when: the day four characters before the edge, the
// name over its middle.
func (o Official) wordSigned() string {
	var b strings.Builder
	if o.Signer != "" || o.Date != "" {
		const keep = "<w:keepNext/>"
		for i, a := range o.Annexes {
			b.WriteString(wordParaOf(keep, "left", 2, wordRun(annexName(i+1, len(o.Annexes))+"："+a.Title, faceBody, sizeBody, false)))
		}
		b.WriteString(wordParaOf(keep, "right", 0, "") + wordParaOf(keep, "right", 0, ""))
		middle := 8 + units(o.Date)/2 // half characters before the edge
		for _, s := range []string{o.Signer, o.Date, "（盖章处）"} {
			b.WriteString(fmt.Sprintf(`<w:p><w:pPr><w:keepNext/><w:ind w:right="%d"/><w:jc w:val="right"/></w:pPr>`, max(middle-units(s)/2, 0)*wordChar/2) +
				wordRun(s, faceBody, sizeBody, false) + `</w:p>`)
		}
	}
	for _, s := range o.After {
		b.WriteString(wordPara("left", 0, wordRun(s, faceBody, sizeBody, false)))
	}
	return b.String()
}

// word is the table; its heads repeat on every page.
func (t Table) word(half int) string {
	var b strings.Builder
	line := func(n string) string { return `<w:` + n + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>` }
	fmt.Fprintf(&b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblInd w:w="60" w:type="dxa"/><w:tblBorders>`, wordLine)
	b.WriteString(line("top") + line("left") + line("bottom") + line("right") + line("insideH") + line("insideV") + `</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	wide, sum := make([]int, len(t.Wide)), 0.0
	for _, w := range t.Wide {
		sum += w
	}
	for i, w := range t.Wide {
		wide[i] = int(w * wordLine / sum)
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, wide[i])
	}
	b.WriteString(`</w:tblGrid>`)
	row := func(cells []string, head bool) {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if head {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		for i, c := range cells {
			fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, wide[i])
			for part := range strings.SplitSeq(c, "\n") {
				b.WriteString(`<w:p><w:pPr><w:snapToGrid w:val="0"/></w:pPr>` + wordRun(part, faceBody, half, head || len(t.Heads) == 0 && i == 0) + `</w:p>`)
			}
			b.WriteString(`</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	if len(t.Heads) > 0 {
		row(t.Heads, true)
	}
	for _, r := range t.Rows {
		row(r, false)
	}
	b.WriteString(`</w:tbl>`)
	return b.String()
}

// wordPara is a paragraph; indent is in characters of the first line.
func wordPara(align string, indent int, runs string) string {
	return wordParaOf("", align, indent, runs)
}

// wordParaOf is one with other properties before these.
func wordParaOf(keep, align string, indent int, runs string) string {
	in := ""
	if indent > 0 {
		in = fmt.Sprintf(`<w:ind w:firstLineChars="%d" w:firstLine="%d"/>`, indent*100, indent*320)
	}
	return `<w:p><w:pPr>` + keep + in + `<w:jc w:val="` + align + `"/></w:pPr>` + runs + `</w:p>`
}

func wordRun(text, face string, half int, bold bool) string {
	b := ""
	if bold {
		b = "<w:b/>"
	}
	if half == sizeBody {
		b += `<w:spacing w:val="-5"/>` // 28 characters of 16 pt are 2 mm more than a line has; programs differ in what a grid of characters does
	}
	var safe strings.Builder
	_ = xml.EscapeText(&safe, []byte(text)) // a strings.Builder does not fail
	return fmt.Sprintf(`<w:r><w:rPr><w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[1]s"/>%[2]s<w:sz w:val="%[3]d"/></w:rPr><w:t xml:space="preserve">%[4]s</w:t></w:r>`, face, b, half, safe.String())
}

// wordField is a number that the reader's program counts.
func wordField(name string) string {
	return `<w:fldSimple w:instr=" ` + name + ` ">` + wordRun("1", faceBody, 18, false) + `</w:fldSimple>`
}
