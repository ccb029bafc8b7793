package seal

import "regexp"

var pageObject = regexp.MustCompile(`/Type\s*/Page[^s]`)

// PageCount is how many pages a scorecard of our profile has, 0 where it cannot be
// told. The profile knows no object streams, so each page object stands in plain
// sight; later revisions add none.
func PageCount(b []byte) int { return len(pageObject.FindAll(b, -1)) }
