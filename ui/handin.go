package ui

import (
	"context"
	"path/filepath"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// askHandIn packs what was sealed in the round, to be handed in as one file,
// encrypted to the bureau if the stick may be lost.
func (s *shell) askHandIn() {
	keys, err := s.desk.Keys()
	if err != nil {
		s.fail(err)
		return
	}
	if len(keys) == 0 {
		s.needKey()
		return
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = model.KeyWords(k)
	}
	key, pass, wrong := look.NewSelect(names, nil), ime.NewPassword(), look.NewPara("").In(look.Lost)
	key.SetSelectedIndex(model.KeyIndex(keys, s.desk.Setting("key", "")))
	secret := look.NewCheck(i18n.T("加密：只有大数据局的密钥能打开（U 盘可能丢失时用）"), func(on bool) {
		value := ""
		if on {
			value = "1"
		}
		_ = s.desk.SetSetting("handin.encrypt", value)
	})
	secret.SetChecked(s.desk.Setting("handin.encrypt", "") == "1")
	box := look.Column(look.Gap2, look.Note(i18n.T("把“%s”已签发的评分表、签名、佐证和行为记录打成一个包，交大数据局接收。重复上交没有关系：已有的会认出来。", s.round.Title)),
		pair(i18n.T("上交人"), key), pair(i18n.T("口令"), pass), secret, wrong)
	d := look.NewDialog(s.win, i18n.T("上交本轮评分表"), look.Fixed(560, 0, box)).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("存为包…"), func() bool {
		k := keys[max(key.SelectedIndex(), 0)]
		if _, err := desk.OpenKey(k.Path, pass.Text); err != nil {
			wrong.Set(i18n.Person(err))
			return false
		}
		s.saveFile(s.round.Code+"-"+k.Number+".zip", func(out string) error {
			s.handIn(desk.HandIn{Round: s.round.Code, KeyPath: k.Path, Passphrase: pass.Text, Encrypt: secret.Checked, Out: out})
			return nil
		})
		return true
	})
	pass.OnSubmitted, pass.OnEscape = func(string) { d.Enter() }, d.Escape
	d.Focus(pass).Show()
	s.recall(keys[max(key.SelectedIndex(), 0)].SPKI, pass)
}

func (s *shell) handIn(h desk.HandIn) {
	var done desk.HandedIn
	s.run(job{title: i18n.T("上交本轮评分表"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			done, err = s.desk.HandIn(ctx, h, p)
			return err
		},
		done: func(err error) {
			if err != nil {
				s.fail(err)
				return
			}
			var files []string
			for _, f := range done.Files {
				files = append(files, filepath.Base(f))
			}
			s.toast(i18n.T("%d 份评分表、%d 份行为记录已写入 %s", done.Records, done.Acts, strings.Join(files, i18n.T("、"))))
		}})
}

// withEncrypted asks for the bureau's passphrase when there are encrypted files
// among paths, and then goes on; without the passphrase they are skipped.
func (s *shell) withEncrypted(paths []string, then func()) {
	if s.desk.CanDecrypt() {
		then()
		return
	}
	var found []string
	s.run(job{title: i18n.T("查找加密的文件"),
		work: func(ctx context.Context, _ desk.Progress) (err error) {
			found, err = desk.Encrypted(ctx, paths)
			return err
		},
		done: func(err error) {
			if err != nil {
				s.fail(err)
				return
			}
			if len(found) == 0 {
				then()
				return
			}
			s.askDecrypt(len(found), then)
		}})
}

func (s *shell) askDecrypt(n int, then func()) {
	keys, err := s.desk.Keys()
	if err != nil {
		s.fail(err)
		return
	}
	words, bureau := model.BureauKeys(keys)
	if len(bureau) == 0 {
		s.toast(i18n.T("%d 个加密文件要用汇总单位的密钥打开，这台电脑上没有，先跳过", n))
		then()
		return
	}
	key, pass, wrong := look.NewSelect(words, nil), ime.NewPassword(), look.NewPara("").In(look.Lost)
	key.SetSelectedIndex(0)
	box := look.Column(look.Gap2, look.Note(i18n.T("其中 %d 个文件是加密的。用汇总单位的密钥打开，里面的内容照样逐份核验；不打开就跳过它们。", n)), pair(i18n.T("汇总密钥"), key), pair(i18n.T("口令"), pass), wrong)
	d := look.NewDialog(s.win, i18n.T("打开加密的文件"), look.Fixed(520, 0, box)).Cancel(i18n.T("跳过加密文件"), then)
	d.Main(i18n.T("打开"), func() bool {
		if err := s.desk.UseKey(bureau[max(key.SelectedIndex(), 0)].Path, pass.Text); err != nil {
			wrong.Set(i18n.Person(err))
			return false
		}
		d.Hide()
		then()
		return false
	})
	pass.OnSubmitted, pass.OnEscape = func(string) { d.Enter() }, d.Escape
	d.Focus(pass).Show()
	s.recall(bureau[0].SPKI, pass)
}
