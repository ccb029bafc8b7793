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
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
	{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>`},
}

// Typefaces and sizes of GB/T 9704: half points.
const (
	faceTitle, sizeTitle = "方正小标宋简体", 44
	faceBody, sizeBody   = "仿宋_GB2312", 32
	faceHead             = "黑体"
	sizeTable            = 21
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
	foot := `<w:ftr ` + wordSpace + `>` + wordPara("center", 0, wordRun(strings.Join(o.Marks, "　")+"　第 ", faceBody, 18, false)+wordField("PAGE")+wordRun(" 页　共 ", faceBody, 18, false)+wordField("NUMPAGES")+wordRun(" 页", faceBody, 18, false)) + `</w:ftr>`
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
	b.WriteString(wordPara("center", 0, wordRun(o.Title, faceTitle, sizeTitle, false)))
	if o.Number != "" {
		b.WriteString(wordPara("center", 0, wordRun(o.Number, faceBody, sizeBody, false)))
	}
	if o.To != "" {
		b.WriteString(wordPara("left", 0, wordRun(o.To+"：", faceBody, sizeBody, false)))
	}
	for _, x := range o.Blocks {
		face := faceBody
		if x.Head {
			face = faceHead
		}
		b.WriteString(wordPara("both", 2, wordRun(x.Text, face, sizeBody, false)))
	}
	for i, a := range o.Annexes {
		b.WriteString(wordPara("left", 2, wordRun(fmt.Sprintf("附件%d：%s", i+1, a.Title), faceBody, sizeBody, false)))
	}
	for _, t := range []string{"", o.Signer, o.Date, "（盖章处）"} {
		b.WriteString(wordPara("right", 0, wordRun(t, faceBody, sizeBody, false)))
	}
	for i, a := range o.Annexes {
		b.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
		b.WriteString(wordPara("left", 0, wordRun(fmt.Sprintf("附件%d", i+1), faceHead, sizeBody, false)))
		b.WriteString(wordPara("center", 0, wordRun(a.Title, faceTitle, 36, false)))
		b.WriteString(a.word())
	}
	b.WriteString(`<w:sectPr><w:footerReference w:type="default" r:id="rId1"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:bottom="1984" w:left="1588" w:right="1474" w:header="851" w:footer="992" w:gutter="0"/><w:docGrid w:type="linesAndChars" w:linePitch="579"/></w:sectPr></w:body></w:document>`)
	return b.String()
}

// word is the annex as a table whose head repeats on every page.
func (a Annex) word() string {
	if len(a.Rows) == 0 {
		return wordPara("left", 0, wordRun("（无）", faceBody, sizeBody, false))
	}
	var b strings.Builder
	line := func(n string) string { return `<w:` + n + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>` }
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>` + line("top") + line("left") + line("bottom") + line("right") + line("insideH") + line("insideV") + `</w:tblBorders></w:tblPr><w:tblGrid>`)
	for _, mm := range a.Wide {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, int(mm*54))
	}
	b.WriteString(`</w:tblGrid>`)
	row := func(cells []string, head bool) {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if head {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		for i, c := range cells {
			fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, int(a.Wide[i]*54))
			b.WriteString(wordPara("left", 0, wordRun(c, faceBody, sizeTable, head)) + `</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	row(a.Heads, true)
	for _, r := range a.Rows {
		row(r, false)
	}
	b.WriteString(`</w:tbl>`)
	return b.String()
}

// wordPara is a paragraph; indent is in characters of the first line.
func wordPara(align string, indent int, runs string) string {
	in := ""
	if indent > 0 {
		in = fmt.Sprintf(`<w:ind w:firstLineChars="%d" w:firstLine="%d"/>`, indent*100, indent*320)
	}
	return `<w:p><w:pPr>` + in + `<w:jc w:val="` + align + `"/></w:pPr>` + runs + `</w:p>`
}

func wordRun(text, face string, half int, bold bool) string {
	b := ""
	if bold {
		b = "<w:b/>"
	}
	var safe strings.Builder
	_ = xml.EscapeText(&safe, []byte(text)) // a strings.Builder does not fail
	return fmt.Sprintf(`<w:r><w:rPr><w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[1]s"/>%[2]s<w:sz w:val="%[3]d"/></w:rPr><w:t xml:space="preserve">%[4]s</w:t></w:r>`, face, b, half, safe.String())
}

// wordField is a number that the reader's program counts.
func wordField(name string) string {
	return `<w:fldSimple w:instr=" ` + name + ` ">` + wordRun("1", faceBody, 18, false) + `</w:fldSimple>`
}
