-- Once, in a ledger that was restored, before a hub is started on it. Others have seen the numbers that were given after the
-- back-up; given again, a return of the hub's would be taken for a repeat of another. So counting goes on far beyond them:
-- ten million documents, and a hundred thousand probes, are more than a busy month.
select setval(pg_get_serial_sequence('message', 'serial'), nextval(pg_get_serial_sequence('message', 'serial')) + 10000000) as serial,
       setval('probe_number', nextval('probe_number') + 100000) as probe;
