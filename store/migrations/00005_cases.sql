-- The workbook, version 5: worked cases lie beside the version that they try, a
-- draft or what was published, and no longer beside a code that somebody may
-- change.
-- +goose Up
PRAGMA user_version = 5;

ALTER TABLE rubric_case RENAME COLUMN code TO owner;    -- id of a draft, or hash of a rubric

INSERT INTO rubric_case(owner, name, body, want)
  SELECT lower(hex(r.hash)), c.name, c.body, c.want FROM rubric_case c JOIN rubric r ON r.code = c.owner;

INSERT INTO rubric_case(owner, name, body, want)
  SELECT d.uuid, c.name, c.body, c.want FROM rubric_draft d
    JOIN rubric_step s ON s.draft_id = d.id AND s.seq = d.cursor
    JOIN json_each(inflated(s.payload), '$.settings') x ON json_extract(x.value, '$."代码"') = 'code'
    JOIN rubric_case c ON c.owner = json_extract(x.value, '$."值"');

DELETE FROM rubric_case WHERE owner IN (SELECT code FROM rubric);
