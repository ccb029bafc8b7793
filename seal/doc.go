// Package seal makes and proves the sealed files: keys and certificates, the
// detached signatures (CMS), the signed PDF scorecard and the packs.
//
// It proves bytes and hands over plain data. Whether a signer counts is not
// decided here but from the roster, in package inspection.
//
// A sealed scorecard does two jobs: any reader opens it and checks its
// signature, and the importer takes the record out of it. The truth that is
// merged is inspection.json with its own signature inspection.json.p7s; the
// signature of the PDF covers the pages and both. The reader is strict: it
// accepts only what SealPDF and Cosign write, byte for byte in structure, and
// refuses everything else with the number of the rule (FORMATS §4) that was
// broken. “All signatures are valid and the last one covers the file” is not
// enough: an unsigned update that replaces the record, countersigned by an
// honest colleague, passes that test and not this one.
package seal
