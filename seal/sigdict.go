package seal

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"time"
)

// room is how many bytes a signature of this certificate's key gets: the
// certificate travels in it, its issuer twice more, and 300 bytes of structure.
func room(c *x509.Certificate) int {
	size := 72
	if k, ok := c.PublicKey.(*rsa.PublicKey); ok {
		size = k.Size()
	}
	return (len(c.Raw) + 2*len(c.RawIssuer) + size + 400 + 255) / 256 * 256
}

const rangeWidth = 48

// sigObject is the signature dictionary with room for range and contents. The
// first signature certifies the document: later ones may fill signature
// fields, nothing else (DocMDP level 2).
func sigObject(c *x509.Certificate, when time.Time, certify bool) []byte {
	var b bytes.Buffer
	b.WriteString("<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M ")
	writeObj(&b, pdfString{data: []byte(pdfDate(when))})
	b.WriteString(" /Name ")
	writeObj(&b, text(Holder(c).Name))
	if certify {
		b.WriteString(" /Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P 2 /V /1.2>>>>]")
	}
	b.WriteString(" /ByteRange ")
	b.Write(bytes.Repeat([]byte{' '}, rangeWidth))
	b.WriteString(" /Contents <")
	b.Write(bytes.Repeat([]byte{'0'}, 2*room(c)))
	b.WriteString(">>>")
	return b.Bytes()
}

// signInPlace fills range and contents of the signature object that begins at
// offset at; the file's bytes end with this revision.
func signInPlace(file []byte, at int, s Signer) error {
	open := bytes.Index(file[at:], []byte(" /Contents <"))
	if open < 0 {
		return fmt.Errorf("no room for the signature")
	}
	open += at + len(" /Contents ")
	reserved := room(s.Certificate())
	end := open + 2*reserved + 2
	at = open - len(" /Contents ") - rangeWidth
	r := fmt.Sprintf("[0 %d %d %d]", open, end, len(file)-end)
	copy(file[at:at+rangeWidth], r)
	signed := make([]byte, 0, len(file)-(end-open))
	signed = append(append(signed, file[:open]...), file[end:]...)
	der, err := s.SignCMS(signed)
	if err != nil {
		return err
	}
	if len(der) > reserved {
		return fmt.Errorf("signature of %d bytes does not fit", len(der))
	}
	hex.Encode(file[open+1:], der)
	return nil
}

// pdfDate is a time as PDF writes it.
func pdfDate(t time.Time) string {
	_, offset := t.Zone()
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return fmt.Sprintf("D:%s%c%02d'%02d'", t.Format("20060102150405"), sign, offset/3600, offset/60%60)
}

// parseDate reads what pdfDate wrote and gives RFC 3339; "" if it is not that.
func parseDate(s string) string {
	if len(s) != 23 || s[:2] != "D:" || s[19] != '\'' || s[22] != '\'' {
		return ""
	}
	t, err := time.Parse("20060102150405-0700", s[2:19]+s[20:22])
	if err != nil {
		return ""
	}
	return t.Format(time.RFC3339)
}
