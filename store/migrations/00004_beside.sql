-- The workbook, version 4: a signature that came beside a record in a pack has no
-- field of its own; it follows from the roster in force. Until now it was settled
-- by the roster at hand when the pack came.
-- +goose Up
PRAGMA user_version = 4;

UPDATE OR IGNORE signature SET field = 'beside' WHERE length(p7s) > 0 AND field IN ('coinspector', 'bureau');
DELETE FROM signature WHERE length(p7s) > 0 AND field IN ('coinspector', 'bureau');
