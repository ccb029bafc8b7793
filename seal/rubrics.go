package seal

import (
	"sync"

	"xunping/inspection"
	"xunping/inspection/canon"
)

// Thousands of files share a few rubrics. They are kept compiled, and inflated
// as they lie in a file; nobody changes either.
var (
	compiledRubrics = cache[*inspection.Compiled]{byHash: map[string]*inspection.Compiled{}}
	inflatedRubrics = cache[[]byte]{byHash: map[string][]byte{}}
)

// cache keeps what was made of some bytes. The key is the hash of those bytes,
// so what it gives was made of the very same.
type cache[T any] struct {
	mu     sync.Mutex
	byHash map[string]T
}

const cached = 64

// get gives what is kept under a hash, or makes it and keeps what is worth it.
func (c *cache[T]) get(hash string, make func() (v T, keep bool, err error)) (T, error) {
	c.mu.Lock()
	v, ok := c.byHash[hash]
	c.mu.Unlock()
	if ok {
		return v, nil
	}
	v, keep, err := make()
	if err != nil || !keep {
		return v, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.byHash) >= cached {
		clear(c.byHash)
	}
	c.byHash[hash] = v
	return v, nil
}

// compiled compiles the rubric that b is; hash is that of b.
func compiled(hash string, b []byte) (*inspection.Compiled, error) {
	return compiledRubrics.get(hash, func() (*inspection.Compiled, bool, error) {
		c, err := inspection.Compile(b)
		return c, true, err
	})
}

// inflatedOnce is inflate for a stream that many files have in common. What a
// stream of this size cannot be is left to inflate, which refuses it.
func (s *pdfStream) inflatedOnce(limit int) ([]byte, error) {
	if s.dict["Filter"] != pdfName("FlateDecode") || s.dict["DecodeParms"] != nil || limit < keptRubric {
		return s.inflate(limit)
	}
	return inflatedRubrics.get(canon.Hash(s.raw), func() ([]byte, bool, error) {
		b, err := s.inflate(limit)
		return b, len(b) <= keptRubric, err
	})
}

// keptRubric is the largest rubric that is kept inflated.
const keptRubric = 1 << 20
