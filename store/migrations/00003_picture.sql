-- The workbook, version 3: evidence made smaller for the pages. A row follows
-- from the evidence alone; the table can be emptied at any time.
-- +goose Up
PRAGMA user_version = 3;

CREATE TABLE picture (
  hash    BLOB PRIMARY KEY REFERENCES evidence(hash) ON DELETE CASCADE,
  maker   TEXT NOT NULL,                                 -- what made it; another's is not used
  sum     BLOB NOT NULL CHECK (length(sum) = 32),        -- SHA-256 of payload
  payload BLOB NOT NULL                                  -- JPEG
) STRICT;
