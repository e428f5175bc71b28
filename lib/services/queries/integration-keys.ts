import type { Sql } from "#db/connect";

/** What the key of an integration stands for. */
export type IntegrationOfKey = { integrationId: string; serviceId: string; serviceName: string };

/** The live integrations with these keys, by key. It is asked at the door of the intake, where the key is all there is to check. */
export async function findIntegrationsByKey(
  sql: Sql,
  keys: readonly string[],
): Promise<Map<string, IntegrationOfKey>> {
  const rows = await sql<({ key: string } & IntegrationOfKey)[]>`
    select i.key, i.id as "integrationId", s.id as "serviceId", s.name as "serviceName"
    from integrations i
    join services s on s.id = i.service_id
    where i.key = any(${[...keys]}::text[]) and i.deleted_at is null and s.deleted_at is null`;
  return new Map(rows.map(({ key, ...integration }) => [key, integration]));
}
