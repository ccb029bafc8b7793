package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
)

// Another tool may write a scorecard anew: saved, optimised, printed to. The
// page signature is destroyed then, but the embedded files often are not, and
// the record's own signature proves them. Salvage takes them out with a library
// that repairs, which our own reader never does. Nothing else of such a file is
// believed: not its pages, not its signatures, not its structure.

// salvageTime is how long the library may work on one file.
const salvageTime = 20 * time.Second

// errSalvage says that nothing could be taken out.
var errSalvage = i18n.E("文件里取不出检查记录和它的签名")

// Salvage takes record, signature, rubric and evidence out of a file that the
// reader refuses. Its Signatures are only that of the record.
func Salvage(b []byte) (*Scorecard, error) {
	if len(b) > maxFile {
		return nil, refuse(1, "文件超过 %d MiB", maxFile>>20)
	}
	files, err := attachments(b)
	if err != nil {
		return nil, err
	}
	s := &Scorecard{Record: files[RecordName], P7S: files[P7SName], Evidence: map[string][]byte{}}
	if s.Record == nil || s.P7S == nil || files[RubricName] == nil {
		return nil, errSalvage
	}
	p, err := s.proveRecord(files[RubricName])
	if err != nil {
		return nil, err
	}
	s.Signatures = []Signature{{Field: fieldNames[0], SPKI: p.Inspection.Signer, Cert: p.Cert}}
	for _, e := range s.Inspection.Evidence {
		if data := files[e.SHA256]; data != nil && canon.Hash(data) == e.SHA256 {
			s.Evidence[e.SHA256] = data
		} else {
			s.Missing = append(s.Missing, e.SHA256)
		}
	}
	return s, nil
}

// attachments reads the embedded files with the library, within limits of time
// and size. A library that hangs on a hostile file is left behind.
func attachments(b []byte) (map[string][]byte, error) {
	type result struct {
		files map[string][]byte
		err   error
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- result{err: fmt.Errorf("read attachments: %v", r)}
			}
		}()
		files, err := extract(b)
		done <- result{files, err}
	}()
	select {
	case r := <-done:
		if r.err != nil {
			return nil, i18n.E("文件里取不出检查记录和它的签名", r.err)
		}
		return r.files, nil
	case <-time.After(salvageTime):
		return nil, i18n.E("文件里取不出检查记录和它的签名", errors.New("took too long"))
	}
}

func extract(b []byte) (map[string][]byte, error) {
	api.DisableConfigDir() // it would write a folder into the user's home
	conf := model.NewDefaultConfiguration()
	conf.Offline = true
	list, err := api.ExtractAttachmentsRaw(bytes.NewReader(b), "", nil, conf)
	if err != nil {
		return nil, err
	}
	out, left := map[string][]byte{}, int64(maxInflated)
	for _, a := range list {
		data, err := io.ReadAll(io.LimitReader(a, left+1))
		if err != nil {
			return nil, err
		}
		if left -= int64(len(data)); left < 0 {
			return nil, refuse(1, "内容展开后超过 %d MiB", maxInflated>>20)
		}
		if _, twice := out[a.FileName]; twice {
			return nil, fmt.Errorf("two files called %q", a.FileName)
		}
		out[a.FileName] = data
	}
	return out, nil
}
