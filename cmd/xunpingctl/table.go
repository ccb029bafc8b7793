package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"xunping/assets/i18n"
)

// command is one entry of the table: its words, its form (which also says which
// flags it knows), what it does in a sentence, and an example.
type command struct {
	name, form, says, example string
	do                        func(*call) error
}

// commands is the table of all commands, in the order of FORMATS §5.
func commands() []command {
	return slices.Concat(
		rubricCommands(), rubricBookCommands(), rubricWorkCommands(), keyCommands(), workCommands(), packCommands(), prepareCommands(),
		bureauCommands(), reviewCommands(), actCommands(), afterCommands(), publishCommands(), paperCommands(), workbookCommands(),
	)
}

func workCommands() []command {
	return []command{
		{"unit import", "unit import F.xlsx|F.csv", i18n.T("从表格导入单位；全部收下或一行不收"), "unit import units.xlsx --workbook bureau.xpb", unitImport},
		{"unit list", "unit list", i18n.T("列出单位名单"), "unit list --workbook bureau.xpb", unitList},
		{"round new", "round new CODE [--title T] [--rubric CODE|FILE] [--trial yes|no] [--cutoff DATE] [--signers N] [--deadlines M=DATE,…] [--units CODE,…]",
			i18n.T("新建检查轮次；没有写的照抄上一轮"), "round new 2019-09 --title 2019年9月检查 --workbook bureau.xpb", roundNew},
		{"round list", "round list", i18n.T("列出检查轮次"), "round list --workbook bureau.xpb", roundList},
		{"round close", "round close CODE", i18n.T("关闭检查轮次"), "round close 2019-08 --workbook bureau.xpb", roundClose},
		{"record import", "record import RECORD.json…", i18n.T("把没签的记录作为草稿收下"), "record import 450100.json --workbook team.xpb", recordImport},
		{"record export", "record export --round R --unit U -o F.json", i18n.T("导出一个单位的草稿或结果"), "record export --round 2019-08 --unit 450100 -o 450100.json --workbook team.xpb", recordExport},
		{"score", "score RECORD.json [--rubric FILE|CODE]", i18n.T("计算一份记录的得分，并写出每一步"), "score 450100.json --json", score},
		{"seal", "seal --round R --unit U | --record RECORD.json [--rubric FILE] [--evidence DIR] --key ID.p12 -o OUT.pdf",
			i18n.T("签发：把草稿或记录文件封存成签名的评分表"), "seal --round 2019-08 --unit 450100 --key id.p12 --passphrase-file pass.txt -o 450100.pdf --workbook team.xpb", sealRecord},
		{"cosign", "cosign FILE.pdf --role coinspector|bureau --key ID.p12 -o OUT.pdf", i18n.T("补签：第二检查员或汇总单位再签一次"),
			"cosign 450100.pdf --role coinspector --key second.p12 --passphrase-file pass.txt -o signed.pdf", cosign},
		{"verify", "verify FILE… [--roster F --root SHA256] [--pages]", i18n.T("核验评分表：真伪、签名人、得分重算；--pages 还把版面重画一遍来比"),
			"verify 450100.pdf --roster roster.zip --root SHA256 --json", verify},
		{"extract", "extract FILE -o DIR", i18n.T("取出评分表里的记录、签名、指标体系和佐证"), "extract 450100.pdf -o parts", extract},
	}
}

func bureauCommands() []command {
	return []command{
		{"merge", "merge FILE|DIR… [--dry-run] [--key ID.p12]", i18n.T("合并收到的文件；一个坏文件不影响其他；--key 解开加密的文件"), "merge /media/stick --workbook bureau.xpb --json", merge},
		{"undo", "undo [BATCH]", i18n.T("整批撤出一次合并；不给批次号，列出最近的批次"), "undo 3 --workbook bureau.xpb", undo},
		{"accept", "accept FILE|PACK!FILE --reason T --key K [-o F.zip]", i18n.T("认可版面签名失效、数据签名有效的文件；认可随记录永久保留"),
			"accept damaged.pdf --reason 转存时版面签名失效 --key bureau.p12 --passphrase-file pass.txt --workbook bureau.xpb", accept},
		{"conflicts", "conflicts --round R", i18n.T("列出冲突和有分歧的指标"), "conflicts --round 2019-08 --workbook bureau.xpb", conflicts},
		{"resolve", "resolve --round R --unit U --choices F.json --key K [-o OUT.pdf]", i18n.T("处理冲突：按选择作出汇总单位签名的结果"),
			"resolve --round 2019-08 --unit 450100 --choices c.json --key bureau.p12 --passphrase-file pass.txt --workbook bureau.xpb", resolve},
		{"rank", "rank --round R [--kind K]", i18n.T("排名"), "rank --round 2019-08 --kind city --json --workbook bureau.xpb", rank},
		{"ledger", "ledger --round R -o F.xlsx [--csv DIR]", i18n.T("写出 Excel 台账；--csv 把各表写成 CSV 文件"), "ledger --round 2019-08 -o ledger.xlsx --workbook bureau.xpb", ledger},
	}
}

