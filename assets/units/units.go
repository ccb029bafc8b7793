// Package units holds the units 被检查单位 that a new workbook begins with: the
// 14 cities with their codes of GB/T 2260, and departments and central bodies
// that published exercises name. The cities are certain; the others are
// examples with codes of our own, to be completed by the bureau.
package units

import "strings"

// Unit is one unit of the list; Kind is city, department or central.
type Unit struct{ Code, Name, Kind string }

// list holds code, kind, name.
const list = `
450100 city 南宁市
450200 city 柳州市
450300 city 桂林市
450400 city 梧州市
450500 city 北海市
450600 city 防城港市
450700 city 钦州市
450800 city 贵港市
450900 city 玉林市
451000 city 百色市
451100 city 贺州市
451200 city 河池市
451300 city 来宾市
451400 city 崇左市
D001 department 自治区人力资源社会保障厅
D002 department 自治区交通运输厅
D003 department 自治区民政厅
D004 department 自治区水利厅
D005 department 自治区农业农村厅
D006 department 自治区住房城乡建设厅
D007 department 自治区国土资源厅
D008 department 自治区林业厅
D009 department 自治区扶贫办
D010 department 自治区统计局
D011 department 自治区人防办
D012 department 自治区投资促进局
D013 department 自治区机关事务管理局
D014 department 自治区少数民族语言文字工作委员会
Z001 central 广西税务局
`

// Builtin is the list in order.
func Builtin() []Unit {
	var out []Unit
	for line := range strings.Lines(strings.TrimSpace(list)) {
		f := strings.Fields(line)
		out = append(out, Unit{Code: f[0], Kind: f[1], Name: f[2]})
	}
	return out
}
