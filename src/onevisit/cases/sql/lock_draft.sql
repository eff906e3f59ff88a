-- The draft, locked, with what submitting it needs of its own row; the first answer to this key; a number.
-- Its documents are read by the next statement: this one, if it had to wait for the lock, would see them as before.
SELECT
    d.region, d.event, d.snapshot, d.account, d.person_id, d.organisation_id, d.walk_in, d.hall,
    d.answers, d.fetched, d.evidence, d.confirmed, d.disputed, d.unavailable, d.seen, d.held, d.submitted_case,
    (SELECT i.answer FROM cases_idempotency i WHERE i.account = %(account)s AND i.key = %(key)s) AS answered_before,
    CASE WHEN d.submitted_case IS NULL THEN nextval('case_number_seq') END AS serial
FROM cases_draft d
WHERE d.id = %(draft)s
FOR UPDATE OF d
