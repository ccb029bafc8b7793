package inspection

// ActFormat names the format of an act (FORMATS §3).
const ActFormat = "xunping.act/1"

// Act is what people decide or say after sealing: an opinion, a letter, an
// objection, a ruling, an approval … Acts are signed like records, merge by set
// union and never change a score by themselves; they decide standing.
type Act struct {
	Format   string             `json:"format"`
	ID       string             `json:"id"`
	Kind     ActKind            `json:"kind"`
	Case     CaseKey            `json:"case"`
	About    []string           `json:"about"` // hashes of records or acts
	Made     string             `json:"made"`
	By       Person             `json:"by"`
	Number   string             `json:"number,omitempty"` // 文号
	Date     string             `json:"date,omitempty"`
	Valid    Period             `json:"valid,omitzero"`
	Replaces string             `json:"replaces,omitempty"`
	Items    map[string]ActItem `json:"items,omitempty"` // by indicator
	Decision string             `json:"decision,omitempty"`
	Text     string             `json:"text,omitempty"`
	Rows     []PublishedRow     `json:"rows,omitempty"`
	Files    []string           `json:"files,omitempty"` // hashes
	Signer   string             `json:"signer"`
	Previous string             `json:"previous"`
	Counter  int                `json:"counter"`
}

// ActKind is what an act does.
type ActKind string

// The kinds of acts. Each needs role bureau, but for opinion, recheck and
// answer an inspector will do (FORMATS §3).
const (
	ActOpinion     ActKind = "opinion"     // 单位意见
	ActLetter      ActKind = "letter"      // 行文登记
	ActObjection   ActKind = "objection"   // 异议
	ActRuling      ActKind = "ruling"      // 复核裁定
	ActApproval    ActKind = "approval"    // 审批
	ActReturn      ActKind = "return"      // 退回
	ActRectify     ActKind = "rectify"     // 整改通知
	ActAnswer      ActKind = "answer"      // 整改回复
	ActExtension   ActKind = "extension"   // 延期
	ActRecheck     ActKind = "recheck"     // 复查
	ActListChange  ActKind = "list_change" // 榜单调整
	ActPublication ActKind = "publication" // 发布
	ActAcceptance  ActKind = "acceptance"  // 认可
	ActReceipt     ActKind = "receipt"     // 回执
)

// ForInspectors tells whether an inspector may make an act of this kind; all
// others need role bureau.
func (k ActKind) ForInspectors() bool {
	return k == ActOpinion || k == ActAnswer || k == ActRecheck
}

// Replaced are those of the acts that count of which another has taken the place:
// it names them, is of the same kind and case, and was made by the same key or by
// one of the bureau, so that nobody takes back what another said.
func Replaced(counting []ActNode, isBureau func(spki string) bool) map[string]bool {
	var gone map[string]bool
	var by map[string]*ActNode
	for i := range counting {
		x := &counting[i]
		if x.Replaces == "" {
			continue
		}
		if by == nil {
			by, gone = make(map[string]*ActNode, len(counting)), map[string]bool{}
			for j := range counting {
				by[counting[j].Hash] = &counting[j]
			}
		}
		if old := by[x.Replaces]; old != nil && old.Kind == x.Kind && old.Case == x.Case && (old.Signer == x.Signer || isBureau(x.Signer)) {
			gone[old.Hash] = true
		}
	}
	return gone
}

// Decisions of an act.
const (
	Accepted = "accepted"
	Refused  = "refused"
	Partly   = "partly"
)

// Period is a span of days, YYYY-MM-DD, either end may be open.
type Period struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// ActItem is what an act says of one indicator.
type ActItem struct {
	Text  string `json:"text,omitempty"`
	Claim string `json:"claim,omitempty"`
	Until string `json:"until,omitempty"`
}

// PublishedRow is one line of a published ranking.
type PublishedRow struct {
	Unit   string   `json:"unit"`
	Record string   `json:"record"`
	Exact  string   `json:"exact"`
	Rank   int      `json:"rank,omitzero"`
	Band   string   `json:"band,omitempty"`
	Lists  []string `json:"lists,omitempty"`
}
