package desk

import (
	"fmt"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
)

// ownRow is a unit in the ranking that the test makes for itself.
type ownRow struct {
	unit string
	rank int
	raw  ownRecord
	res  ownResult
}

// ranked ranks a round by the test's own sums.
func (b *books) ranked(round string) []ownRow {
	b.Helper()
	u := b.rubric()
	var rows []ownRow
	for _, unit := range b.units {
		if x, ok := b.counts[round][unit]; ok {
			raw := ownRead(b.T, x.rec)
			rows = append(rows, ownRow{unit: unit, raw: raw, res: u.score(b.T, raw)})
		}
	}
	slices.SortFunc(rows, func(x, y ownRow) int {
		if c := y.res.total.Cmp(x.res.total); c != 0 {
			return c
		}
		return strings.Compare(x.unit, y.unit)
	})
	for i := range rows {
		if rows[i].rank = i + 1; i > 0 && rows[i].res.total.Cmp(rows[i-1].res.total) == 0 {
			rows[i].rank = rows[i-1].rank
		}
	}
	return rows
}

// check reads the ledger of a round with another library and compares every
// figure in it, sheet by sheet.
func (b *books) check(round string) {
	b.Helper()
	path := filepath.Join(b.T.TempDir(), round+".xlsx")
	must(b.T, b.d.WriteLedger(b.Context(), round, path, nil))
	k := &ledgerCheck{books: b, round: round, sheets: sheetsOf(b.T, path), rows: b.ranked(round), seen: map[string]bool{}}
	k.ranking()
	k.matrix()
	k.findings()
	k.measures()
	k.losses()
	k.bands()
	k.history()
	k.bureau()
	k.brought()
	k.counted()
	k.about()
	for name, rows := range k.sheets {
		if !k.seen[name] && name != "图表" {
			b.Errorf("%s: nobody looked at the sheet %s of %d lines", round, name, len(rows))
		}
	}
}

type ledgerCheck struct {
	*books
	round  string
	sheets map[string][][]any
	rows   []ownRow
	seen   map[string]bool
	cells  int // figures compared
}

// sheet is a sheet without its heads.
func (k *ledgerCheck) sheet(name string) [][]any {
	k.Helper()
	rows, ok := k.sheets[name]
	if !ok || len(rows) == 0 {
		k.Fatalf("%s: no sheet %s", k.round, name)
	}
	k.seen[name] = true
	return rows[1:]
}

// same wants a figure in a cell, and nothing in it where there is none.
func (k *ledgerCheck) same(place string, cell any, want *big.Rat) {
	k.Helper()
	k.cells++
	if want == nil && blank(cell) || want != nil && is(cell, want) {
		return
	}
	k.Errorf("%s %s: the ledger has %v, want %v", k.round, place, cell, want)
}

// blank tells whether nobody sees anything in a cell.
func blank(cell any) bool { return cell == nil || cell == "" }

func whole(n int) *big.Rat { return big.NewRat(int64(n), 1) }