func workbookCommands() []command {
	return []command{
		{"init", "init WORKBOOK [--org NAME]", i18n.T("新建工作簿"), "init bureau.xpb --org 汇总单位", initWorkbook},
		{"digest", "digest [--round R]", i18n.T("全部有效内容的摘要；内容相同的工作簿摘要相同"), "digest --workbook bureau.xpb", digest},
		{"log", "log", i18n.T("日志"), "log --json --workbook bureau.xpb", logLines},
		{"backup", "backup -o F", i18n.T("备份并核验"), "backup -o copy.xpb --workbook bureau.xpb", backup},
		{"restore", "restore F", i18n.T("从备份恢复；原有的工作簿改名留下"), "restore copy.xpb --workbook bureau.xpb", restore},
		{"check", "check [DIR] [--root SHA256]", i18n.T("检查整个工作簿；给出归档文件夹时，不用工作簿核验归档"), "check 归档2019-08 --root SHA256", check},
		{"bulletin", "bulletin --round R -o F.pdf|F.docx [--number T] [--to T] [--date T] [--signer T] [--basis T] [--ask T]", i18n.T("写出通报：有发布的按发布，没有的标明草稿"),
			"bulletin --round 2019-08 -o 通报.docx --number 桂数函〔2019〕9号 --workbook bureau.xpb", bulletin},
		{"archive", "archive --round R -o DIR --retention 永久|30年|10年 [--level T] [--fonds T] [--key K]", i18n.T("归档一轮：评分表、行为记录、指标体系、名册、目录和哈希清单"),
			"archive --round 2019-08 -o 归档2019-08 --retention 30年 --key bureau.p12 --passphrase-file pass.txt --workbook bureau.xpb", archive},
		{"demo", "demo -o DIR [--units N] [--rounds N] [--conflicts N] [--photos N] [--seed S]", i18n.T("做一套示例：工作簿、密钥、签好的评分表、台账"), "demo -o demo --units 14", demo},
		{"completion", "completion bash|zsh|fish", i18n.T("写出命令行补全脚本"), "completion bash > xunpingctl.bash", completion},
	}
}

// globalFlags are known to every command.
var globalFlags = []string{"json", "lang", "passphrase-file", "workbook", "help"}

var flagPattern = regexp.MustCompile(`--([a-z-]+)|-(o)\b`)

// flags are the flags of a command, as its form writes them.
func (m command) flags() []string {
	out := slices.Clone(globalFlags)
	for _, f := range flagPattern.FindAllStringSubmatch(m.form, -1) {
		if f[2] != "" {
			f[1] = "out"
		}
		out = append(out, f[1])
	}
	return out
}

// find gives the command that the words begin with, and how many they are.
func find(words []string) (command, int, bool) {
	for n := min(2, len(words)); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		for _, m := range commands() {
			if m.name == name {
				return m, n, true
			}
		}
	}
	return command{}, 0, false
}

// dispatch runs the command of one or two words.
func (c *call) dispatch() error {
	if len(c.args) > 0 && c.args[0] == "help" {
		return c.help(c.args[1:])
	}
	if len(c.args) == 0 {
		return c.help(nil)
	}
	m, n, ok := find(c.args)
	switch {
	case ok && c.flags["help"] != "":
		return c.helpOf(m)
	case ok:
		known := m.flags()
		for name := range c.flags {
			if !slices.Contains(known, name) {
				return i18n.E("命令 %s 没有参数 --%s。用 --help 查看用法", m.name, name, errUsage)
			}
		}
		c.args = c.args[n:]
		return m.do(c)
	}
	if c.flags["help"] != "" {
		return c.help(c.args)
	}
	if len(c.args) == 1 { // the first word of several commands
		told := *c
		told.out = c.err
		if told.help(c.args) == nil {
			return i18n.E("“%s”后面还要写是哪一个命令", c.args[0], errUsage)
		}
	}
	return i18n.E("没有命令“%s”。用 help 查看全部命令", c.args[0], errUsage)
}

// help lists the commands, or those that begin with the words.
func (c *call) help(words []string) error {
	if m, n, ok := find(words); ok && n == len(words) {
		return c.helpOf(m)
	}
	prefix := strings.Join(words, " ")
	found := false
	for _, m := range commands() {
		if prefix == "" || strings.HasPrefix(m.name, prefix+" ") {
			fmt.Fprintf(c.out, "xunpingctl %s\n    %s\n", m.form, m.says)
			found = true
		}
	}
	if !found {
		return i18n.E("没有命令“%s”。用 help 查看全部命令", prefix, errUsage)
	}
	if prefix == "" {
		fmt.Fprintln(c.out, i18n.T("所有命令都有：--workbook F（或环境变量 XUNPING_WORKBOOK）、--json、--lang zh|en、--passphrase-file F、--help。\n退出码：0 完成；1 被拒、有冲突或找不到；2 用法不对；3 工作簿、名册或密钥已损坏。"))
	}
	return nil
}

func (c *call) helpOf(m command) error {
	_, err := fmt.Fprintf(c.out, "xunpingctl %s\n    %s\n    %s xunpingctl %s\n", m.form, m.says, i18n.T("例："), m.example)
	return err
}
