// Package store keeps the workbook 工作簿: one SQLite file, and the only place
// in the program that speaks SQL.
//
// A workbook holds two kinds of things. What is only this machine's: drafts
// with their history, settings, rounds, the unit list, paths of keys. And the
// growing set that all workbooks share: records and acts (immutable, named by
// the SHA-256 of their canonical JSON), their signatures, evidence, rubrics,
// rosters. The set only grows; an import batch can be taken out again as a
// whole as long as nothing builds on it.
//
// What the set means is never stored as truth. Tables case_view and standing
// are what inspection.DeriveCase said of the touched cases; they are written in
// the same transaction as the objects, can be dropped, and Rebuild makes them
// again. Store neither proves signatures nor draws: package seal proves bytes,
// package desk joins the two.
//
// Work that was acknowledged is on disk: every method that changes something
// returns after its commit (WAL, synchronous FULL). There is one writer; reads
// go through connections that cannot write. A second program on the same file
// is refused.
//
// Hashes are lower-case hex SHA-256 in the API and 32 bytes in the tables.
package store
