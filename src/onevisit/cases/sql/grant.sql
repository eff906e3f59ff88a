-- Everything that a grant writes, in one statement. Rows come as JSON whose keys are the columns' names.
WITH
moved AS (
    UPDATE cases_procedure p
    SET state = r.state,
        completeness = r.completeness,
        received_at = coalesce(r.received_at, p.received_at),
        check_due = coalesce(r.check_due, p.check_due),
        accepted_at = coalesce(r.accepted_at, p.accepted_at),
        due = coalesce(r.due, p.due),
        statutory_due = coalesce(r.statutory_due, p.statutory_due),
        decided_at = coalesce(r.decided_at, p.decided_at),
        holder = coalesce(r.holder, p.holder),
        holder_name = coalesce(r.holder_name, p.holder_name)
    FROM json_populate_recordset(NULL::cases_procedure, %(procedures)s::json) r
    WHERE p.id = r.id AND p.case_id = %(case)s
),
the_decision AS (
    INSERT INTO cases_decision SELECT r.* FROM json_populate_record(NULL::cases_decision, %(decision)s::json) r
),
the_entries AS (
    INSERT INTO cases_entry SELECT r.* FROM json_populate_recordset(NULL::cases_entry, %(entries)s::json) r
),
the_licences AS (
    INSERT INTO licences_licence
    SELECT r.* FROM json_populate_recordset(NULL::licences_licence, %(licences)s::json) r
),
the_notices AS (
    INSERT INTO notices_notice SELECT r.* FROM json_populate_recordset(NULL::notices_notice, %(notices)s::json) r
),
ready AS (
    UPDATE cases_evidenceitem e
    SET record = r.record
    FROM json_to_recordset(%(outputs)s::json) AS r(ref text, party text, record jsonb)
    WHERE e.case_id = %(case)s AND e.kind = 'output' AND e.ref = r.ref AND r.party IN ('', e.party)
),
the_key AS (
    INSERT INTO cases_idempotency (account, key, act, answer, at)
    VALUES (%(account)s, %(key)s, 'grant', %(answer)s::jsonb, %(now)s)
)
UPDATE cases_case
SET head_seq = %(head_seq)s,
    head_hash = %(head_hash)s::bytea,
    facts = coalesce(facts || %(founded)s::jsonb, facts),
    sources = coalesce(sources || %(founded_by)s::jsonb, sources)
WHERE id = %(case)s
