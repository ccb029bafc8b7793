package desk

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"xunping/inspection"
)

// cycle is a bureau with its teams over three months. Every file that leaves a
// machine lies in one folder, for a second machine to merge in other orders.
type cycle struct {
	*office
	files string
	n     int
}

// out is a new file that travels.
func (c *cycle) out(name string) string {
	c.n++
	return filepath.Join(c.files, fmt.Sprintf("%03d-%s", c.n, name))
}

// The whole life of a round: hand-in with a conflict, opinion, objection and
// ruling, return, approval, publication, a late file and its correction,
// rectification, recheck, two more rounds that begin with what is open. States are
// checked at each step, and another machine that merges the same files in other
// orders knows the same. XUNPING_LONG=1 takes 80 units.
func TestThreeMonths(t *testing.T) {
	units := 9
	if os.Getenv("XUNPING_LONG") != "" {
		units = 80
	}
	c := &cycle{office: newOffice(t, units), files: t.TempDir()}
	c.conflict()
	c.sayAndObject()
	c.sendBack()
	c.publishAugust()
	c.lateFile()
	unit, code, notice := c.rectify()
	c.nextRounds(unit, code, notice)
	c.opened()
	c.archived()
	c.elsewhere()
}

// bulletin writes 通报 and wants the words in it.
func (c *cycle) bulletin(name string, want ...string) {
	c.Helper()
	c.bothSay(name, func(path string) error {
		return c.office.bureau.Bulletin(c.Context(), BulletinRequest{Round: "2019-08", To: "各单位"}, path, nil)
	}, want...)
}

// sheet writes 呈批单 of a snapshot.
func (c *cycle) sheet(name, snapshot string, want ...string) {
	c.Helper()
	c.bothSay(name, func(path string) error {
		return c.office.bureau.WriteApprovalSheet(c.Context(), "2019-08", snapshot, path)
	}, append(want, snapshot)...)
}

// ledger writes 销号台账 as it is today.
func (c *cycle) ledger(name string, want ...string) {
	c.Helper()
	path := filepath.Join(c.paperDir(), name+".xlsx")
	must(c.T, c.office.bureau.WriteClearance(c.Context(), "", path))
	c.papers[path] = want
}

// conflict: a second team hands in another result for a unit; the bureau settles
// it, and the new total counts only when somebody approved it.
func (c *cycle) conflict() {
	c.Helper()
	ctx, d := c.Context(), c.bureau
	unit, _, code, _ := c.faulty()
	_, rec := c.head(unit)
	c.second(rec, code)
	if r, err := d.Conflicts("2019-08"); err != nil || len(r) != 1 || r[0].Unit.Code != unit {
		c.Fatalf("the conflicts are %+v, %v", r, err)
	}
	_, err := d.Freeze(ctx, FreezeRequest{Round: "2019-08", Scope: ScopeInternal, Drafter: drafter})
	c.refused(err, "有冲突")
	choices := Choices{By: map[string]Choice{}}
	s, err := d.Settle("2019-08", unit, choices)
	must(c.T, err)
	for _, open := range s.Open {
		choices.By[open] = Choice{Take: s.Heads[0].Hash, Reason: "以第一组为准"}
	}
	s, err = d.Settle("2019-08", unit, choices)
	must(c.T, err)
	sealed, err := d.signSettlement(ctx, s, c.key, c.out("settled.pdf"))
	must(c.T, err)
	if x, _ := d.caseOf(ctx, "2019-08", unit); x.Head() != sealed.Hash {
		c.Fatalf("after the settlement the case is %+v", x)
	}
	if x, _ := d.caseOf(ctx, "2019-08", unit); len(x.Provisional) > 0 {
		c.did(d.Approve(ctx, ApprovalEntry{About: sealed.Hash, Decision: inspection.Accepted, By: issuer}, c.key, c.out("approval.zip")))
	}
	if x, _ := d.caseOf(ctx, "2019-08", unit); len(x.Provisional) > 0 {
		c.Errorf("approved, and still provisional: %v", x.Provisional)
	}
}

