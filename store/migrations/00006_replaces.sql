-- The workbook, version 6: an act's node says which act it takes the place of, as
-- letters and approvals decide whether a result stands. What follows from it is
-- derived again when the workbook is opened.
-- +goose Up
PRAGMA user_version = 6;

UPDATE object SET node = CAST(json_set(CAST(node AS TEXT), '$.replaces', json_extract(inflated(payload), '$.replaces')) AS BLOB)
  WHERE kind = 2 AND coalesce(json_extract(inflated(payload), '$.replaces'), '') <> '';

INSERT OR REPLACE INTO setting(key, value) SELECT 'derive again', '1' WHERE EXISTS (SELECT 1 FROM object WHERE kind = 2);
