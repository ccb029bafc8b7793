package main

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// afterCommands sign what follows a score, a command for each step, so that nobody
// writes an act by hand. What each asks for is what a person knows: round and unit,
// or the act that is answered.
func afterCommands() []command {
	const key = " --key bureau.p12 --passphrase-file pass.txt --workbook bureau.xpb"
	return []command{
		{"act findings", "act findings --round R --unit U", i18n.T("列出一个单位的扣分情形和它们的编号，整改通知用"), "act findings --round 2019-08 --unit 450100 --workbook bureau.xpb", actFindings},
		{"act opinion", "act opinion --round R --unit U --scan F [--decision accepted|partly|refused] [--item I::WORDS] [--text T] --key K -o F.zip", i18n.T("登记单位在评分表上的意见，附盖章的扫描件；检查员也能签"),
			"act opinion --round 2019-08 --unit 450100 --scan 450100.jpg --decision partly --item A2::七月已完成 --key inspector-1.p12 --passphrase-file pass.txt -o opinion.zip --workbook team.xpb", actOpinion},
		{"act service", "act service --round R --date D [--unit U,…] [--how T] [--by NAME] [--replaces H] [--scan F] --key K", i18n.T("登记送达；不写单位时，登记本轮还没有送达的全部单位"),
			"act service --round 2019-08 --date 2019-08-27 --how 直接送达" + key, actService},
		{"act objection", "act objection --round R --unit U --served D --received D --item I:POINTS:REASON [--number N] [--text T] [--by NAME] [--replaces H] [--scan F] --key K [-o F.zip]",
			i18n.T("登记单位的异议：指标、主张的分值（可空）、理由；--item 可写多次"), "act objection --round 2019-08 --unit 450100 --served 2019-08-27 --received 2019-09-02 --item A2:0:七月已完成" + key, actObjection},
		{"act ruling", "act ruling OBJECTION --decision accepted|partly|refused --by NAME,NUMBER [--item I:POINTS:REASON] [--text T] [--number N] [--date D] [--replaces H] [--scan F] --key K [-o F.zip]",
			i18n.T("裁定异议：裁定人没有检查过该单位；分值空着就是不变"), "act ruling 1f0c --decision accepted --by 复核员,F001 --item A2:0:属实 --number 桂数复〔2019〕1号" + key, actRuling},
		{"act return", "act return --round R --unit U --item I:DATE:WHAT [--text T] [--replaces H] --key K [-o F.zip]", i18n.T("把评分表退回检查组：指标、重交日期、问题"),
			"act return --round 2019-08 --unit 450100 --item A2:2019-09-03:照片不清" + key + " -o return.zip", actReturn},
		{"act notice", "act notice --round R --unit U [--item I/f1:DATE:DONE] [--done T --until D] [--number N] [--date D] [--text T] [--replaces H] --key K [-o F.zip]",
			i18n.T("签发整改通知：每个问题的期限和怎样算完成；--done 和 --until 用于没有单独写的全部扣分情形"),
			"act notice --round 2019-08 --unit 450100 --item A2/f1:2019-09-30:完成迁移 --number 桂数改〔2019〕1号 --date 2019-09-09" + key, actNotice},
		{"act extend", "act extend NOTICE --date D --item I/f1:DATE:WHY [--number N] [--replaces H] --key K [-o F.zip]", i18n.T("整改延期：在期限届满之前，写明新的日期和理由"),
			"act extend 1f0c --date 2019-09-20 --item A2/f1:2019-10-20:采购延误" + key, actExtend},
		{"act recheck", "act recheck NOTICE --date D --item I/f1:已整改|部分|未整改|延期:NOTE [--until D] [--by NAME] [--replaces H] --key K [-o F.zip]", i18n.T("登记整改复查的结论"),
			"act recheck 1f0c --date 2019-10-18 --item A2/f1:已整改:现场核实" + key, actRecheck},
		{"act lists", "act lists --round R --unit U --item LIST:列入|移出:REASON --key K [-o F.zip]", i18n.T("调整榜单；批准之后才算数"), "act lists --round 2019-08 --unit 450100 --item 黑榜:列入:瞒报" + key, actLists},
		{"act approve", "act approve HASH --by NAME[,NUMBER] [--refuse] [--number N] [--date D] [--text T] [--scan F] --key K [-o F.zip]",
			i18n.T("登记对一份评分表或榜单调整的认定"), "act approve 1f0c --by 局长 --number 会议纪要3号 --date 2019-09-04" + key, actApprove},
	}
}

// itemsOf reads --item KEY:VALUE:TEXT, as often as it was given.
func (c *call) itemsOf(put func(value, text string) inspection.ActItem) (map[string]inspection.ActItem, error) {
	out := map[string]inspection.ActItem{}
	for _, raw := range c.items {
		parts := strings.SplitN(raw, ":", 3)
		if len(parts) < 3 || parts[0] == "" {
			return nil, i18n.E("参数 --item 要写成三段，用半角冒号隔开，不是“%s”", raw, errUsage)
		}
		if _, twice := out[parts[0]]; twice {
			return nil, i18n.E("参数 --item 把 %s 写了两次", parts[0], errUsage)
		}
		out[parts[0]] = put(strings.TrimSpace(parts[1]), strings.TrimSpace(parts[2]))
	}
	return out, nil
}

func claimed(value, text string) inspection.ActItem {
	return inspection.ActItem{Claim: value, Text: text}
}

func until(value, text string) inspection.ActItem {
	return inspection.ActItem{Until: value, Text: text}
}

// signing is what a command that signs an act has at hand.
type signing struct {
	d     *desk.Desk
	id    desk.Signer
	items map[string]inspection.ActItem
	scans [][]byte
	out   string
}

// sign opens key, scan and workbook, signs, and prints the hash.
func (c *call) sign(put func(value, text string) inspection.ActItem, do func(s signing) (string, error)) error {
	s := signing{out: c.flags["out"]}
	var err error
	if s.items, err = c.itemsOf(put); err != nil {
		return err
	}
	if s.scans, err = desk.ReadScans(c.flags["scan"]); err != nil {
		return err
	}
	if s.id, err = c.identity(); err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		s.d = d
		hash, err := do(s)
		if err != nil {
			return err
		}
		return c.print(map[string]string{"sha256": hash, "file": s.out}, hash)
	})
}

// onResult signs something about the result of --round and --unit.
func (c *call) onResult(put func(value, text string) inspection.ActItem, do func(s signing, record string) (string, error)) error {
	v, err := c.musts("round", "unit")
	if err != nil {
		return err
	}
	return c.sign(put, func(s signing) (string, error) {
		record, err := s.d.ResultOf(v[0], v[1])
		if err != nil {
			return "", err
		}
		return do(s, record)
	})
}

// onAct signs something about the act of a kind that the call names.
func (c *call) onAct(kind inspection.ActKind, put func(value, text string) inspection.ActItem, do func(s signing, act string) (string, error)) error {
	if err := c.need(1); err != nil {
		return err
	}
	return c.sign(put, func(s signing) (string, error) {
		act, err := s.d.FindAct(kind, c.args[0])
		if err != nil {
			return "", err
		}
		return do(s, act)
	})
}

// replaced is the act that --replaces names, "" without.
func (c *call) replaced(d *desk.Desk, kind inspection.ActKind) (string, error) {
	if c.flags["replaces"] == "" {
		return "", nil
	}
	return d.FindAct(kind, c.flags["replaces"])
}
