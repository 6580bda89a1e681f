-- One snapshot for the dump and for the counts: what the manifest says is what the dump holds.
begin transaction isolation level repeatable read read only;
select pg_export_snapshot() as snapshot \gset
\setenv SNAPSHOT :snapshot
\! pg_dump --snapshot="$SNAPSHOT" --format=custom --compress=6 --no-password --file=/work/dump || touch /work/failed
\o /work/rows
select coalesce(json_object_agg(format('%I.%I', space.nspname, class.relname),
    (xpath('/row/count/text()', query_to_xml(format('select count(*) from %I.%I', space.nspname, class.relname), false, true, '')))[1]::text::bigint
    order by space.nspname, class.relname), '{}')
  from pg_class class join pg_namespace space on space.oid = class.relnamespace
  where class.relkind = 'r' and space.nspname !~ '^pg_' and space.nspname <> 'information_schema'
    and has_table_privilege(class.oid, 'select');
\o
commit;
