//go:build !windows

package ime

// canTell: X11, Wayland and macOS give a program built on GLFW no way to place
// the candidates.
const canTell = false

func tell(any, caret) {}
