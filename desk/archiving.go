package desk

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/seal"
	"xunping/store"
)

// Retentions are the periods 保管期限 an archive may have; nobody but a person
// chooses one.
var Retentions = []string{"永久", "30年", "10年"}

// retentionCodes stand in the 档号.
var retentionCodes = map[string]string{"永久": "Y", "30年": "D30", "10年": "D10"}

// Archiving says how a round is put into the archive.
type Archiving struct {
	Round, Dir string
	Retention  string // one of Retentions
	Level      string // 密级, "" for none
	Fonds      string // 全宗号, begins every 档号; "" leaves it out
	Signer     Signer // the bureau's, signs the list of hashes; nil leaves it unsigned
}

// Archived says what was written.
type Archived struct {
	Dir    string `json:"dir"`
	Items  int    `json:"items"`
	Files  int    `json:"files"`
	Root   string `json:"root"`   // fingerprint, to be kept apart from the archive
	Signed bool   `json:"signed"` // the list of hashes
}

// Names inside an archive.
const (
	archiveHashes = "hashes.sha256"
	archiveRoster = "04-名册/roster.zip"
	archiveRoot   = "04-名册/root.sha256"
	archivePEM    = "04-名册/root.pem"
	archiveCards  = "01-评分表"
	archiveActs   = "02-行为记录"
	archiveReport = "05-核验报告.txt"
	archiveOpen   = "06-整改销号台账.xlsx"
)

// Archive writes everything of a round that proves its results into a new
// folder: all versions of the scorecards byte for byte, all acts with their
// signatures and scans, the rubrics, the roster with its root, a list by 件 and
// the hashes of all files. CheckArchive proves it decades later without a
// workbook. The folder gets its name only when all is written; one that exists
// is not touched.
func (d *Desk) Archive(ctx context.Context, a Archiving, p Progress) (Archived, error) {
	if retentionCodes[a.Retention] == "" {
		return Archived{}, i18n.E("保管期限要从 %s 里选一个，程序不代选", strings.Join(Retentions, "、"))
	}
	if _, err := os.Lstat(a.Dir); err == nil {
		return Archived{}, i18n.E("%s 已经存在，没有覆盖", a.Dir)
	}
	if err := os.MkdirAll(filepath.Dir(a.Dir), 0o755); err != nil {
		return Archived{}, cannotWrite(a.Dir, err)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(a.Dir), ".xunping-archive-*")
	if err != nil {
		return Archived{}, cannotWrite(a.Dir, err)
	}
	defer os.RemoveAll(tmp) // after the rename there is nothing left of it
	w := &archiveWriter{d: d, cards: shelf{d: d}, a: a, dir: tmp, p: p, hashes: map[string]string{}}
	if err := w.write(ctx); err != nil {
		return Archived{}, err
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return Archived{}, cannotWrite(a.Dir, err)
	}
	if err := os.Rename(tmp, a.Dir); err != nil {
		return Archived{}, cannotWrite(a.Dir, err)
	}
	syncDir(filepath.Dir(a.Dir))
	return Archived{Dir: a.Dir, Items: len(w.items), Files: len(w.hashes) + 1, Root: w.root, Signed: a.Signer != nil}, nil
}

// archiveWriter is one archive under way.
type archiveWriter struct {
	d      *Desk
	cards  shelf
	a      Archiving
	dir    string
	p      Progress
	root   string
	roster *inspection.Roster
	papers map[string][]archivePaper // by act
	items  []report.ArchiveItem
	hashes map[string]string // path → SHA-256
	proof  []string          // lines of the verification report
	done   int
}

