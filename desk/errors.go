package desk

import "xunping/assets/i18n"

// cannotWrite says that a file could not be written, and that nothing is half
// there.
func cannotWrite(path string, err error) error {
	return i18n.E("文件写不下去：%s（%s）。没有留下半个文件", path, err.Error(), err)
}
