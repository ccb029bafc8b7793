package ui

import (
	"context"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// askTask opens a task pack of the bureau.
func (s *shell) askTask() { s.openFile(s.openTask) }

// openTask proves a task pack. The first one on a machine asks for the root's
// fingerprint, which a person must know from elsewhere.
func (s *shell) openTask(path string) {
	if s.pinned() != "" {
		s.planTask(path, "")
		return
	}
	root, err := desk.TaskRoot(path)
	if err != nil {
		s.fail(err)
		return
	}
	intro := i18n.T("这台电脑还没有确认过名册的根。文件里的根指纹是 %s。请与汇总单位当面、打印或电话告知的指纹核对，一致才输入。", desk.Groups(root))
	s.ask(i18n.T("核对根指纹"), intro, i18n.T("一致，继续"), []question{{label: i18n.T("根指纹"), hint: i18n.T("核对后输入或粘贴告知的指纹")}}, func(a []string) error {
		given, err := desk.Ungroup(a[0])
		if err != nil {
			return err
		}
		s.planTask(path, given)
		return nil
	})
}

func (s *shell) planTask(path, root string) {
	t, err := s.desk.PlanTask(path, root)
	if err != nil {
		s.fail(err)
		return
	}
	s.showTask(t)
}

// showTask says what a task pack brings before it is taken.
func (s *shell) showTask(t *desk.TaskPlan) {
	box := look.Column(look.Gap2, look.Bold(t.Task.Round.Title), pair(i18n.T("签发人"), look.NewText(t.From)))
	for _, line := range model.TaskLines(t) {
		box.Add(pair(line[0], look.NewPara(line[1])))
	}
	d := look.NewDialog(s.win, i18n.T("收下任务包"), look.Fixed(560, 0, box)).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("收下，开始检查"), func() bool { s.takeTask(t); return true })
	d.Show()
}

func (s *shell) takeTask(t *desk.TaskPlan) {
	s.run(job{title: i18n.T("收下任务包"),
		work: func(ctx context.Context, _ desk.Progress) error { return s.desk.TakeTask(ctx, t) },
		done: func(err error) {
			if err == nil {
				err = s.chooseRound(t.Task.Round.Code)
			}
			if err != nil {
				s.fail(err)
				return
			}
			s.toast(i18n.T("任务包已收下：%d 个单位", t.Units))
		}})
}