func (w *archiveWriter) write(ctx context.Context) error {
	objects, err := w.objects(ctx)
	if err != nil {
		return err
	}
	if len(objects) == 0 {
		return i18n.E("轮次 %s 没有可以归档的记录", w.a.Round)
	}
	if w.roster, err = w.d.Roster(); err != nil {
		return err
	}
	if err := w.maySign(); err != nil {
		return i18n.E("%s；没有归档", i18n.Person(err))
	}
	if w.papers, err = w.d.archivePapers(ctx, w.a.Round); err != nil {
		return err
	}
	rubrics := map[string]bool{}
	for i, o := range objects {
		if err := ctx.Err(); err != nil {
			return err
		}
		w.p.report(i+1, len(objects), seal.Short(o.Hash))
		if o.Act {
			err = w.act(ctx, o)
		} else {
			rubrics[o.Node.Case.Rubric] = true
			err = w.card(ctx, o)
		}
		if err != nil {
			return err
		}
	}
	for _, h := range sortedKeys(rubrics) {
		if err := w.rubric(h); err != nil {
			return err
		}
	}
	if err := w.rosterFiles(); err != nil {
		return err
	}
	if err := w.clearance(ctx); err != nil {
		return err
	}
	return w.lists()
}

// objects are all records of the round, whatever became of them, and its acts.
func (w *archiveWriter) objects(ctx context.Context) ([]store.Object, error) {
	var out []store.Object
	cases, err := w.d.wb.Cases(ctx, w.a.Round)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, c := range cases {
		if seen[c.Key.Unit] {
			continue // Revisions are by unit, of all its cases
		}
		seen[c.Key.Unit] = true
		list, err := w.d.wb.Revisions(ctx, w.a.Round, c.Key.Unit)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	letters, err := w.lettersOf(ctx, out)
	if err != nil {
		return nil, err
	}
	acts, err := w.d.wb.Acts(ctx, store.ActFilter{Round: w.a.Round})
	return slices.Concat(out, letters, acts), err
}

// put writes one file and notes its hash.
func (w *archiveWriter) put(path string, data []byte) error {
	w.hashes[path] = hashOf(data)
	return writeFile(filepath.Join(w.dir, filepath.FromSlash(path)), data)
}

// putAll writes files into a folder, in the order of their names.
func (w *archiveWriter) putAll(folder string, files map[string][]byte) error {
	for _, n := range sortedKeys(files) {
		if err := w.put(folder+"/"+n, files[n]); err != nil {
			return err
		}
	}
	return nil
}

// item adds a 件 to the list.
func (w *archiveWriter) item(x report.ArchiveItem) {
	x.Number = len(w.items) + 1
	year := w.a.Round[:min(4, len(w.a.Round))]
	x.Code = strings.TrimPrefix(fmt.Sprintf("%s-%s-%s-%04d", w.a.Fonds, year, retentionCodes[w.a.Retention], x.Number), "-")
	x.Level = w.a.Level
	w.items = append(w.items, x)
}

// card writes one version of a scorecard: its PDF, else record and signatures as
// they came in a pack.
func (w *archiveWriter) card(ctx context.Context, o store.Object) error {
	rec, err := w.d.record(ctx, o.Hash)
	if err != nil {
		return err
	}
	b, err := w.cards.card(ctx, o.Hash)
	if err != nil {
		return err
	}
	name := fileName(fmt.Sprintf("%s %s 第%d版 %s", rec.Unit.Code, rec.Unit.Name, rec.Revision, o.Hash[:16]))
	x := report.ArchiveItem{Title: fmt.Sprintf("%s%s评分表（第%d版）", rec.Unit.Name, rec.Round.Title, rec.Revision), Date: day(rec.Sealed),
		Who: inspectorNames(rec), Note: i18n.T("短码 %s", seal.Short(o.Hash))}
	if o.Standing != "" {
		x.Note += i18n.T("；%s", ReasonWords(o.Standing))
	}
	if b != nil {
		x.Place, x.Pages = archiveCards+"/"+name+".pdf", seal.PageCount(b)
		w.note(VerifyBytes(x.Place, b, w.roster))
		w.item(x)
		return w.put(x.Place, b)
	}
	files, err := w.d.members(ctx, o)
	if err != nil {
		return err
	}
	x.Place = archiveCards + "/" + name
	x.Note += i18n.T("；随包收到，没有 PDF")
	pack := seal.PackOf(files)
	m := packRecord(pack, o.Hash+".inspection.json", files[o.Hash+".inspection.json"], signaturesBeside(pack), w.d.rubricOf)
	w.note(verifyMember(x.Place, m, w.roster))
	w.item(x)
	return w.putAll(x.Place, files)
}

// day is the day of a claimed time.
func day(stamp string) string { return stamp[:min(10, len(stamp))] }

// note adds a line to the verification report.
func (w *archiveWriter) note(v VerifyResult) {
	line := v.File + "\t" + v.Outcome
	if v.Total != nil {
		line += "\t" + *v.Total
	}
	for _, s := range v.Signatures {
		line += "\t" + s.Field + " " + s.Name + " " + s.SPKI[:16] + " " + s.Standing
	}
	if v.Reason != "" {
		line += "\t" + v.Reason
	}
	w.proof = append(w.proof, line)
}

func (w *archiveWriter) act(ctx context.Context, o store.Object) error {
	a, err := w.d.act(o.Hash)
	if err != nil {
		return err
	}
	files, err := w.d.actMembers(ctx, o.Hash)
	if err != nil {
		return err
	}
	word := ActWord(a)
	place := archiveActs + "/" + fileName(strings.TrimSpace(fmt.Sprintf("%s %s %s", word, a.Case.Unit, o.Hash[:16])))
	x := report.ArchiveItem{Doc: a.Number, Who: a.By.Name, Title: strings.TrimSpace(word + " " + a.Case.Unit), Date: a.Date, Place: place}
	if x.Date == "" {
		x.Date = day(a.Made)
	}
	if o.Standing != "" {
		x.Note = ReasonWords(o.Standing)
	}
	name := o.Hash + ".act.json"
	v := actResult(place, packAct(seal.PackOf(files), name, files[name]), w.roster)
	if v.Outcome == RevokedSigner && o.Standing == "" { // by the chain that the workbook knows
		v.Outcome, v.Reason = Valid, ""
	}
	w.note(v)
	if err := w.draw(o.Hash, &x, files); err != nil {
		return err
	}
	w.item(x)
	return w.putAll(place, files)
}

func (w *archiveWriter) rubric(hash string) error {
	c, err := w.d.Compiled(hash)
	if err != nil {
		return err
	}
	place := "03-指标体系/" + hash + ".rubric.json"
	w.item(report.ArchiveItem{Doc: c.Rubric.Basis, Who: c.Rubric.Issuer, Title: c.Rubric.Title + "（" + c.Rubric.Version + "）", Date: c.Rubric.Effective.From, Place: place})
	return w.put(place, c.JSON)
}

// lists writes report, catalogue and, last, the hashes of all.
func (w *archiveWriter) lists() error {
	now := w.d.clock().Format(time.RFC3339)
	head := i18n.T("核验报告　轮次 %s　%s（时间未经第三方证明）　根证书指纹 %s", w.a.Round, now, w.root)
	open, err := w.openSection()
	if err != nil {
		return err
	}
	lines := slices.Concat([]string{head, i18n.T("效力按名册第 %d 版判断", w.roster.Version)}, w.proof, open)
	if err := w.put(archiveReport, []byte(strings.Join(lines, "\n")+"\n")); err != nil {
		return err
	}
	w.item(report.ArchiveItem{Title: i18n.T("核验报告"), Date: day(now), Place: archiveReport})
	c := report.Catalogue{Title: w.a.Round, Retention: w.a.Retention, Made: now, Items: w.items}
	var book bytes.Buffer
	if err := report.WriteCatalogue(&book, c); err != nil {
		return err
	}
	list, err := c.XML()
	if err != nil {
		return err
	}
	if err := w.put("00-归档文件目录.xlsx", book.Bytes()); err != nil {
		return err
	}
	if err := w.put("00-归档文件目录.xml", list); err != nil {
		return err
	}
	var sums strings.Builder
	for _, path := range sortedKeys(w.hashes) {
		fmt.Fprintf(&sums, "%s  %s\n", w.hashes[path], path)
	}
	return w.signList([]byte(sums.String()))
}
