import type { Sql } from "#db/connect";
import type { JsonMapping } from "#lib/events/json-mapping";

/** What the key of an integration stands for. `mapping`: how its JSON becomes events; null: by the default. */
export type IntegrationOfKey = {
  integrationId: string;
  serviceId: string;
  serviceName: string;
  mappingVersion: number;
  mapping: JsonMapping | null;
};

/** The live integrations with these keys, the ones they had before while those are still accepted, by key. It is asked at the door of the intake, where the key is all there is to check. */
export async function findIntegrationsByKey(
  sql: Sql,
  keys: readonly string[],
): Promise<Map<string, IntegrationOfKey>> {
  const asked = [...keys];
  const rows = await sql<({ key: string } & IntegrationOfKey)[]>`
    with named as (
      select key, id, 2 as rank from integrations where key = any(${asked}::text[])
      union all
      select previous_key, id, 1 from integrations
      where previous_key = any(${asked}::text[]) and previous_key_until > now()
    )
    select named.key, i.id as "integrationId", s.id as "serviceId", s.name as "serviceName",
      i.mapping_version as "mappingVersion", m.mapping
    from named
    join integrations i on i.id = named.id
    join services s on s.id = i.service_id
    left join json_mappings m on m.integration_id = i.id and m.version = i.mapping_version
    where i.deleted_at is null and s.deleted_at is null
    order by named.rank`;
  // Whose key it is now comes last, and so wins over whose it was.
  return new Map(rows.map(({ key, ...integration }) => [key, integration]));
}
