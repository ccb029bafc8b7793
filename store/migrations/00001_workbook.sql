-- The workbook, version 1. Every migration sets user_version in its own
-- transaction, so the file never says less or more than it holds.
-- +goose Up
PRAGMA application_id = 1481654859;
PRAGMA user_version = 1;

-- ---- of this machine only --------------------------------------------------
CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
  code    TEXT PRIMARY KEY,
  pos     INTEGER NOT NULL,
  name    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  liaison TEXT NOT NULL,
  phone   TEXT NOT NULL,
  pinyin  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE round (
  code   TEXT PRIMARY KEY,
  body   TEXT NOT NULL,                                  -- inspection.Round as JSON
  rubric BLOB NOT NULL CHECK (length(rubric) = 32),
  closed INTEGER NOT NULL CHECK (closed IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE round_unit (
  round TEXT NOT NULL REFERENCES round(code) ON DELETE CASCADE,
  pos   INTEGER NOT NULL,
  unit  TEXT NOT NULL,
  PRIMARY KEY (round, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE identity (
  spki   BLOB PRIMARY KEY CHECK (length(spki) = 32),
  path   TEXT NOT NULL,
  name   TEXT NOT NULL,
  number TEXT NOT NULL,
  org    TEXT NOT NULL,
  cert   BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  id      INTEGER PRIMARY KEY,
  uuid    TEXT NOT NULL UNIQUE,
  round   TEXT NOT NULL,
  unit    TEXT NOT NULL,
  rubric  BLOB NOT NULL CHECK (length(rubric) = 32),
  cursor  INTEGER NOT NULL,                              -- the step that is the present
  updated INTEGER NOT NULL                               -- unix milliseconds
) STRICT;
CREATE INDEX draft_place ON draft(round, unit);

CREATE TABLE draft_step (
  draft_id INTEGER NOT NULL REFERENCES draft(id) ON DELETE CASCADE,
  seq      INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  change   TEXT NOT NULL,
  summary  TEXT NOT NULL,
  payload  BLOB NOT NULL,                                -- zstd of the whole document
  UNIQUE (draft_id, seq)
) STRICT;

CREATE TABLE log (
  seq  INTEGER PRIMARY KEY,
  line TEXT NOT NULL,
  prev BLOB NOT NULL CHECK (length(prev) = 32),
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER log_update BEFORE UPDATE ON log BEGIN
  SELECT RAISE(ABORT, 'the log is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_delete BEFORE DELETE ON log BEGIN
  SELECT RAISE(ABORT, 'the log is append-only');
END;
-- +goose StatementEnd

CREATE TABLE batch (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  title    TEXT NOT NULL,
  started  INTEGER NOT NULL,
  finished INTEGER,                                      -- NULL: interrupted or running
  undone   INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
  summary  TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE file (
  id       INTEGER PRIMARY KEY,
  hash     BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  batch_id INTEGER REFERENCES batch(id),                 -- NULL: made here
  name     TEXT NOT NULL,
  size     INTEGER NOT NULL,
  coding   INTEGER NOT NULL CHECK (coding IN (0, 1)),    -- 0 as it is, 1 zstd
  payload  BLOB NOT NULL
) STRICT;
CREATE INDEX file_batch ON file(batch_id);

CREATE TABLE refusal (
  hash     BLOB PRIMARY KEY CHECK (length(hash) = 32),
  batch_id INTEGER NOT NULL REFERENCES batch(id),
  name     TEXT NOT NULL,
  size     INTEGER NOT NULL,
  rule     INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  genuine  INTEGER NOT NULL CHECK (genuine IN (0, 1))    -- the data signature still holds
) STRICT, WITHOUT ROWID;
CREATE INDEX refusal_batch ON refusal(batch_id);

-- ---- the set: what all workbooks share --------------------------------------
CREATE TABLE rubric (
  id      INTEGER PRIMARY KEY,
  hash    BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  code    TEXT NOT NULL,
  version TEXT NOT NULL,
  title   TEXT NOT NULL,
  status  TEXT NOT NULL,
  payload BLOB NOT NULL                                  -- zstd
) STRICT;

CREATE TABLE roster (
  version INTEGER PRIMARY KEY,
  hash    BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  payload BLOB NOT NULL,                                 -- zstd
  p7s     BLOB NOT NULL
) STRICT;

CREATE TABLE case_key (
  id     INTEGER PRIMARY KEY,
  round  TEXT NOT NULL,
  rubric BLOB NOT NULL,
  trial  INTEGER NOT NULL CHECK (trial IN (0, 1)),
  unit   TEXT NOT NULL,
  UNIQUE (round, rubric, trial, unit)
) STRICT;
CREATE INDEX case_unit ON case_key(unit);

-- kind 1: record, 2: act. The payload stands last: lists never read it.
CREATE TABLE object (
  id       INTEGER PRIMARY KEY,
  hash     BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  kind     INTEGER NOT NULL CHECK (kind IN (1, 2)),
  case_id  INTEGER NOT NULL REFERENCES case_key(id),
  act_kind TEXT NOT NULL,
  signer   BLOB NOT NULL,
  counter  INTEGER NOT NULL,
  previous BLOB NOT NULL,                                -- empty: the first of its key
  revision INTEGER NOT NULL,
  batch_id INTEGER REFERENCES batch(id),                 -- NULL: made here
  file_id  INTEGER REFERENCES file(id),
  node     BLOB NOT NULL,                                -- inspection.Node or ActNode
  cells    BLOB NOT NULL,                                -- the caller's packed figures, may be empty
  payload  BLOB NOT NULL                                 -- zstd of the canonical JSON
) STRICT;
CREATE INDEX object_case ON object(case_id, kind);
CREATE INDEX object_signer ON object(signer, counter);
CREATE INDEX object_batch ON object(batch_id);
CREATE INDEX object_file ON object(file_id);

CREATE TABLE signature (
  id        INTEGER PRIMARY KEY,
  object_id INTEGER NOT NULL REFERENCES object(id) ON DELETE CASCADE,
  field     TEXT NOT NULL,
  spki      BLOB NOT NULL CHECK (length(spki) = 32),
  batch_id  INTEGER REFERENCES batch(id),
  claimed   TEXT NOT NULL,
  cert      BLOB NOT NULL,
  p7s       BLOB NOT NULL,
  UNIQUE (object_id, field, spki)
) STRICT;
CREATE INDEX signature_spki ON signature(spki);
CREATE INDEX signature_batch ON signature(batch_id);

CREATE TABLE evidence (
  id       INTEGER PRIMARY KEY,
  hash     BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  media    TEXT NOT NULL,
  size     INTEGER NOT NULL,
  batch_id INTEGER REFERENCES batch(id),                 -- NULL: added here
  payload  BLOB NOT NULL
) STRICT;
CREATE INDEX evidence_batch ON evidence(batch_id);

CREATE TABLE evidence_use (
  object_id INTEGER NOT NULL REFERENCES object(id) ON DELETE CASCADE,
  hash      BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (object_id, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_use_hash ON evidence_use(hash);

-- Which kept files carry what: when a batch is undone, what another file brought
-- as well stays and belongs to that one.
CREATE TABLE carried_object (
  object_id INTEGER NOT NULL REFERENCES object(id) ON DELETE CASCADE,
  file_id   INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
  PRIMARY KEY (object_id, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX carried_object_file ON carried_object(file_id);

CREATE TABLE carried_signature (
  signature_id INTEGER NOT NULL REFERENCES signature(id) ON DELETE CASCADE,
  file_id      INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
  PRIMARY KEY (signature_id, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX carried_signature_file ON carried_signature(file_id);

-- ---- derived: can be dropped and made again ---------------------------------
CREATE TABLE case_view (
  round       TEXT NOT NULL,
  rubric      BLOB NOT NULL,
  trial       INTEGER NOT NULL,
  unit        TEXT NOT NULL,
  state       TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  exact       TEXT NOT NULL,
  value       TEXT NOT NULL,
  band        TEXT NOT NULL,
  failed      TEXT NOT NULL,
  unit_name   TEXT NOT NULL,
  unit_kind   TEXT NOT NULL,
  lists       TEXT NOT NULL,                             -- joined by U+001F
  provisional TEXT NOT NULL,                             -- joined by U+001F
  records     INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  ancestor    BLOB NOT NULL,
  heads       BLOB NOT NULL,                             -- 32 bytes each
  idle        BLOB NOT NULL,                             -- child and parent, 64 bytes each
  PRIMARY KEY (round, rubric, trial, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_view_unit ON case_view(unit);

CREATE TABLE standing (                                  -- objects that do not count
  object_id INTEGER PRIMARY KEY,
  reason    TEXT NOT NULL
) STRICT;
