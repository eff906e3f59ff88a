-- The case of a procedure of the officer's own agency, locked, with all that granting it needs.
-- Who had to wait for the lock reads the case's row as it is now, but all else as it was before the wait: then
-- seen_seq differs from head_seq (every change is in the ledger), and the caller reads once more.
SELECT
    c.id AS case_id, c.number, c.region, c.snapshot, c.facts, c.walk_in, c.hall, c.person_id, c.organisation_id, c.head_seq, c.head_hash,
    (SELECT earlier.head_seq FROM cases_case earlier WHERE earlier.id = c.id) AS seen_seq,
    h.name AS person_name, o.name AS organisation_name,
    (
        SELECT json_agg(json_build_array(
            p.id, p.number, p.service, p.agency, p.regime, p.state, p.completeness, p.on_promise, p.needs,
            p.ordered_after, p.received_at, p.check_due, p.accepted_at
        ) ORDER BY p.number)
        FROM cases_procedure p WHERE p.case_id = c.id
    ) AS procedures,
    (
        SELECT coalesce(json_agg(json_build_array(e.kind, e.ref, e.record ->> 'number')), '[]'::json)
        FROM cases_evidenceitem e
        WHERE e.case_id = c.id AND e.kind IN ('output', 'licence') AND e.services ? mine.service
    ) AS taken,
    (
        SELECT coalesce(json_agg(l.type), '[]'::json)
        FROM licences_licence l JOIN licences_revocation r ON r.licence_id = l.id
        WHERE l."case" = c.id
    ) AS revoked,
    (SELECT json_build_array(d.officer_name, d.at) FROM cases_decision d WHERE d.procedure_id = mine.id) AS decided,
    (
        SELECT json_build_array(i.act, i.answer)
        FROM cases_idempotency i WHERE i.account = %(account)s AND i.key = %(key)s
    ) AS answered
FROM cases_procedure mine
JOIN cases_case c ON c.id = mine.case_id
JOIN people_person h ON h.id = c.person_id
LEFT JOIN people_organisation o ON o.id = c.organisation_id
WHERE mine.id = %(procedure)s AND mine.agency = %(agency)s
FOR UPDATE OF c
