-- The draft, locked, with all that submitting it needs: the first answer to this key, a number, its documents.
-- Who had to wait for the lock reads the draft's row as it is now, but the documents as they were before the wait: then
-- `waited` says so (every change of a draft or its documents writes the draft's row anew), and the caller reads once more.
SELECT
    d.region, d.event, d.snapshot, d.account, d.person_id, d.organisation_id, d.walk_in, d.hall,
    d.answers, d.fetched, d.evidence, d.confirmed, d.disputed, d.unavailable, d.seen, d.held, d.submitted_case,
    (SELECT before.xmin FROM cases_draft before WHERE before.id = d.id) IS DISTINCT FROM d.xmin AS waited,
    (SELECT i.answer FROM cases_idempotency i WHERE i.account = %(account)s AND i.key = %(key)s) AS answered_before,
    CASE WHEN d.submitted_case IS NULL THEN nextval('case_number_seq') END AS serial,
    (
        SELECT coalesce(json_agg(json_build_array(f.id, f.evidence, f.party) ORDER BY f.uploaded_at, f.id), '[]'::json)
        FROM cases_document f WHERE f.draft_id = d.id
    ) AS documents
FROM cases_draft d
WHERE d.id = %(draft)s
FOR UPDATE OF d