func (k *ledgerCheck) ranking() {
	k.Helper()
	before := map[string]int{}
	if months := map[string]string{"2019-09": "2019-08", "2019-10": "2019-09"}; months[k.round] != "" {
		for _, r := range k.ranked(months[k.round]) {
			before[r.unit] = r.rank
		}
	}
	was := func(unit string) *big.Rat {
		if n, ok := before[unit]; ok {
			return whole(n)
		}
		return nil
	}
	lines := k.sheet("排名")
	if len(lines) != len(k.units) {
		k.Fatalf("%s: %d lines of the ranking, want %d", k.round, len(lines), len(k.units))
	}
	for i, l := range lines {
		place := fmt.Sprintf("ranking, line %d (%v)", i+1, l[1])
		if i >= len(k.rows) {
			unit := l[1].(string)
			if _, counts := k.counts[k.round][unit]; counts || !blank(l[0]) || !blank(l[4]) || !blank(l[5]) || l[6] != "—" || blank(l[12]) {
				k.Errorf("%s %s of a unit without a result: %v", k.round, place, l)
			}
			k.same(place+", before", l[10], was(unit))
			continue
		}
		r := k.rows[i]
		if l[1] != r.unit {
			k.Fatalf("%s %s: want %s", k.round, place, r.unit)
		}
		k.same(place, l[0], whole(r.rank))
		k.same(place+", before", l[10], was(r.unit))
		for col, want := range map[int]*big.Rat{4: r.res.x, 5: r.res.y, 6: r.res.total} {
			k.cells++
			if !prints(l[col], want) {
				k.Errorf("%s %s, column %d: %v does not print %s", k.round, place, col, l[col], want.FloatString(6))
			}
		}
		list, note, waits := fmt.Sprint(or(l[9], "")), fmt.Sprint(or(l[12], "")), k.waits[k.round][r.unit]
		if l[7] != exact(r.res.total) || l[8] != r.res.band || list != strings.Join(r.res.lists, "、") {
			k.Errorf("%s %s: %v %v %v, want %s %s %v", k.round, place, l[7], l[8], list, exact(r.res.total), r.res.band, r.res.lists)
		}
		for _, w := range []string{"待补签", "待核实", "待认定", "加分待评"} {
			if strings.Contains(note, w) != strings.Contains(waits, w) {
				k.Errorf("%s %s: it says %q, want %q", k.round, place, note, waits)
			}
		}
	}
}

func or(v, instead any) any {
	if v == nil {
		return instead
	}
	return v
}

func (k *ledgerCheck) matrix() {
	k.Helper()
	heads := k.sheets["指标矩阵"][0]
	lines := k.sheet("指标矩阵")
	if len(lines) != len(k.rows) {
		k.Fatalf("%s: %d lines of the matrix, want %d", k.round, len(lines), len(k.rows))
	}
	words := map[string]string{"absent": "不检查", "not_scored": "不评分"}
	for i, l := range lines {
		r := k.rows[i]
		for c := 2; c < len(heads); c++ {
			code, _, _ := strings.Cut(heads[c].(string), "（")
			place := fmt.Sprintf("matrix, %v %s", l[0], code)
			if w := words[r.raw.Entries[code].State]; w != "" {
				if k.cells++; l[c] != w {
					k.Errorf("%s %s: %v, want %s", k.round, place, l[c], w)
				}
				continue
			}
			k.same(place, l[c], r.res.counted[code])
		}
	}
}

// lines compares a sheet with rows that are expected in any order.
func (k *ledgerCheck) lines(name string, cols []int, want []string) {
	k.Helper()
	var have []string
	for _, l := range k.sheet(name) {
		var line []string
		for _, c := range cols {
			if _, isFigure := l[c].(float64); isFigure {
				k.cells++
			}
			line = append(line, fmt.Sprint(or(l[c], "")))
		}
		have = append(have, strings.Join(line, "|"))
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		k.Errorf("%s: the sheet %s differs from what was entered: %d lines, want %d; %v", k.round, name, len(have), len(want), firstOdd(have, want))
	}
}

