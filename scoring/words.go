package scoring

import (
	"strings"

	"xunping/assets/i18n"
)

// A rubric is written by clerks, in Excel or in the window. Both name things by
// the words below, and so does whatever is wrong with it.

// Words are the clerk's words for the values of the format.
var Words = map[string]string{Deduct: "扣分", Bonus: "加分",
	Each: "每次", Fixed: "一次", Range: "幅度", Share: "按差距", Tiers: "分档", Complete: "按期完成", Veto: "否决",
	Rescale: "按比例折算", FullMarks: "计满分", Spread: "摊到其余", NoAbsence: "不允许",
	"required": "必须行文", "optional": "可以行文", "zero": "不得分", "full": "得满分", "team": "检查组", "bureau": "主管部门",
	VetoFail: "总评不合格", VetoZero: "本项归零", VetoCapTotal: "总分封顶",
	Illustrative: "示例", Official: "正式", "allowed": "可以", "needs_approval": "要审批", "never": "不可以", RoundDeadline: "轮次规定",
	"problem": "问题", "goal": "目标", "standard": "标准", "note": "注", "flow": "流程", "step": "步骤", "yes": "计",
	"city": "设区市", "department": "自治区部门", "central": "中直单位"}

// Heads are the columns in which the members of the format are written.
var Heads = map[string]string{"code": "代码", "title": "名称", "name": "名称", "text": "名称", "label": "名称", "term": "名称", "kind": "方式", "points": "分值",
	"per": "分值", "value": "分值", "full": "分值", "target": "分值", "unit": "单位", "cap": "上限", "cap_group": "上限组", "min": "最少", "max": "最多", "measure": "完成情况",
	"needs": "完成情况", "step": "步长", "partial": "不足一步", "tiers": "分档", "effect": "效果", "who": "适用", "due": "期限", "deadline": "期限", "mirror": "对应", "gate": "对应",
	"policy": "缺项时", "when_absent": "缺项时", "decided_by": "谁评", "clause": "依据", "letter": "方式", "contents": "内容", "conditions": "内容"}

// Said is the clerk's word for a value of the format, in the language in use.
func Said(value string) string {
	if w, ok := Words[value]; ok {
		return Word(w)
	}
	return value
}

// choices are the words for values of which one must be written.
func choices(values []string) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = Said(v)
	}
	return strings.Join(words, i18n.T("、"))
}

// Word is a word of a rubric's lines as a person reads it: a type of line, the
// head of a column, a choice. The lines themselves keep the Chinese word, which
// is that of the Excel form.
func Word(w string) string {
	words := map[string]string{
		"部分": i18n.T("部分"), "可以没有": i18n.T("可以没有"), "分组": i18n.T("分组"), "指标": i18n.T("指标"),
		"规则": i18n.T("规则"), "完成情况": i18n.T("完成情况"), "方面": i18n.T("方面"), "材料": i18n.T("材料"),
		"指引": i18n.T("指引"), "设置": i18n.T("设置"), "等级": i18n.T("等级"), "榜单": i18n.T("榜单"),
		"术语": i18n.T("术语"), "说明": i18n.T("说明"), "扣分": i18n.T("扣分"), "加分": i18n.T("加分"),
		"每次": i18n.T("每次"), "一次": i18n.T("一次"), "幅度": i18n.T("幅度"), "按差距": i18n.T("按差距"),
		"分档": i18n.T("分档"), "按期完成": i18n.T("按期完成"), "否决": i18n.T("否决"), "必须行文": i18n.T("必须行文"),
		"可以行文": i18n.T("可以行文"), "问题": i18n.T("问题"), "目标": i18n.T("目标"), "标准": i18n.T("标准"),
		"注": i18n.T("注"), "流程": i18n.T("流程"), "步骤": i18n.T("步骤"), "按比例折算": i18n.T("按比例折算"),
		"计满分": i18n.T("计满分"), "摊到其余": i18n.T("摊到其余"), "不允许": i18n.T("不允许"), "不得分": i18n.T("不得分"),
		"得满分": i18n.T("得满分"), "检查组": i18n.T("检查组"), "主管部门": i18n.T("主管部门"), "总评不合格": i18n.T("总评不合格"),
		"本项归零": i18n.T("本项归零"), "总分封顶": i18n.T("总分封顶"), "计": i18n.T("计"), "可以": i18n.T("可以"),
		"要审批": i18n.T("要审批"), "不可以": i18n.T("不可以"), "示例": i18n.T("示例"), "正式": i18n.T("正式"),
		"类型": i18n.T("类型"), "代码": i18n.T("代码"), "名称": i18n.T("名称"), "方式": i18n.T("方式"), "分值": i18n.T("分值"), "单位": i18n.T("单位"),
		"上限": i18n.T("上限"), "上限组": i18n.T("上限组"), "最少": i18n.T("最少"), "最多": i18n.T("最多"), "步长": i18n.T("步长"),
		"不足一步": i18n.T("不足一步"), "效果": i18n.T("效果"), "适用": i18n.T("适用"), "期限": i18n.T("期限"), "对应": i18n.T("对应"),
		"缺项时": i18n.T("缺项时"), "谁评": i18n.T("谁评"), "责任单位": i18n.T("责任单位"), "时限": i18n.T("时限"), "依据": i18n.T("依据"),
		"所属": i18n.T("所属"), "次序": i18n.T("次序"), "内容": i18n.T("内容"), "值": i18n.T("值"), "另一值": i18n.T("另一值"),
	}
	if said, ok := words[w]; ok {
		return said
	}
	return w
}
