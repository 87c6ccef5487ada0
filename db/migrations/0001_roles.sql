-- The running system takes this role on every connection: it reads and adds, and may change only what a table grants.
do $$
begin
  if not exists (select from pg_roles where rolname = 'tessera_app') then
    create role tessera_app nologin;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database of the same server made it in the same moment
end $$;
grant tessera_app to current_user;