func firstOdd(have, want []string) string {
	for i := range max(len(have), len(want)) {
		h, w := "", ""
		if i < len(have) {
			h = have[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if h != w {
			return fmt.Sprintf("first %q, want %q", h, w)
		}
	}
	return ""
}

// figure is a decimal text as the other library shows it.
func (k *ledgerCheck) figure(s string) string {
	if s == "" {
		return ""
	}
	f, _ := rat(k.T, s).Float64()
	return fmt.Sprint(f)
}

func (k *ledgerCheck) findings() {
	k.Helper()
	var findings, leads, absences, evidence []string
	for _, r := range k.rows {
		for code, e := range r.raw.Entries {
			for _, f := range e.Findings {
				findings = append(findings, strings.Join([]string{r.unit, code, f.Rule, k.figure(f.Count), k.figure(f.Points), f.Responsible}, "|"))
				if f.Responsible != "" {
					leads = append(leads, strings.Join([]string{f.Responsible, r.unit, code, f.Rule, k.figure(f.Points), "0"}, "|"))
				}
			}
			if a := e.Absence; a != nil {
				standing := "无行文"
				if a.Letter != "" {
					standing = "已核实"
					if r.unit == k.units[unitUnsigned] {
						standing = "待核实"
					}
				}
				absences = append(absences, strings.Join([]string{r.unit, code, a.Letter, a.Date, a.Reason, standing}, "|"))
			}
		}
		for i, e := range r.raw.Evidence {
			evidence = append(evidence, fmt.Sprintf("%s|%d|%v|%s", r.unit, i+1, e.Bytes, e.SHA256))
		}
	}
	k.lines("扣分加分明细", []int{0, 2, 3, 4, 5, 7}, findings)
	k.lines("线索", []int{0, 2, 4, 5, 7, 8}, leads)
	k.lines("没有该项", []int{0, 2, 3, 4, 5, 6}, absences)
	k.lines("佐证", []int{0, 2, 7, 10}, evidence)
	if want := map[string]int{"2019-08": 1}[k.round]; len(leads) != want {
		k.Errorf("%s: %d leads were entered, want %d", k.round, len(leads), want)
	}
}

func (k *ledgerCheck) measures() {
	k.Helper()
	var measures, items []string
	for _, r := range k.rows {
		for code, e := range r.raw.Entries {
			for m, v := range e.Measures {
				done, total := e.counts(k.T, m)
				measures = append(measures, strings.Join([]string{r.unit, code, m, k.figure(done.RatString()), k.figure(total.RatString()), v.Completed}, "|"))
				for range v.Items {
					items = append(items, strings.Join([]string{r.unit, code, m}, "|"))
				}
			}
		}
	}
	k.lines("完成情况", []int{0, 2, 3, 4, 5, 7}, measures)
	k.lines("清单", []int{0, 2, 3}, items)
	if k.round == "2019-09" && len(items) != k.items {
		k.Errorf("%d items were entered, want %d", len(items), k.items)
	}
}

// losses: the sum, how many lost something, how many were scored, and the mean
// to two places.
func (k *ledgerCheck) losses() {
	k.Helper()
	lines := k.sheet("指标失分")
	at := 0
	for _, p := range k.rubric().Parts {
		if p.Kind != "deduct" {
			continue
		}
		for _, g := range p.Groups {
			for _, ind := range g.Indicators {
				sum, lost, scored := new(big.Rat), 0, 0
				for _, r := range k.rows {
					if v := r.res.counted[ind.Code]; v != nil {
						sum.Add(sum, v)
						scored++
						lost += v.Sign()
					}
				}
				l, place := lines[at], "losses of "+ind.Code
				at++
				if l[0] != ind.Code {
					k.Fatalf("%s %s: the line is of %v", k.round, place, l[0])
				}
				k.same(place+", points", l[2], rat(k.T, ind.Points))
				k.same(place+", sum", l[3], sum)
				k.same(place+", units that lost", l[4], whole(lost))
				k.same(place+", units scored", l[5], whole(scored))
				k.cells++
				if mean := new(big.Rat).Quo(sum, whole(max(scored, 1))); scored == 0 && !blank(l[6]) || scored > 0 && !prints(l[6], mean) {
					k.Errorf("%s %s: mean %v, want %s", k.round, place, l[6], mean.FloatString(4))
				}
			}
		}
	}
	if at != len(lines) {
		k.Errorf("%s: %d lines of losses, want %d", k.round, len(lines), at)
	}
}

// tally counts grades and lists.
func tally(rows []ownRow) map[string]int {
	n := map[string]int{}
	for _, r := range rows {
		n[r.res.band]++
		for _, l := range r.res.lists {
			n[l]++
		}
	}
	return n
}

func (k *ledgerCheck) bands() {
	k.Helper()
	u, n := k.rubric(), tally(k.rows)
	var names []string
	for _, x := range u.Bands {
		names = append(names, x.Name)
	}
	for _, x := range u.Lists {
		names = append(names, x.Name)
	}
	lines := k.sheet("等级与榜单")
	if len(lines) != len(names) {
		k.Fatalf("%s: %d grades and lists, want %v", k.round, len(lines), names)
	}
	for i, name := range names {
		if lines[i][0] != name {
			k.Errorf("%s: line %d is %v, want %s", k.round, i, lines[i][0], name)
		}
		k.same("units of "+name, lines[i][1], whole(n[name]))
	}
}

// history: this round and those before.
func (k *ledgerCheck) history() {
	k.Helper()
	lines := k.sheet("历轮")
	at := 0
	for _, round := range []string{"2019-08", "2019-09", "2019-10"} {
		if round > k.round {
			break
		}
		rows := k.ranked(round)
		n, waiting, conflicts := tally(rows), 0, 0
		for _, r := range rows {
			if k.waits[round][r.unit] != "" {
				waiting++
			}
		}
		if round == "2019-08" {
			conflicts = 1
		}
		if at >= len(lines) || lines[at][0] != round {
			k.Fatalf("%s: the rounds are %v", k.round, lines)
		}
		for col, want := range map[int]int{2: len(rows), 3: n["红榜"], 4: n["黑榜"], 5: waiting, 6: conflicts} {
			k.same(fmt.Sprintf("round %s, column %d", round, col), lines[at][col], whole(want))
		}
		at++
	}
	if at != len(lines) {
		k.Errorf("%s: %d rounds, want %d", k.round, len(lines), at)
	}
}

// bureau: what is in conflict, what was settled.
func (k *ledgerCheck) bureau() {
	k.Helper()
	var conflicts []string
	u := k.rubric()
	if k.round == "2019-08" {
		for _, again := range []bool{false, true} {
			x := k.inside(k.sealed(k.round, unitOpen, again))
			total, _ := u.score(k.T, ownRead(k.T, x.rec)).total.Float64()
			conflicts = append(conflicts, fmt.Sprintf("%s|1|%s|%.2f|%s", k.units[unitOpen], x.rec.People.Inspectors[0].Name, total, x.hash[:16]))
		}
	}
	var have []string
	for _, l := range k.sheet("冲突") {
		k.cells += 2
		have = append(have, fmt.Sprintf("%v|%v|%v|%.2f|%v", l[0], l[2], l[3], l[4], l[5]))
	}
	slices.Sort(have)
	slices.Sort(conflicts)
	if !slices.Equal(have, conflicts) {
		k.Errorf("%s: in conflict are %v, want %v", k.round, have, conflicts)
	}
	settled := k.sheet("处理与修订")
	if k.round != "2019-08" {
		if len(settled) > 0 {
			k.Errorf("%s: settled %v", k.round, settled)
		}
		return
	}
	x := k.counts[k.round][k.units[unitSettled]]
	total := u.score(k.T, ownRead(k.T, x.rec)).total
	if len(settled) < 4 {
		k.Fatalf("%d lines of settlements", len(settled))
	}
	for _, l := range settled {
		k.same("settled, revision", l[3], whole(2))
		k.cells++
		if l[0] != k.units[unitSettled] || l[2] != "冲突处理" || !prints(l[6], total) || l[9] != "是" || l[10] != x.hash[:16] || !strings.Contains(fmt.Sprint(l[12]), "分") {
			k.Errorf("%s: settled %v, want the total %s", k.round, l, total.FloatString(4))
		}
	}
}

// brought: the record behind each line of the ranking is in a line of the files, which
// says of which unit it is.
func (k *ledgerCheck) brought() {
	k.Helper()
	for _, r := range k.sheet("排名") {
		if blank(r[13]) {
			continue
		}
		if !slices.ContainsFunc(k.sheet("文件"), func(l []any) bool {
			return strings.Contains(fmt.Sprint(l[7]), r[13].(string)) && strings.Contains(fmt.Sprint(l[6]), r[2].(string))
		}) {
			k.Errorf("%s: no file is said to have brought %v of %v", k.round, r[13], r[2])
		}
	}
}

// counted: files, batches, log, letters and acts are as many as there were.
func (k *ledgerCheck) counted() {
	k.Helper()
	files, quarantined, refused, here := k.sheet("文件"), 0, 0, 0
	for _, l := range files {
		switch l[2] {
		case "隔离":
			quarantined++
		case "拒收":
			refused++
		case "本机签发":
			here++
		}
	}
	elsewhere := -k.cut[k.round]
	for _, n := range k.cut {
		elsewhere += n
	}
	o, err := k.d.Overview(k.round)
	must(k.T, err)
	if o.Quarantined != k.cut[k.round] || o.QuarantinedElsewhere != elsewhere {
		k.Errorf("%s: in quarantine %d and elsewhere %d, want %d and %d", k.round, o.Quarantined, o.QuarantinedElsewhere, k.cut[k.round], elsewhere)
	}
	if want := k.files[k.round] + k.here[k.round] + 1; len(files) != want || quarantined != k.cut[k.round] || refused != 1 || here != k.here[k.round] {
		k.Errorf("%s: %d files, %d quarantined, %d refused, %d signed here; want %d, %d, 1, %d", k.round, len(files), quarantined, refused, here, want, k.cut[k.round], k.here[k.round])
	}
	batches := k.sheet("批次")
	if len(batches) != k.merges {
		k.Errorf("%s: %d batches, want %d", k.round, len(batches), k.merges)
	}
	for i, l := range batches {
		k.same("batch", l[0], whole(i+1))
		var sum MergeReport
		if _, err := fmt.Sscanf(l[6].(string), "%d 个 = 并入 %d + 相同 %d + 冲突 %d + 隔离 %d + 拒收 %d", &sum.Files, &sum.Merged, &sum.Identical, &sum.Conflict, &sum.Quarantined, &sum.Refused); err != nil || sum.Merged+sum.Identical+sum.Conflict+sum.Quarantined+sum.Refused != sum.Files {
			k.Errorf("%s: batch %d does not balance: %v, %v", k.round, i+1, l[6], err)
		}
	}
	log := k.sheet("日志")
	for i, l := range log {
		k.same("line of the log", l[0], new(big.Rat).Add(rat(k.T, fmt.Sprint(log[0][0])), whole(i)))
	}
	acts, err := k.d.Acts(k.round)
	must(k.T, err)
	letters := map[string]bool{} // unit and number
	for round := range k.counts {
		for unit, x := range k.counts[round] {
			for _, e := range x.rec.Entries {
				if a := e.Absence; a != nil && a.Letter != "" && unit != k.units[unitUnsigned] {
					letters[unit+a.Letter] = true
				}
			}
		}
	}
	have := map[string]bool{}
	for _, l := range k.sheet("行文") {
		have[l[0].(string)+l[3].(string)] = true
	}
	if len(have) != len(letters) || len(letters) == 0 {
		k.Errorf("%s: letters of %d numbers, want %d", k.round, len(have), len(letters))
	}
	if n := len(k.sheet("行为")); n != len(acts) {
		k.Errorf("%s: %d acts, want %d", k.round, n, len(acts))
	}
}

// about: the first sheet says how many lines each sheet has.
func (k *ledgerCheck) about() {
	k.Helper()
	said := map[string]string{}
	for _, l := range k.sheet("说明") {
		said[fmt.Sprint(l[0])] = fmt.Sprint(l[1])
	}
	if said["有结果的单位"] != fmt.Sprint(len(k.rows)) || said["收到的文件"] != fmt.Sprint(k.files[k.round]) || !strings.HasPrefix(said["拒收的文件"], "1（") {
		k.Errorf("%s: the first sheet says %s units and %s files", k.round, said["有结果的单位"], said["收到的文件"])
	}
	for name, rows := range k.sheets {
		if name == "说明" || name == "图表" {
			continue
		}
		if n, _, _ := strings.Cut(said["工作表："+name], " "); n != fmt.Sprint(len(rows)-1) {
			k.Errorf("%s: the first sheet says “%s” of %s, which has %d lines", k.round, said["工作表："+name], name, len(rows)-1)
		}
	}
	k.Logf("%s: %d results, %d figures compared", k.round, len(k.rows), k.cells)
}
