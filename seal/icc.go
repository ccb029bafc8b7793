package seal

import (
	"bytes"
	"encoding/binary"
)

// srgb is a small ICC profile (version 2, matrix and gamma 2.2) with the
// primaries of sRGB: PDF/A wants the colours of a page to be defined.
func srgb() []byte {
	xyz := func(x, y, z uint32) []byte { return be("XYZ ", uint32(0), x, y, z) }
	desc := append(be("desc", uint32(0), uint32(5)), "sRGB\x00"...)
	desc = append(desc, make([]byte, 4+4+2+1+67)...)
	curve := append(be("curv", uint32(0), uint32(1)), 0x02, 0x33, 0, 0) // gamma 2.2
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", desc}, {"cprt", append(be("text", uint32(0)), "no copyright\x00"...)},
		{"wtpt", xyz(0xF6D6, 0x10000, 0xD32D)},
		{"rXYZ", xyz(0x6FA2, 0x38F5, 0x0390)}, {"gXYZ", xyz(0x6299, 0xB785, 0x18DA)}, {"bXYZ", xyz(0x24A0, 0x0F84, 0xB6CF)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	table := be(uint32(len(tags)))
	var body []byte
	at := 128 + 4 + 12*len(tags)
	for _, t := range tags {
		for len(t.data)%4 != 0 {
			t.data = append(t.data, 0)
		}
		table = append(table, be(t.name, uint32(at+len(body)), uint32(len(t.data)))...)
		body = append(body, t.data...)
	}
	head := be(uint32(at+len(body)), "    ", uint32(0x02100000), "mntr", "RGB ", "XYZ ",
		uint16(2019), uint16(1), uint16(1), uint16(0), uint16(0), uint16(0), "acsp", "    ",
		uint32(0), uint32(0), uint32(0), uint32(0), uint32(0), uint32(0), uint32(0xF6D6), uint32(0x10000), uint32(0xD32D))
	head = append(head, make([]byte, 128-len(head))...)
	return append(append(head, table...), body...)
}

// be writes numbers big-endian and strings as they are.
func be(values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		if s, ok := v.(string); ok {
			b.WriteString(s)
			continue
		}
		_ = binary.Write(&b, binary.BigEndian, v) // a bytes.Buffer takes all
	}
	return b.Bytes()
}
