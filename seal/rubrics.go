package seal

import (
	"sync"

	"xunping/inspection"
	"xunping/inspection/canon"
)

// rubricCache keeps the few rubrics that thousands of files share compiled.
// The key is the hash of the bytes, so a cached one is the one that was sent.
var rubricCache = struct {
	sync.Mutex
	byHash map[string]*inspection.Compiled
}{byHash: map[string]*inspection.Compiled{}}

const cachedRubrics = 64

func compiled(b []byte) (*inspection.Compiled, error) {
	hash := canon.Hash(b)
	rubricCache.Lock()
	c := rubricCache.byHash[hash]
	rubricCache.Unlock()
	if c != nil {
		return c, nil
	}
	c, err := inspection.Compile(b)
	if err != nil {
		return nil, err
	}
	rubricCache.Lock()
	defer rubricCache.Unlock()
	if len(rubricCache.byHash) >= cachedRubrics {
		clear(rubricCache.byHash)
	}
	rubricCache.byHash[hash] = c
	return c, nil
}
