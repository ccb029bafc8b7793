package store

import (
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"xunping/assets/i18n"
)

// maxInflated bounds what one stored document may become: no document that was
// let in is larger than the limit of a received file.
const maxInflated = 256 << 20

var encoder = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(2))
	if err != nil {
		panic(err) // constant options
	}
	return e
})

var decoder = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxInflated), zstd.WithDecoderConcurrency(2))
	if err != nil {
		panic(err) // constant options
	}
	return d
})

func deflate(b []byte) []byte { return encoder().EncodeAll(b, make([]byte, 0, len(b)/3+64)) }

func inflate(b []byte) ([]byte, error) {
	out, err := decoder().DecodeAll(b, nil)
	if err != nil {
		return nil, fmt.Errorf("inflate stored document: %w", err)
	}
	return out, nil
}

// unhex turns a hash of the API into the 32 bytes of the tables.
func unhex(hash string) ([]byte, error) {
	b, err := hex.DecodeString(hash)
	if err != nil || len(b) != 32 {
		return nil, i18n.E("散列值不合格式：%s", hash)
	}
	return b, nil
}

// maybeUnhex takes "" too, as no bytes.
func maybeUnhex(hash string) ([]byte, error) {
	if hash == "" {
		return []byte{}, nil
	}
	return unhex(hash)
}

func hexed(b []byte) string { return hex.EncodeToString(b) }

// hashes splits joined 32-byte hashes.
func hashes(b []byte) []string {
	var out []string
	for ; len(b) >= 32; b = b[32:] {
		out = append(out, hexed(b[:32]))
	}
	return out
}