// second is another inspection of a unit, by two inspectors who know nothing of
// the first: it finds nothing at one indicator.
func (c *cycle) second(rec *inspection.Record, code string) {
	c.Helper()
	again := clone(rec)
	again.ID, again.Revision, again.Parents = newUUID(), 1, []string{}
	e := again.Entries[code]
	e.Findings = nil
	again.Entries[code] = e
	again.Evidence = nil
	for k, e := range again.Entries {
		e.Evidence = nil
		for i := range e.Findings {
			e.Findings[i].Evidence = nil
		}
		again.Entries[k] = e
	}
	again.People.Inspectors = []inspection.Person{{Name: "检查员甲", Number: "J001"}, {Name: "检查员乙", Number: "J002"}}
	c.sealed(again, "second.pdf")
}

// sealed signs a record on the inspector's laptop with two keys, and the bureau
// takes it.
func (c *cycle) sealed(rec *inspection.Record, name string) string {
	c.Helper()
	rec.Signer, rec.Sealed, rec.Claimed, rec.Previous, rec.Counter, rec.Reasons = "", "", nil, nil, 0, nil
	path := filepath.Join(c.T.TempDir(), "record.json")
	raw, _, err := rec.Canonical()
	must(c.T, err)
	must(c.T, os.WriteFile(path, raw, 0o600))
	out := c.out(name)
	keys := filepath.Join(c.dir, "keys")
	s, err := SealFile(c.Context(), c.team, FileSeal{Record: path, Key: filepath.Join(keys, "inspector-1.p12"), Passphrase: DemoPassphrase,
		CoKey: filepath.Join(keys, "inspector-2.p12"), CoPassphrase: DemoPassphrase, Out: out})
	must(c.T, err)
	c.take(out)
	return s.Hash
}

// take merges a file at the bureau.
func (c *cycle) take(path string) {
	c.Helper()
	r, err := c.bureau.Merge(c.Context(), []string{path}, false, nil)
	must(c.T, err)
	if r.Refused+r.Quarantined > 0 || r.Merged+r.Conflict == 0 {
		c.Fatalf("%s was not taken: %+v", filepath.Base(path), r.Results)
	}
}

