// Package report draws: the scorecard as PDF pages, the ledger as XLSX. It
// decides nothing and computes nothing; every figure it prints was computed by
// package scoring.
//
// Pages are drawn with gofpdf, of which only CellFormat is used for text: its
// own line breakers drop a Chinese character at every break. Lines are broken
// by assets/typeset. Equal input gives equal bytes, so a reader can draw the
// pages of a record again and compare.
//
// The scorecard is always Chinese: its bytes are signed and must not depend on
// the language somebody chose for the window.
package report
