package ime

import (
	"syscall"
	"unsafe"

	"fyne.io/fyne/v2/driver"
)

const canTell = true

var (
	imm32                = syscall.NewLazyDLL("imm32.dll")
	immGetContext        = imm32.NewProc("ImmGetContext")
	immReleaseContext    = imm32.NewProc("ImmReleaseContext")
	immSetCompositionWnd = imm32.NewProc("ImmSetCompositionWindow")
	immSetCandidateWnd   = imm32.NewProc("ImmSetCandidateWindow")
)

type point struct{ x, y int32 }

type rect struct{ left, top, right, bottom int32 }

// compositionForm is COMPOSITIONFORM of imm.h: where the letters not yet
// turned into characters are shown.
type compositionForm struct {
	style uint32
	pos   point
	area  rect
}

// candidateForm is CANDIDATEFORM of imm.h: where the candidates are shown, and
// which area they must leave free.
type candidateForm struct {
	index, style uint32
	pos          point
	area         rect
}

const (
	cfsPoint        = 0x0002
	cfsCandidatePos = 0x0040
	cfsExclude      = 0x0080
)

// tell places composition and candidates at the caret, as other toolkits do; it
// was compiled for Windows but not yet tried there. It runs on the thread
// that owns the window. Some input methods read only the place, others only
// the area to leave free; both are given.
func tell(window any, at caret) {
	w, ok := window.(driver.WindowsWindowContext)
	if !ok || w.HWND == 0 {
		return
	}
	for _, p := range []*syscall.LazyProc{immGetContext, immReleaseContext, immSetCompositionWnd, immSetCandidateWnd} {
		if p.Find() != nil {
			return // a Windows without input methods
		}
	}
	imc, _, _ := immGetContext.Call(w.HWND)
	if imc == 0 {
		return
	}
	defer func() { _, _, _ = immReleaseContext.Call(w.HWND, imc) }()
	composition := compositionForm{style: cfsPoint, pos: point{at.x, at.y}}
	_, _, _ = immSetCompositionWnd.Call(imc, uintptr(unsafe.Pointer(&composition)))
	below := candidateForm{style: cfsCandidatePos, pos: point{at.x, at.y + at.height}}
	_, _, _ = immSetCandidateWnd.Call(imc, uintptr(unsafe.Pointer(&below)))
	free := candidateForm{style: cfsExclude, pos: point{at.x, at.y}, area: rect{at.x, at.y, at.x + 1, at.y + at.height}}
	_, _, _ = immSetCandidateWnd.Call(imc, uintptr(unsafe.Pointer(&free)))
}
