package report

import (
	"image"

	"github.com/boombuler/barcode/qr"
)

// QRCode is a text as a QR code, one pixel a module.
func QRCode(text string) (image.Image, error) { return qr.Encode(text, qr.M, qr.Auto) }

// qrAhead begins the code of a record's hash while the pages are laid out: its masks
// are a tenth of the work of a sheet, and depend on nothing else.
func qrAhead(hash string) func() (image.Image, error) {
	type made struct {
		image image.Image
		err   error
	}
	done := make(chan made, 1)
	go func() {
		img, err := QRCode("xunping:" + hash)
		done <- made{img, err}
	}()
	return func() (image.Image, error) { m := <-done; return m.image, m.err }
}

// verifying tells the liaison in four steps how to check the sheet, without
// and with our program, beside a QR code of the record's hash. A sheet that is
// not signed has nothing to check.
func (k *card) verifying() error {
	if k.c.Hash == "" {
		return nil
	}
	const side, gap = 30.0, 4.0
	steps := []string{
		"一、对照纸面：每页页脚的“记录”短码，应是右边哈希的前 16 位，也是二维码里哈希的前 16 位。各页不同，就不是同一份表。",
		"二、打开电子文件（不是扫描件）：用普通 PDF 阅读器查看签名。第一次要导入大数据主管部门的根证书，并当面或打电话核对根证书的指纹。应显示：签名有效，签名之后没有改动。",
		"三、核对签名人和得分：xunpingctl verify 文件 --roster 名册 --root 根指纹 --pages，或程序菜单“文件—核验评分表”。会列出签名人、在名册中的角色、重新计算的总分，以及版面与记录是否一致。",
		"四、核对记录本身：从 PDF 的附件中取出 inspection.json，它的 SHA-256 应等于右边的哈希。其中写着每一处扣分、依据和佐证的哈希。",
	}
	code, err := k.code()
	if err != nil {
		return err
	}
	k.head("如何核验", 60)
	top := k.y
	k.font(8.5, false)
	for _, s := range steps {
		lines := k.wrap(s, textWidth-side-gap)
		k.lines(marginLeft, k.y, textWidth-side-gap, lines, "L")
		k.y += float64(len(lines))*k.lineHeight() + 1
	}
	x := pageWidth - marginRight - side
	k.squares(x, top, side, code.Bounds().Dx(), func(i, j int) bool {
		r, _, _, _ := code.At(i, j).RGBA()
		return r == 0
	})
	k.font(6.5, false)
	y := top + side + 1
	for at := 0; at < len(k.c.Hash); at += 16 {
		k.text(x, y, side, k.c.Hash[at:at+16], "C")
		y += k.lineHeight()
	}
	k.y = max(k.y, y)
	return nil
}

// squares draws a square of n by n modules; runs of black ones in a row are one
// rectangle.
func (p *pen) squares(x, y, side float64, n int, black func(i, j int) bool) {
	size := side / float64(n)
	p.pdf.SetFillColor(0, 0, 0)
	for j := range n {
		for i := 0; i < n; i++ {
			from := i
			for i < n && black(i, j) {
				i++
			}
			if i > from {
				p.pdf.Rect(x+float64(from)*size, y+float64(j)*size, float64(i-from)*size, size, "F")
			}
		}
	}
}
