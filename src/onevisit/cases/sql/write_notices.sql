INSERT INTO notices_notice SELECT r.* FROM json_populate_recordset(NULL::notices_notice, %(notices)s::json) r
