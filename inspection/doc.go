// Package inspection holds what the checking work produces, as plain data:
// records (what was found), acts (what people decide afterwards) and the
// roster (whose signatures count).
//
// All workbooks together hold a growing set of immutable, content-addressed,
// signed objects, like commits. The state of the world is a pure function of
// that set: Derive folds records, signatures, acts and the highest roster into
// cases with their heads, standing and provisional reasons. Any order, any
// repetition and any partition of the same files gives the same state; no
// clock, no order of arrival and no local setting takes part.
//
// The package knows JSON and arithmetic only. It neither reads files nor
// proves signatures: package seal proves the bytes and package store keeps
// them.
package inspection
