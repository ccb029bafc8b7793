package ui

import (
	"path/filepath"
	"testing"
	"testing/synctest"

	"xunping/desk"
)

// Of what was tried a part is written; the rest stays on the table, tried again
// against what the workbook holds now.
func TestTheRestOfAPileStays(t *testing.T) {
	s, dir, _ := office(t)
	files := kinds(t, s, dir)
	emptyBureau(t, s, dir)
	synctest.Test(t, func(t *testing.T) {
		s.goTo(placeBureau)
		v := s.screen.(*bureauView)
		drop(s, files["评分表 450100.pdf"], files["坏.pdf"])
		synctest.Wait()
		v.staging.Want(files["坏.pdf"], false)
		v.apply()
		synctest.Wait()
		rows := v.staging.Rows()
		if v.staging.Applied || len(rows) != 1 || rows[0].Outcome != desk.Refused || len(v.paths) != 1 || filepath.Base(v.paths[0]) != "坏.pdf" {
			t.Errorf("left are %+v, paths %v", rows, v.paths)
		}
		if v.staging.Before() == "" {
			t.Error("it does not say what was written")
		}
		v.apply()
		synctest.Wait()
		if !v.staging.Applied || len(v.paths) != 0 {
			t.Errorf("after all was written %v is left", v.paths)
		}
	})
}
