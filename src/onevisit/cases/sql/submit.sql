-- Everything that a submission writes, in one statement. Rows come as JSON whose keys are the columns' names.
WITH
the_case AS (
    INSERT INTO cases_case SELECT r.* FROM json_populate_record(NULL::cases_case, %(case)s::json) r
),
the_procedures AS (
    INSERT INTO cases_procedure SELECT r.* FROM json_populate_recordset(NULL::cases_procedure, %(procedures)s::json) r
),
the_evidence AS (
    INSERT INTO cases_evidenceitem
    SELECT r.* FROM json_populate_recordset(NULL::cases_evidenceitem, %(evidence)s::json) r
),
the_entries AS (
    INSERT INTO cases_entry SELECT r.* FROM json_populate_recordset(NULL::cases_entry, %(entries)s::json) r
),
the_notices AS (
    INSERT INTO notices_notice SELECT r.* FROM json_populate_recordset(NULL::notices_notice, %(notices)s::json) r
),
the_documents AS (
    UPDATE cases_document SET "case" = %(case_id)s WHERE draft_id = %(draft)s
),
the_key AS (
    INSERT INTO cases_idempotency (account, key, act, answer, at)
    VALUES (%(account)s, %(key)s, 'submit', %(answer)s::jsonb, %(now)s)
)
UPDATE cases_draft SET submitted_case = %(case_id)s, updated_at = %(now)s WHERE id = %(draft)s
