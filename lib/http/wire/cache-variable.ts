import { z } from "zod";
import { AppError } from "#lib/errors";
import { wireInstant, wireInstantOrNull } from "#lib/http/wire/instant";
import { expressionsOf } from "#lib/http/wire/orchestration-path";
import type { WireContext } from "#lib/http/wire/wire-context";
import { CACHE_DATA_TYPES } from "#lib/rules/cache-variable";
import { pathFromPcl, pathToPcl } from "#lib/rules/pcl";
import type { CacheVariableDto } from "#lib/rules/queries/cache-variables";
import type { RuleCondition } from "#lib/rules/rule";
import type { CacheVariableInput } from "#lib/rules/schemas";

/** A cache variable as PagerDuty has it, with what it holds. */
export function wireCacheVariable(wire: WireContext, variable: CacheVariableDto) {
  return {
    id: variable.id,
    name: variable.name,
    conditions: expressionsOf(variable.when).map((expression) => ({ expression })),
    disabled: variable.disabled,
    configuration: configurationOf(variable),
    value: variable.value,
    value_expires_at: wireInstantOrNull(wire, variable.expiresAt),
    created_at: wireInstant(variable.createdAt, wire.timeZone),
    updated_at: wireInstant(variable.updatedAt, wire.timeZone),
  };
}

function configurationOf({ kind, path, pattern, ttlSeconds, dataType }: CacheVariableDto) {
  switch (kind) {
    case "recent_value":
      return { type: kind, source: pathToPcl(path ?? ""), regex: pattern, ttl_seconds: ttlSeconds };
    case "trigger_event_count":
      return { type: kind, ttl_seconds: ttlSeconds };
    case "external_data":
      return { type: kind, data_type: dataType, ttl_seconds: ttlSeconds };
  }
}

const ttl = z.number().int();

/** What is left out stays as it is. */
export const cacheVariableBody = z.object({
  name: z.string().optional(),
  conditions: z.array(z.object({ expression: z.string().trim().min(1) })).nullish(),
  disabled: z.boolean().nullish(),
  configuration: z
    .discriminatedUnion("type", [
      z.object({
        type: z.literal("recent_value"),
        source: z.string(),
        regex: z.string(),
        ttl_seconds: ttl.nullish(),
      }),
      z.object({ type: z.literal("trigger_event_count"), ttl_seconds: ttl }),
      z.object({ type: z.literal("external_data"), data_type: z.enum(CACHE_DATA_TYPES), ttl_seconds: ttl }),
    ])
    .optional(),
});
type CacheVariableBody = z.infer<typeof cacheVariableBody>;

/** The variable that is meant; `current`: the one that is changed. Throws `invalid` where a new one lacks what it needs. */
export function readCacheVariable(
  body: CacheVariableBody,
  current: CacheVariableDto | null,
): CacheVariableInput {
  const name = body.name ?? current?.name;
  const configuration = body.configuration ?? (current && configurationIn(current));
  if (name === undefined) throw missing("name");
  if (!configuration) throw missing("configuration");
  const disabled = body.disabled ?? current?.disabled ?? false;
  return { name, disabled, ...heldBy(configuration, conditionOf(body, current)) };
}

type Configuration = NonNullable<CacheVariableBody["configuration"]>;

function configurationIn(current: CacheVariableDto): Configuration | undefined {
  return cacheVariableBody.parse({ configuration: configurationOf(current) }).configuration;
}

/** A condition that is the same keeps the form in which it was written. */
function conditionOf(body: CacheVariableBody, current: CacheVariableDto | null): RuleCondition {
  const kept = current?.when ?? { kind: "listed" as const, expressions: [] };
  if (!body.conditions) return kept;
  const expressions = body.conditions.map(({ expression }) => expression);
  return expressionsOf(kept).join("\n") === expressions.join("\n") ? kept : { kind: "listed", expressions };
}

function heldBy(configuration: Configuration, when: RuleCondition) {
  switch (configuration.type) {
    case "recent_value":
      return {
        kind: configuration.type,
        when,
        path: pathFromPcl(configuration.source) ?? configuration.source,
        pattern: configuration.regex,
        ttlSeconds: configuration.ttl_seconds ?? null,
      };
    case "trigger_event_count":
      return { kind: configuration.type, when, ttlSeconds: configuration.ttl_seconds };
    case "external_data":
      return {
        kind: configuration.type,
        dataType: configuration.data_type,
        ttlSeconds: configuration.ttl_seconds,
      };
  }
}

function missing(field: string): AppError {
  return new AppError("invalid", `${field} is missing`, { fields: [{ field, message: "is missing" }] });
}
