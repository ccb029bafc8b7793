-- The workbook, version 2: rubrics that are being written, and worked cases with
-- what they must give. Both are of this machine only and no part of the set.
-- +goose Up
PRAGMA user_version = 2;

CREATE TABLE rubric_draft (
  id      INTEGER PRIMARY KEY,
  uuid    TEXT NOT NULL UNIQUE,
  cursor  INTEGER NOT NULL,                              -- the step that is the present
  updated INTEGER NOT NULL                               -- unix milliseconds
) STRICT;

CREATE TABLE rubric_step (
  draft_id INTEGER NOT NULL REFERENCES rubric_draft(id) ON DELETE CASCADE,
  seq      INTEGER NOT NULL,
  change   TEXT NOT NULL,
  payload  BLOB NOT NULL,                                -- zstd of the whole document
  UNIQUE (draft_id, seq)
) STRICT;

CREATE TABLE rubric_case (
  code TEXT NOT NULL,                                    -- of the rubric, whatever its version
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  want TEXT NOT NULL,                                    -- JSON of the caller
  PRIMARY KEY (code, name)
) STRICT, WITHOUT ROWID;