// sayAndObject: an opinion by an inspector, limit, service, an objection, a ruling
// by somebody who did not inspect, the revision that names it.
func (c *cycle) sayAndObject() {
	c.Helper()
	ctx, d := c.Context(), c.bureau
	_, err := c.team.Merge(ctx, []string{filepath.Join(c.dir, "sealed")}, false, nil)
	must(c.T, err)
	unit, hash, code, _ := c.faultyAfter(1)
	_, rec := c.head(unit)
	opinion := c.out("opinion.zip")
	_, _, err = c.team.NewAct(ctx, inspection.Act{Kind: inspection.ActOpinion, Case: rec.Case(), About: []string{hash}, Decision: inspection.Partly}, c.inspects, []byte("%PDF scan"))
	must(c.T, err)
	_, err = c.team.ExportActs(ctx, "2019-08", c.inspects, opinion, inspection.ActOpinion)
	must(c.T, err)
	c.take(opinion)
	if list, err := d.Opinions("2019-08", unit); err != nil || len(list) != 1 || !list[0].Current {
		c.Fatalf("the opinions are %+v, %v", list, err)
	}
	c.did(d.SetObjectionLimit(ctx, "2019-08", 5, "工作方案第五条", c.key, c.out("limit.zip")))
	for _, u := range c.units {
		h, _ := c.head(u)
		c.did(d.RegisterService(ctx, ServiceEntry{Record: h, Served: "2019-08-27", How: "直接送达"}, c.key, c.out("served.zip")))
	}
	h, _ := c.head(c.units[0]) // one was entered wrongly, and is entered again
	wrong := c.did(d.RegisterService(ctx, ServiceEntry{Record: h, Served: "2019-08-20", How: "邮寄"}, c.key, c.out("served-wrong.zip")))
	c.did(d.RegisterService(ctx, ServiceEntry{Record: h, Served: "2019-08-27", How: "邮寄", Replaces: wrong}, c.key, c.out("served-right.zip")))
	if x, err := d.Services("2019-08"); err != nil || x[h].Served != "2019-08-27" {
		c.Errorf("served on %s, %v", x[h].Served, err)
	}
	claim := map[string]inspection.ActItem{code: {Text: "七月已完成", Claim: "0"}}
	objection := c.did(d.RegisterObjection(ctx, ObjectionEntry{Record: hash, Served: "2019-08-27", Received: "2019-09-02", Claims: claim}, c.key, c.out("objection.zip")))
	c.stands("objection/open")
	ruling := RulingEntry{Objection: objection, Decision: inspection.Accepted, Items: map[string]inspection.ActItem{code: {Text: "属实", Claim: "0"}}, Number: "桂数复〔2019〕1号", By: rec.People.Inspectors[0]}
	_, err = d.Rule(ctx, ruling, c.key, "")
	c.refused(err, "检查过这个单位")
	ruling.By = inspection.Person{Name: "复核员", Number: "F001"}
	r := c.did(d.Rule(ctx, ruling, c.key, c.out("ruling.zip")))
	c.stands("objection/change")
	paper := func(path string) error { return d.WriteRuling(ctx, r, path) }
	said := []string{"关于" + rec.Unit.Name + "异议的复核意见", "桂数复〔2019〕1号", "异议期到2019年9月3日为止", code, "（主张 0 分）", "采纳异议", "复核员（F001）", hash[:16], r[:16]}
	c.bothSay("02-复核意见-待改分", paper, append(said, "尚待签发")...)
	in, err := d.CorrectByRuling(r)
	must(c.T, err)
	for _, f := range in.Record().Entries[code].Findings {
		must(c.T, in.RemoveFinding(code, f.ID))
	}
	ruled, err := in.sealWith(ctx, c.key, nil, c.out("ruled.pdf"))
	must(c.T, err)
	c.bothSay("03-复核意见", paper, append(said, "已按本意见签发", ruled.Hash[:16])...)
	c.stands()
	list, err := d.Objections("2019-08")
	must(c.T, err)
	if len(list) != 1 || list[0].State != ObjectionDone {
		c.Errorf("the objection is %+v", list)
	}
	if list, _ := d.Opinions("2019-08", unit); list[0].Current || list[0].Revision != 1 {
		c.Errorf("the opinion is %+v", list)
	}
}

// faultyAfter is the faulty unit number n.
func (c *cycle) faultyAfter(n int) (unit, hash, code string, f inspection.Finding) {
	c.Helper()
	all := c.units
	defer func() { c.units = all }()
	for {
		unit, hash, code, f = c.faulty()
		if n == 0 {
			return
		}
		n--
		for i, u := range c.units {
			if u == unit {
				c.units = c.units[i+1:]
				break
			}
		}
	}
}

