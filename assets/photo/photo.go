// Package photo makes pictures fit to be kept and to be printed: decoded with
// limits, turned as the camera held them, made smaller, written as JPEG without
// what the camera wrote into them (place, owner, device).
package photo

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	_ "image/png" // screenshots are PNG

	_ "golang.org/x/image/bmp"  // some cameras and scanners
	_ "golang.org/x/image/webp" // phones
)

// maxPixels limits what is decoded.
const maxPixels = 100_000_000

// Reduce gives the picture with its long side at most side pixels, turned by
// its EXIF orientation, as JPEG on white without metadata. What cannot be
// decoded is an error: the caller keeps the file as it is.
func Reduce(data []byte, side int) (jpg []byte, err error) {
	img, err := Decode(data, side)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 82}); err != nil {
		return nil, fmt.Errorf("write picture: %w", err)
	}
	return b.Bytes(), nil
}

// Decode reads a picture, at most side pixels long, turned upright. It counts in
// whole numbers only: the same file gives the same pixels on every machine.
func Decode(data []byte, side int) (*image.YCbCr, error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > maxPixels/cfg.Height {
		return nil, fmt.Errorf("picture of %d×%d pixels is too large", cfg.Width, cfg.Height)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	o := 1
	if format == "jpeg" {
		o = orientation(data)
	}
	return reduce(planes(img), side).turned(o), nil
}

// planes is the picture as brightness and colour: as a JPEG holds it, else
// worked out, on white where it is transparent.
func planes(img image.Image) *picture {
	if p, ok := img.(*image.YCbCr); ok {
		return pictureOf(p)
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	rgba := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(rgba, rgba.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(rgba, rgba.Rect, img, b.Min, draw.Over)
	p := &picture{newPlane(w, h), newPlane(w, h), newPlane(w, h)}
	for i := range w * h {
		x := rgba.Pix[4*i : 4*i+3 : 4*i+3]
		p[0].pix[i], p[1].pix[i], p[2].pix[i] = color.RGBToYCbCr(x[0], x[1], x[2])
	}
	return p
}

// orientation reads the tag 0x0112 of the first EXIF segment of a JPEG; 1 if
// there is none. Every offset is checked: the bytes are a stranger's.
func orientation(b []byte) int {
	for at := 2; at+4 <= len(b) && b[at] == 0xFF; {
		size := int(binary.BigEndian.Uint16(b[at+2:]))
		if b[at+1] == 0xDA || size < 2 || at+2+size > len(b) {
			return 1
		}
		body := b[at+4 : at+2+size]
		if b[at+1] == 0xE1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return tiffOrientation(body[6:])
		}
		at += 2 + size
	}
	return 1
}

func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	at := int(order.Uint32(b[4:]))
	if at < 8 || at > len(b)-2 {
		return 1
	}
	n := int(order.Uint16(b[at:]))
	for i := range n {
		e := at + 2 + 12*i
		if e+12 > len(b) {
			return 1
		}
		if order.Uint16(b[e:]) == 0x0112 {
			return int(order.Uint16(b[e+8:]))
		}
	}
	return 1
}
