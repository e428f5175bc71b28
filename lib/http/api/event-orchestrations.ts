import { z } from "zod";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { wireInstant } from "#lib/http/wire/instant";
import {
  ORCHESTRATION_ID,
  orchestrationPathOf,
  wireOrchestrationPath,
} from "#lib/http/wire/orchestration-path";
import type { OrchestrationPlace } from "#lib/http/wire/orchestration-path";
import { orchestrationPathSchema, readOrchestrationPath } from "#lib/http/wire/orchestration-input";
import type { OrchestrationPathInput } from "#lib/http/wire/orchestration-input";
import type { WireContext } from "#lib/http/wire/wire-context";
import { publishRules } from "#lib/rules/commands/publish-rules";
import { checkPath } from "#lib/rules/queries/check-path";
import { getRulePath, getRuleSet, listRuleSets } from "#lib/rules/queries/rule-sets";
import { publishRulesSchema } from "#lib/rules/schemas";
import { parseInput } from "#lib/parse-input";
import { getService } from "#lib/services/queries/services";

const tag = "Event orchestrations";

/** There is one; any other id is unknown. */
function refuseOther(id: string): void {
  if (id !== ORCHESTRATION_ID)
    throw new AppError("not_found", "There is no such orchestration.", { wireCode: 2100 });
}

async function wireOrchestration(ctx: Context, wire: WireContext) {
  const [{ sets, integrations }, router] = await Promise.all([
    listRuleSets(ctx),
    getRuleSet(ctx, { kind: "router", serviceId: null }),
  ]);
  const ours = sets.filter(({ kind }) => kind !== "service");
  const newest = ours.map(({ at }) => at).toSorted((one, other) => other.localeCompare(one))[0];
  return {
    id: ORCHESTRATION_ID,
    self: `${wire.api}/event_orchestrations/${ORCHESTRATION_ID}`,
    name: "Event rules",
    description: "All rules that are no service's own.",
    team: null,
    integrations: integrations
      .filter(({ isRouted }) => isRouted)
      .map(({ id, name }) => ({ id, label: name })),
    routes: router.path.sections.reduce((sum, { rules }) => sum + rules.length, 0),
    created_at: null,
    created_by: null,
    updated_at: newest === undefined ? null : wireInstant(newest, wire.timeZone),
    updated_by: null,
    version: String(Math.max(0, ...ours.map(({ version }) => version))),
  };
}

export const listOrchestrations = apiRoute(
  { method: "get", path: "/event_orchestrations", summary: "List event orchestrations", tag },
  async ({ ctx, wire }) => ({
    orchestrations: [await wireOrchestration(ctx, wire)],
    limit: 25,
    offset: 0,
    total: 1,
    more: false,
  }),
);

export const getOrchestration = apiRoute(
  { method: "get", path: "/event_orchestrations/{id}", summary: "Get an event orchestration", tag },
  async ({ ctx, wire, param }) => {
    refuseOther(param("id"));
    return { orchestration: await wireOrchestration(ctx, wire) };
  },
);

async function read(ctx: Context, wire: WireContext, place: OrchestrationPlace) {
  return { orchestration_path: wireOrchestrationPath(wire, place, await getRuleSet(ctx, place)) };
}

async function put(ctx: Context, wire: WireContext, place: OrchestrationPlace, body: OrchestrationPathInput) {
  const current = await getRuleSet(ctx, place);
  const input = parseInput(publishRulesSchema, {
    ...place,
    path: readOrchestrationPath(place.kind, body, current.path),
    reason: body.reason ?? "Put through the API",
    expectedVersion: body.version === null ? current.version : Number(body.version),
  });
  await publishRules(ctx, input);
  const { problems } = checkPath(place.kind, input.path);
  return {
    ...(await read(ctx, wire, place)),
    warnings: problems.map(({ ruleId, message }) => ({
      feature: "rules",
      feature_type: "rules",
      message,
      rule_id: ruleId,
      warning_type: "rule_problem",
    })),
  };
}

async function versions(ctx: Context, wire: WireContext, place: OrchestrationPlace) {
  const { versions: all, version: inForce } = await getRuleSet(ctx, place);
  return {
    versions: all.map(({ version, reason, publishedBy, at }) => ({
      version: String(version),
      in_force: version === inForce,
      reason,
      published_by: publishedBy,
      published_at: wireInstant(at, wire.timeZone),
      self: `${wire.api}/${orchestrationPathOf(place)}/versions/${version}`,
    })),
  };
}