func (c *cycle) publishAugust() {
	c.Helper()
	ctx, d := c.Context(), c.bureau
	c.day("2019-09-02")
	_, err := d.Freeze(ctx, FreezeRequest{Round: "2019-08", Scope: ScopeInternal, Drafter: drafter})
	c.refused(err, "异议期到 2019-09-03")
	c.day("2019-09-05")
	change := c.did(d.ChangeLists(ctx, "2019-08", c.units[0], map[string]inspection.ActItem{"黑榜": {Claim: ListAdd, Text: "瞒报"}}, c.key, c.out("list.zip")))
	_, err = d.Freeze(ctx, FreezeRequest{Round: "2019-08", Scope: ScopeInternal, Drafter: drafter})
	c.refused(err, "榜单调整还没有审批")
	c.stands("list_change/pending")
	c.did(d.Approve(ctx, ApprovalEntry{About: change, Decision: inspection.Accepted, By: issuer}, c.key, c.out("list-approved.zip")))
	c.stands()
	s := c.freeze(FreezeRequest{Scope: ScopeInternal})
	moved := c.bureau.unitNamed(c.units[0]).Name
	c.bulletin("04-通报-草稿", "草稿·未发布", moved)
	c.sheet("05-呈批单-待审", s.Hash, "拟稿人（D001）", "审核人（签名）", "签发人（签名）", "5 个工作日", moved+" 列入黑榜，理由：瞒报")
	c.approveAll(s, "桂数通〔2019〕1号", "2019-09-05")
	_, err = c.team.Publish(ctx, s, c.inspects, "")
	c.refused(err, "还没有签发") // the laptop knows of no approval
	_, _, err = c.team.NewAct(ctx, inspection.Act{Kind: inspection.ActPublication, Case: s.Act.Case}, c.inspects)
	c.refused(err, "角色")
	published := c.did(d.Publish(ctx, s, c.key, c.out("publication.zip")))
	c.sheet("06-呈批单", s.Hash, "处长（D002）", "局长（D003）", "桂数通〔2019〕1号", "2019年9月5日", published[:16])
	c.bulletin("07-通报", append(c.names(), "桂数通〔2019〕1号", published[:16], "2019年9月5日")...)
	if p, err := d.CurrentPublication("2019-08"); err != nil || p == nil || len(p.Act.Rows) != len(c.units) {
		c.Fatalf("published as %+v, %v", p, err)
	}
}

// lateFile: something comes after the publication; it stands on the list of
// corrections, and a correction has an approval of its own.
func (c *cycle) lateFile() {
	c.Helper()
	d := c.bureau
	p, err := d.CurrentPublication("2019-08")
	must(c.T, err)
	unit, _, code, f := c.faultyAfter(3)
	in, err := d.Correct("2019-08", unit)
	must(c.T, err)
	must(c.T, in.RemoveFinding(code, f.ID))
	must(c.T, in.SetReason(code, "迟到的材料"))
	_, err = in.sealWith(c.Context(), c.key, nil, c.out("late.pdf"))
	must(c.T, err)
	list, err := d.CorrectionList(p)
	must(c.T, err)
	if len(list) == 0 {
		c.Fatal("the late file is on no list")
	}
	name := d.unitNamed(unit).Name
	c.bulletin("08-通报-有迟到", "桂数通〔2019〕1号", "发布后结果有变的单位（待更正）", name)
	s := c.freeze(FreezeRequest{Scope: ScopeInternal, Replaces: p.Hash})
	c.approveAll(s, "桂数通〔2019〕2号", "2019-09-09")
	second := c.did(d.Publish(c.Context(), s, c.key, c.out("correction.zip")))
	c.sheet("09-呈批单-更正", s.Hash, "更正已经发布的", "桂数通〔2019〕1号", "桂数通〔2019〕2号", "更正的内容", name)
	c.bulletin("10-通报-更正", append(c.names(), "关于更正", "桂数通〔2019〕1号", "桂数通〔2019〕2号", "更正的内容", second[:16])...)
	now, err := d.CurrentPublication("2019-08")
	must(c.T, err)
	if list, err := d.CorrectionList(now); err != nil || len(list) != 0 || now.Act.Replaces != p.Hash {
		c.Errorf("after the correction %d rows differ, %v", len(list), err)
	}
}

