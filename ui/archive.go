package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
)

// askArchive puts the open round into the archive. How long it is to be kept has
// no default: a person chooses.
func (s *shell) askArchive() {
	if s.round.Code == "" {
		s.toast(i18n.T("请先新建或选择检查轮次"))
		return
	}
	none := i18n.T("请选择")
	intro := i18n.T("把 %s 的评分表（每一版）、行为记录、指标体系、名册和目录写进一个新文件夹，连同全部文件的哈希，由汇总单位签名。以后不用工作簿也能核验。", s.round.Title)
	questions, do, ok := s.withKey([]question{
		{label: i18n.T("保管期限"), options: append([]string{none}, desk.Retentions...)},
		{label: i18n.T("全宗号"), hint: i18n.T("写在档号前面，可以不填")},
		{label: i18n.T("密级"), hint: i18n.T("没有就不填")},
	}, func(a []string, key desk.KeyInfo, pass string) error {
		if a[0] == none {
			return i18n.E("请选择保管期限")
		}
		id, err := desk.OpenKey(key.Path, pass)
		if err != nil {
			return err
		}
		s.askDir(func(dir string) {
			s.archive(desk.Archiving{Round: s.round.Code, Dir: filepath.Join(dir, s.round.Code+i18n.T("-归档")), Retention: a[0], Fonds: a[1], Level: a[2], Signer: id})
		})
		return nil
	})
	if ok {
		s.ask(i18n.T("归档本轮"), intro, i18n.T("选择位置…"), questions, do)
	}
}

func (s *shell) archive(a desk.Archiving) {
	var done desk.Archived
	s.run(job{title: i18n.T("归档本轮"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			done, err = s.desk.Archive(ctx, a, p)
			return err
		},
		done: func(err error) {
			if err != nil {
				s.fail(err)
				return
			}
			s.sheet(i18n.T("已归档"), look.Column(look.Gap2, look.NewPara(i18n.T("%d 件，%d 个文件：%s", done.Items, done.Files, done.Dir)),
				look.NewPara(i18n.T("根证书指纹 %s", done.Root)), look.Note(i18n.T("请把指纹另外保存；以后核验归档时用它确认名册没有被换过。"))))
		}})
}

// askCheckArchive proves an archive folder; no workbook is needed for it.
func (s *shell) askCheckArchive() {
	s.askDir(func(dir string) {
		s.ask(i18n.T("核验归档文件夹"), dir, i18n.T("核验"), []question{{label: i18n.T("根证书指纹"), hint: i18n.T("归档时另外保存的；不填就用归档里自带的")}}, func(a []string) error {
			root := a[0]
			if root != "" {
				var err error
				if root, err = desk.Ungroup(root); err != nil {
					return err
				}
			}
			s.checkArchive(dir, root)
			return nil
		})
	})
}

func (s *shell) checkArchive(dir, root string) {
	var r desk.ArchiveCheck
	s.run(job{title: i18n.T("核验归档文件夹"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			r, err = desk.CheckArchive(ctx, dir, root, p)
			return err
		},
		done: func(err error) {
			if err != nil {
				s.fail(err)
				return
			}
			s.sheet(i18n.T("核验归档文件夹"), archiveCheckView(r))
		}})
}

func archiveCheckView(r desk.ArchiveCheck) fyne.CanvasObject {
	box := look.Column(look.Gap2)
	if len(r.Problems) == 0 {
		box.Add(look.Head(i18n.T("● 归档完好")).In(look.Gained))
	} else {
		box.Add(look.Head(i18n.T("× 有 %d 个问题", len(r.Problems))).In(look.Lost))
	}
	box.Add(look.NewText(i18n.T("%d 个文件，%d 份评分表，%d 份行为记录", r.Files, r.Cards, r.Acts)))
	box.Add(look.NewPara(i18n.T("根证书指纹 %s", r.Root)))
	if r.Signed {
		box.Add(look.NewPara(i18n.T("哈希清单由 %s（%s）签名，其密钥列在这个根签发的名册里", r.By.Name, r.By.Number)))
	} else if !r.Pinned { // else it is one of the problems
		box.Add(look.NewPara(desk.UnsignedWords()).In(look.Waiting))
	}
	for i, u := range r.Uncounted {
		if i == mostRefused {
			box.Add(look.Small(i18n.T("还有 %d 个", len(r.Uncounted)-i)))
			break
		}
		box.Add(look.NewPara(i18n.T("归档时就不算数：%s", u)).In(look.Waiting))
	}
	if !r.Pinned {
		box.Add(look.NewPara(i18n.T("指纹取自归档本身，请与另外保存的指纹核对。")).In(look.Waiting))
	}
	for i, p := range r.Problems {
		if i == mostRefused {
			box.Add(look.Small(i18n.T("还有 %d 个", len(r.Problems)-i)))
			break
		}
		box.Add(look.NewPara(p).In(look.Lost))
	}
	return box
}

// askDir asks for a folder.
func (s *shell) askDir(do func(dir string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			do(u.Path())
		}
	}, s.win)
	d.Resize(fyne.NewSize(900, 600))
	d.Show()
}
