package report

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // photos come as PNG, too

	"golang.org/x/image/draw"
)

// Limits of a picture before it is decoded.
const (
	maxPixels  = 100_000_000
	reduceSide = 1000 // pixels of the long side on paper
)

// ReducePhoto makes a picture small enough for paper: long side at most side
// pixels, as JPEG on white. What cannot be decoded is an error; the caller
// shows it as a file that cannot be displayed, and goes on.
func ReducePhoto(data []byte, side int) (jpg []byte, w, h int, err error) {
	cfg, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, 0, 0, fmt.Errorf("read picture: %w", err)
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > maxPixels/cfg.Height {
		return nil, 0, 0, fmt.Errorf("picture of %d×%d pixels is too large", cfg.Width, cfg.Height)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, 0, 0, fmt.Errorf("read picture: %w", err)
	}
	w, h = cfg.Width, cfg.Height
	if long := max(w, h); long > side {
		w, h = max(1, w*side/long), max(1, h*side/long)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, img.Bounds(), draw.Over, nil)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out, &jpeg.Options{Quality: 80}); err != nil {
		return nil, 0, 0, fmt.Errorf("write picture: %w", err)
	}
	return b.Bytes(), w, h, nil
}