// rectify: notice, answer, recheck; one finding stays open.
func (c *cycle) rectify() (unit, code, notice string) {
	c.Helper()
	ctx, d := c.Context(), c.bureau
	unit, hash, code, f := c.faultyAfter(4)
	key := FindingKey(code, f.ID)
	notice = c.did(d.DemandRectify(ctx, RectifyEntry{Record: hash, Number: "桂数改〔2019〕1号", Date: "2019-09-09",
		Items: map[string]inspection.ActItem{key: {Text: "完成迁移", Until: "2019-09-30"}}}, c.key, c.out("notice.zip")))
	_, rec := c.head(unit)
	c.bothSay("11-整改通知单", func(path string) error { return d.WriteRectifyNotice(ctx, notice, path) },
		"整改通知单", "桂数改〔2019〕1号", rec.Unit.Name+"：", code, "完成迁移", "2019年9月30日", hash[:16], notice[:16])
	step := func(date, claim, text, until string) RectifyStep {
		return RectifyStep{Notice: notice, Date: date, Items: map[string]inspection.ActItem{key: {Claim: claim, Text: text, Until: until}}}
	}
	c.stands("rectify/open")
	c.answered(notice)
	c.stands("rectify/answered")
	c.did(d.Recheck(ctx, step("2019-09-25", RecheckPart, "还剩一个", "2019-10-20"), c.key, c.out("recheck.zip")))
	c.stands("rectify/part")
	if i := item(c.T, d, notice); i.State != RectifyPart || i.Due != "2019-10-20" {
		c.Errorf("the item is %+v", i)
	}
	c.ledger("12-销号台账", rec.Unit.Name, "桂数改〔2019〕1号", "完成迁移", "已完成一半", "部分整改", "2019-10-20", notice[:16])
	return unit, code, notice
}

// names are those of all units, as documents print them.
func (c *cycle) names() []string {
	var out []string
	for _, u := range c.units {
		out = append(out, c.bureau.unitNamed(u).Name)
	}
	return out
}

// nextRounds: the tasks of September and October bring what is open, the same
// fault is found again and counted, until a recheck closes it.
func (c *cycle) nextRounds(unit, code, notice string) {
	c.Helper()
	ctx, d := c.Context(), c.bureau
	for n, round := range []string{"2019-09", "2019-10"} {
		c.day(round + "-06")
		_, err := d.NewRound(RoundPlan{Code: round})
		must(c.T, err)
		task := filepath.Join(c.T.TempDir(), "task.zip")
		_, err = d.exportTask(ctx, round, "", c.key, task)
		must(c.T, err)
		plan, err := c.team.PlanTask(task, "")
		must(c.T, err)
		must(c.T, c.team.TakeTask(ctx, plan))
		open, err := c.team.OpenItems(unit)
		if err != nil || len(open) != 1 || open[0].Notice != notice || open[0].State != RectifyPart || open[0].Due != "2019-10-20" || open[0].Require != "完成迁移" || open[0].Answer == nil {
			c.Fatalf("%s begins with %+v, %v", round, open, err)
		}
		c.bothSay("13-整改通知单-"+round, func(path string) error { return c.team.WriteRectifyNotice(ctx, notice, path) }, // the laptop has all that it takes
			"桂数改〔2019〕1号", code, "后改为2019年10月20日", notice[:16])
		c.visit(round, unit, code, n+1)
	}
	i := item(c.T, d, notice)
	c.did(d.Recheck(ctx, RectifyStep{Notice: notice, Date: "2019-10-18",
		Items: map[string]inspection.ActItem{FindingKey(code, i.Finding.ID): {Claim: RecheckDone}}}, c.key, c.out("closed.zip")))
	c.stands()
	c.ledger("14-销号台账-办结", "桂数改〔2019〕1号", "已销号", "2019-10-18", notice[:16])
	if open, err := d.OpenItems(unit); err != nil || len(open) != 0 {
		c.Errorf("still open: %+v, %v", open, err)
	}
	line, err := d.Timeline("", unit)
	must(c.T, err)
	kinds := map[string]int{}
	for _, e := range line {
		kinds[e.Kind]++
	}
	if kinds["record"] < 3 || kinds["rectify"] != 1 || kinds["recheck"] != 2 || kinds["publication"] != 2 {
		c.Errorf("the timeline has %v", kinds)
	}
	c.again(unit, code, i.Finding.ID)
}

