package report

// The sheets whose rows come ready: their heads stand here, so that names and
// order are in one place.

func letters(l Ledger) sheet {
	return sheet{name: "行文", note: "各单位报送、汇总单位登记的行文", rows: l.Letters, wide: map[int]float64{9: 40},
		heads: []string{"单位代码", "单位", "指标", "文号", "日期", "结论", "有效期自", "有效期至", "内容", "登记轮次", "扫描件", "登记人", "状态", "行为哈希"}}
}

func items(l Ledger) sheet {
	return sheet{name: "清单", note: "完成情况背后的逐项清单", rows: l.Items, wide: map[int]float64{6: 40},
		heads: []string{"单位代码", "单位", "指标", "完成情况", "代码", "名称", "级别", "牵头单位", "状态"}}
}

func evidence(l Ledger) sheet {
	return sheet{name: "佐证", note: "评分表所附的佐证文件；序号与明细中的“佐证”对应", rows: l.Evidence, wide: map[int]float64{5: 40, 11: 68},
		heads: []string{"单位代码", "单位", "序号", "文件名", "说明", "用于指标", "类型", "字节", "拍摄时间（自称）", "在工作簿", "SHA-256"}}
}

func settled(l Ledger) sheet {
	return sheet{name: "处理与修订", note: "汇总单位处理冲突和复核修订的记录，逐指标写明理由", rows: l.Settled, wide: map[int]float64{6: 60, 13: 60},
		heads: []string{"单位代码", "单位", "性质", "版次", "指标", "理由", "总分", "签发（自称）", "汇总人", "现行", "记录短码", "前版短码", "采用的内容"}}
}

func acts(l Ledger) sheet {
	return sheet{name: "行为", note: "签名的行为记录：意见、行文、异议、裁定、审批、退回、整改、发布等", rows: l.Acts, wide: map[int]float64{8: 60, 9: 40},
		heads: []string{"类别", "单位代码", "单位", "文号", "日期", "结论", "指标", "内容", "逐项", "作出人", "时间（自称）", "状态", "所涉短码", "哈希"}}
}

func leads(l Ledger) sheet {
	return sheet{name: "线索", note: "在一个单位发现、责任在另一单位的情形，在原单位计 0 分", rows: l.Leads, wide: map[int]float64{7: 60},
		heads: []string{"责任单位代码", "责任单位", "发现单位代码", "发现单位", "指标", "规则", "情况", "分数", "佐证数", "记录短码"}}
}

func losses(l Ledger) sheet {
	return sheet{name: "指标失分", note: "各扣分指标合计失分", rows: l.Losses, wide: map[int]float64{2: 44},
		heads: []string{"指标", "名称", "分值", "合计失分", "失分单位", "计分单位", "平均失分"}}
}

func bands(l Ledger) sheet {
	return sheet{name: "等级与榜单", note: "各等级和榜单的单位数", rows: l.Bands, heads: []string{"等级或榜单", "单位数"}}
}

func rounds(l Ledger) sheet {
	return sheet{name: "历轮", note: "本轮和以前各轮", rows: l.Rounds, heads: []string{"轮次", "名称", "有名次", "红榜", "黑榜", "暂定", "冲突"}}
}

func batches(l Ledger) sheet {
	return sheet{name: "批次", note: "接收文件的批次，包括撤出的", rows: l.Batches, wide: map[int]float64{3: 40, 7: 60},
		heads: []string{"批次", "类别", "名称", "开始", "结束", "撤出", "合计"}}
}
