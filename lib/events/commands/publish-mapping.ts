import { eq } from "drizzle-orm";
import { jsonMappings } from "#db/schema/json-mappings";
import { integrations } from "#db/schema/services";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { changedFieldsOf, DEFAULT_MAPPING } from "#lib/events/json-mapping";
import type { JsonMapping } from "#lib/events/json-mapping";
import { compileMapping } from "#lib/events/queries/compile-mapping";
import { loadMappings } from "#lib/events/queries/load-mappings";
import { publishMappingSchema } from "#lib/events/schemas";
import type { PublishMappingInput } from "#lib/events/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockIntegration } from "#lib/services/commands/lock-service";
import { refuseStaleVersion } from "#lib/stale-version";

/**
 * Puts a mapping in force for every message of JSON that comes to an integration from now on, as its next version. Throws `invalid`,
 * naming the field and the place, for an expression that can't be understood, and `conflict` when another version than the edited one
 * is in force.
 */
export async function publishMapping(ctx: Context, input: PublishMappingInput): Promise<{ version: number }> {
  requirePermission(ctx.actor, "configure");
  const { integrationId, mapping, expectedVersion } = parseInput(publishMappingSchema, input);
  refuseErrors(mapping);
  return inTransaction(ctx, async (scope) => {
    const integration = await lockIntegration(scope.tx, integrationId);
    const { mappingVersion: current, name, serviceId } = integration;
    const before =
      (await loadMappings(scope.tx, [integrationId])).get(integrationId)?.mapping ?? DEFAULT_MAPPING;
    await refuseStaleVersion(
      scope.tx,
      { objectType: "json_mapping", id: integrationId, name: `the mapping of ${name}`, version: current },
      expectedVersion,
    );
    const version = current + 1;
    await scope.tx.insert(jsonMappings).values({
      integrationId,
      version,
      mapping,
      publishedBy: scope.actor.type === "user" ? scope.actor.id : null,
      publishedByName: scope.actor.name,
      createdAt: scope.now,
    });
    await scope.tx
      .update(integrations)
      .set({ mappingVersion: version })
      .where(eq(integrations.id, integrationId));
    const changed = changedFieldsOf(before, mapping);
    const only = (whole: JsonMapping) => Object.fromEntries(changed.map((field) => [field, whole[field]]));
    await audit(scope, {
      action: "publish",
      objectType: "json_mapping",
      objectId: integrationId,
      objectName: name,
      before: { version: current, ...only(before) },
      after: { version, ...only(mapping) },
    });
    await publish(scope, { topic: "integration.updated", entityType: "service", entityId: serviceId });
    return { version };
  });
}

function refuseErrors(mapping: JsonMapping): void {
  const fields = compileMapping(mapping).errors.map(({ field, message, start }) => ({
    field: `mapping.${field}`,
    message: `${message} (at character ${start + 1})`,
  }));
  const [first] = fields;
  if (first) throw new AppError("invalid", `${first.field}: ${first.message}`, { fields });
}