// again: the fault of October has a notice of its own, which says how often it came
// back.
func (c *cycle) again(unit, code, finding string) {
	c.Helper()
	ctx, d := c.Context(), c.bureau
	x, err := d.caseOf(ctx, "2019-10", unit)
	must(c.T, err)
	notice := c.did(d.DemandRectify(ctx, RectifyEntry{Record: x.Head(), Number: "桂数改〔2019〕2号", Date: "2019-10-21",
		Items: map[string]inspection.ActItem{FindingKey(code, finding): {Text: "彻底完成", Until: "2019-11-30"}}}, c.key, c.out("notice-again.zip")))
	c.bothSay("15-整改通知单-重复", func(path string) error { return d.WriteRectifyNotice(ctx, notice, path) }, "桂数改〔2019〕2号", "重复出现：此前已有 2 轮发现", "2019年11月30日")
	c.ledger("16-销号台账-重复", "桂数改〔2019〕2号", "彻底完成", "待整改")
}

// visit finds the same fault again: last round's entries with the finding carried
// over, and counts how often it came back.
func (c *cycle) visit(round, unit, code string, times int) {
	c.Helper()
	in, err := c.team.Inspect(round, unit)
	must(c.T, err)
	last := clone(in.Last())
	for k, e := range last.Entries {
		e.Evidence = nil
		for i := range e.Findings {
			e.Findings[i].Evidence, e.Findings[i].Continues = nil, nil
		}
		if k == code {
			f := e.Findings[0]
			f.Continues = &inspection.Continues{Record: in.lastHash, Finding: f.ID}
			e.Findings[0] = f
		}
		last.Entries[k] = e
	}
	rec := clone(in.Record())
	rec.Entries, rec.Visit, rec.People = last.Entries, last.Visit, last.People
	rec.Visit.From, rec.Visit.To = round+"-06T09:00:00+08:00", round+"-06T17:00:00+08:00"
	rec.People.Inspectors = []inspection.Person{{Name: "检查员甲", Number: "J001"}, {Name: "检查员乙", Number: "J002"}}
	c.sealed(rec, round+".pdf")
	if n := c.bureau.Repeats(c.Context(), code, rec.Entries[code].Findings[0]); n != times {
		c.Errorf("in %s the fault has come back %d times, want %d", round, n, times)
	}
}

// elsewhere merges everything that travelled on fresh machines, in other orders
// and partitions: all know the same.
func (c *cycle) elsewhere() {
	c.Helper()
	ctx, d := c.Context(), c.bureau
	_, err := d.ExportActs(ctx, "", c.key, c.out("acts.zip"))
	must(c.T, err)
	want, err := d.Digest("")
	must(c.T, err)
	root, err := d.RootPin()
	must(c.T, err)
	roster, err := os.ReadFile(filepath.Join(c.dir, "roster.zip"))
	must(c.T, err)
	var files []string
	for _, dir := range []string{c.files, filepath.Join(c.dir, "sealed", "2019-08")} {
		found, err := filepath.Glob(filepath.Join(dir, "*"))
		must(c.T, err)
		files = append(files, found...)
	}
	for seed := range uint64(2) {
		other, err := Create(filepath.Join(c.T.TempDir(), "other.xpb"), CreateOptions{Empty: true})
		must(c.T, err)
		rng := rand.New(rand.NewPCG(seed, 7))
		rng.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		if seed == 0 { // the roster may come last, too
			_, err = other.ImportRoster(roster, root)
			must(c.T, err)
		}
		for rest := files; len(rest) > 0; {
			n := min(len(rest), 1+rng.IntN(len(files)/3))
			_, err := other.Merge(ctx, rest[:n], false, nil)
			must(c.T, err)
			rest = rest[n:]
		}
		if seed > 0 {
			_, err = other.ImportRoster(roster, root)
			must(c.T, err)
		}
		got, err := other.Digest("")
		must(c.T, err)
		if got != want {
			c.Errorf("order %d gives digest %s, the bureau has %s", seed, got[:16], want[:16])
		}
		p, err := other.CurrentPublication("2019-08")
		must(c.T, err)
		if p == nil || p.Act.Number != "桂数通〔2019〕2号" || p.Fault != "" {
			c.Errorf("order %d knows the publication as %+v", seed, p)
		}
		must(c.T, other.Close())
	}
}