async function version(ctx: Context, wire: WireContext, place: OrchestrationPlace, asked: string) {
  const set = await getRuleSet(ctx, place);
  const number = z.coerce.number().int().positive().max(2_147_483_647).safeParse(asked);
  const path = set.id === null || !number.success ? null : await getRulePath(ctx, set.id, number.data);
  if (path === null || !number.success)
    throw new AppError("not_found", "There is no such version.", { wireCode: 2100 });
  return { orchestration_path: wireOrchestrationPath(wire, place, { ...set, path, version: number.data }) };
}

const PATH_BODY = { root: "orchestration_path", body: orchestrationPathSchema } as const;

function pathRoutes(kind: "router" | "unrouted" | "global", words: string) {
  const place = { kind, serviceId: null };
  const base = `/event_orchestrations/{id}/${kind}`;
  const { root, body } = PATH_BODY;
  return {
    get: apiRoute({ method: "get", path: base, summary: `Get ${words}`, tag }, ({ ctx, wire, param }) => {
      refuseOther(param("id"));
      return read(ctx, wire, place);
    }),
    put: apiRoute(
      { method: "put", path: base, summary: `Put ${words} in force`, tag, root, body },
      ({ ctx, wire, param, body: given }) => {
        refuseOther(param("id"));
        return put(ctx, wire, place, given);
      },
    ),
    versions: apiRoute(
      { method: "get", path: `${base}/versions`, summary: `List versions of ${words}`, tag },
      ({ ctx, wire, param }) => {
        refuseOther(param("id"));
        return versions(ctx, wire, place);
      },
    ),
    version: apiRoute(
      { method: "get", path: `${base}/versions/{version}`, summary: `Get a version of ${words}`, tag },
      ({ ctx, wire, param }) => {
        refuseOther(param("id"));
        return version(ctx, wire, place, param("version"));
      },
    ),
  };
}

export const {
  get: getRouter,
  put: putRouter,
  versions: listRouterVersions,
  version: getRouterVersion,
} = pathRoutes("router", "the router");
export const {
  get: getUnrouted,
  put: putUnrouted,
  versions: listUnroutedVersions,
  version: getUnroutedVersion,
} = pathRoutes("unrouted", "the rules for unrouted events");
export const {
  get: getGlobal,
  put: putGlobal,
  versions: listGlobalVersions,
  version: getGlobalVersion,
} = pathRoutes("global", "the global rules");

/** The rules of a service that is there. Throws `not_found`. */
async function ofService(ctx: Context, serviceId: string): Promise<OrchestrationPlace> {
  const { id } = await getService(ctx, serviceId);
  return { kind: "service", serviceId: id };
}

const SERVICE = "/event_orchestrations/services/{service_id}";

export const getServiceRules = apiRoute(
  { method: "get", path: SERVICE, summary: "Get the rules of a service", tag },
  async ({ ctx, wire, param }) => read(ctx, wire, await ofService(ctx, param("service_id"))),
);

export const putServiceRules = apiRoute(
  {
    method: "put",
    path: SERVICE,
    summary: "Put the rules of a service in force",
    tag,
    root: PATH_BODY.root,
    body: PATH_BODY.body,
  },
  async ({ ctx, wire, param, body }) => put(ctx, wire, await ofService(ctx, param("service_id")), body),
);

export const listServiceRuleVersions = apiRoute(
  { method: "get", path: `${SERVICE}/versions`, summary: "List versions of a service's rules", tag },
  async ({ ctx, wire, param }) => versions(ctx, wire, await ofService(ctx, param("service_id"))),
);

export const getServiceRuleVersion = apiRoute(
  {
    method: "get",
    path: `${SERVICE}/versions/{version}`,
    summary: "Get a version of a service's rules",
    tag,
  },
  async ({ ctx, wire, param }) =>
    version(ctx, wire, await ofService(ctx, param("service_id")), param("version")),
);

export const getServiceRulesActive = apiRoute(
  { method: "get", path: `${SERVICE}/active`, summary: "Whether a service's rules are in force", tag },
  async ({ ctx, param }) => {
    await ofService(ctx, param("service_id"));
    return { active: true };
  },
);

export const putServiceRulesActive = apiRoute(
  {
    method: "put",
    path: `${SERVICE}/active`,
    summary: "Keep a service's rules in force",
    tag,
    root: null,
    body: z.object({ active: z.boolean() }),
  },
  async ({ ctx, param, body }) => {
    await ofService(ctx, param("service_id"));
    if (!body.active)
      throw new AppError("invalid", "Rules are always in force; put an empty set, or disable each.", {
        fields: [{ field: "active", message: "can't be false" }],
      });
    return { active: true };
  },
);
