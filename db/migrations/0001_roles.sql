-- The running system takes this role on every connection: it reads and adds, and may change only what a table grants.
do $$
begin
  if not exists (select from pg_roles where rolname = 'tessera_app') then
    create role tessera_app nologin;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database of the same server made it in the same moment
end $$;

-- An owner who did not make the role can take it only if somebody granted it before; then there is nothing to grant.
do $$
begin
  if not pg_has_role(current_user, 'tessera_app', 'set') then
    grant tessera_app to current_user;
  end if;
end $$;
