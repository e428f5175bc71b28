import { and, eq, inArray } from "drizzle-orm";
import { jsonMappings } from "#db/schema/json-mappings";
import { integrations } from "#db/schema/services";
import type { Transaction } from "#lib/context";
import type { MappingInForce } from "#lib/events/queries/source-adapter";

/** The mappings in force of those integrations that have one of their own. */
export async function loadMappings(
  tx: Transaction,
  integrationIds: readonly string[],
): Promise<Map<string, MappingInForce>> {
  if (integrationIds.length === 0) return new Map();
  const rows = await tx
    .select({
      integrationId: jsonMappings.integrationId,
      version: jsonMappings.version,
      mapping: jsonMappings.mapping,
    })
    .from(jsonMappings)
    .innerJoin(
      integrations,
      and(
        eq(integrations.id, jsonMappings.integrationId),
        eq(integrations.mappingVersion, jsonMappings.version),
      ),
    )
    .where(inArray(integrations.id, [...new Set(integrationIds)]));
  return new Map(rows.map((row) => [row.integrationId, row]));
}
