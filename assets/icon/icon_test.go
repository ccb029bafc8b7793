package icon

import (
	"bytes"
	"image/png"
	"testing"
)

func TestIcon(t *testing.T) {
	c, err := png.DecodeConfig(bytes.NewReader(PNG))
	if err != nil || c.Width != 512 || c.Height != 512 {
		t.Errorf("icon is %d by %d: %v", c.Width, c.Height, err)
	}
}
