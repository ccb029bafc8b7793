package store

import (
	"context"
	"testing"

	"xunping/assets/rubrics"
	"xunping/inspection/canon"
)

// Cases of before lay beside a code: every version of it and every draft has
// them now, also under another code; what belongs to nothing stays as it was.
func TestCasesOfBeforeGoToVersions(t *testing.T) {
	db := laidBefore(t, 5)
	run := func(query string, args ...any) {
		t.Helper()
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	b, _ := rubrics.Get("jutongyong-2019")
	canonical, err := canon.Canonical(b.JSON)
	if err != nil {
		t.Fatal(err)
	}
	hash := canon.Hash(canonical)
	h, err := unhex(hash)
	if err != nil {
		t.Fatal(err)
	}
	run(`INSERT INTO rubric(hash, code, version, title, status, payload) VALUES (?, 'jutongyong-2019', '1', 't', 'official', ?)`, h, deflate(canonical))
	for i, code := range []string{"jutongyong-2019", "other"} {
		run(`INSERT INTO rubric_draft(id, uuid, cursor, updated) VALUES (?, ?, 2, 0)`, i, "draft "+code)
		run(`INSERT INTO rubric_step(draft_id, seq, change, payload) VALUES (?, 2, '', ?)`, i, deflate([]byte(`{"from":"x","settings":[{"代码":"title","值":"t"},{"代码":"code","值":"`+code+`"}]}`)))
		run(`INSERT INTO rubric_case(code, name, body, want) VALUES (?, 'n', ?, '{}')`, code, "of "+code)
	}
	run(`INSERT INTO rubric_case(code, name, body, want) VALUES ('nobody', 'n', 'alone', '{}')`)
	if err := migrate(t.Context(), db, migrations); err != nil {
		t.Fatal(err)
	}
	for owner, want := range map[string]string{hash: "of jutongyong-2019", "draft jutongyong-2019": "of jutongyong-2019", "draft other": "of other", "nobody": "alone", "jutongyong-2019": ""} {
		got := ""
		if err := db.QueryRow(`SELECT coalesce(max(body), '') FROM rubric_case WHERE owner = ?`, owner).Scan(&got); err != nil || got != want {
			t.Errorf("%s has %q, want %q (%v)", owner, got, want, err)
		}
	}
}

// What is published has the cases of its draft, and the draft leaves none.
func TestCasesArePublishedWithTheirDraft(t *testing.T) {
	w, ctx := fresh(t), context.Background()
	b, _ := rubrics.Get("jutongyong-2019")
	canonical, err := canon.Canonical(b.JSON)
	if err != nil {
		t.Fatal(err)
	}
	hash := canon.Hash(canonical)
	for _, err := range []error{w.SaveRubricDraft(ctx, "d", "", []byte("{}")), w.PutRubricCase(ctx, RubricCase{"d", "n", "b", "{}"}),
		w.PublishRubric(ctx, hash, canonical, "d", "d", map[string]any{})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if list, err := w.RubricCases(ctx, hash); err != nil || len(list) != 1 || list[0].Body != "b" {
		t.Error(list, err)
	}
	if list, err := w.RubricCases(ctx, "d"); err != nil || len(list) != 0 {
		t.Error("left behind:", list, err)
	}
}
