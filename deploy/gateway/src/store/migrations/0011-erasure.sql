-- A team that leaves takes its audit along (store/tenant-erasure.ts): of whom there is no team any more, the entries may go, all but
-- the one that says that the team was erased. That one is held to the ninety days of all others.
DROP POLICY old_only ON audit;
CREATE POLICY old_only ON audit AS RESTRICTIVE FOR DELETE TO codeant_system USING (
  at < now() - interval '90 days'
  OR (action <> 'team.erase' AND NOT EXISTS (SELECT FROM tenants WHERE tenants.id = audit.tenant_id))
);
