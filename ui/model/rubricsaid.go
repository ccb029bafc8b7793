package model

import "xunping/assets/i18n"

// RubricWord is a word of a rubric's lines, a type or a choice, as a person reads
// it. The lines themselves keep the Chinese word, which is that of the Excel form.
func RubricWord(w string) string {
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
		"要审批": i18n.T("要审批"), "不可以": i18n.T("不可以"),
	}
	if said, ok := words[w]; ok {
		return said
	}
	return w
}
