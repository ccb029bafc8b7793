package ui

import (
	"context"
	"path/filepath"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/model"
)

// askOpinion enters what the unit wrote on the printed sheet: the scans, whether it
// agrees, and its view of single indicators. It becomes a signed act on the hash
// of that record, so an opinion on revision 1 stays one on revision 1.
func (s *shell) askOpinion(r desk.Revision) {
	keys, err := s.desk.Keys()
	if err != nil {
		s.fail(err)
		return
	}
	if len(keys) == 0 {
		s.needKey()
		return
	}
	s.openFiles(i18n.T("登记单位意见：选扫描件，可以选几页或几个文件"), nil, func(scans []string) {
		s.showOpinion(r, keys, scans, []string{"", "", "", "", ""})
	})
}

// showOpinion asks for the rest: what the scans say. was is what was answered before:
// a place that was not chosen, or could not be written to, does not cost the words
// that were typed from the scans; only the passphrase is asked again.
func (s *shell) showOpinion(r desk.Revision, keys []desk.KeyInfo, scans, was []string) {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = model.KeyWords(k)
	}
	files := make([]string, len(scans))
	for i, p := range scans {
		files[i] = filepath.Base(p)
	}
	intro := i18n.T("扫描件 %d 个：%s。意见登记在第 %d 版（短码 %s）之下，由登记人签名，写成一个文件交回大数据局。", len(scans), model.Join(files), r.Number, r.Short)
	s.ask(i18n.T("登记单位意见"), intro, i18n.T("签名并存为…"), []question{
		{label: i18n.T("单位意见"), options: model.Decisions(), value: was[0]},
		{label: i18n.T("总的意见"), lines: 3, value: was[1]},
		{label: i18n.T("逐项意见"), lines: 4, value: was[2], hint: i18n.T("一行一项：A2 五个系统中两个已在七月迁移")},
		{label: i18n.T("登记人"), options: names, value: was[3]}, {label: i18n.T("口令"), secret: true},
	}, func(a []string) error {
		o := desk.Opinion{Record: r.Hash, Decision: model.DecisionCode(a[0]), Text: a[1], Items: a[2], Scans: scans}
		if err := s.desk.CheckOpinion(context.Background(), o); err != nil {
			return err
		}
		key := keys[model.Place(names, a[3])]
		if _, err := desk.OpenKey(key.Path, a[4]); err != nil {
			return err
		}
		again := func() { s.showOpinion(r, keys, scans, a) }
		s.saveFileOr(r.Short+i18n.T("-意见")+".zip", func(out string) error {
			if err := s.desk.EnterOpinion(context.Background(), o, key.Path, a[4], out); err != nil {
				again()
				return err
			}
			s.toast(i18n.T("已写入 %s", out))
			return nil
		}, again)
		return nil
	})
}
