// Package icon holds the program's icon, drawn by the command in gen.
package icon

import _ "embed"

//go:generate go run ./gen

// PNG is the icon, 512 by 512 pixels.
//
//go:embed icon.png
var PNG []byte
