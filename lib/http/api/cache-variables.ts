import { z } from "zod";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { cacheVariableBody, readCacheVariable, wireCacheVariable } from "#lib/http/wire/cache-variable";
import { ORCHESTRATION_ID } from "#lib/http/wire/orchestration-path";
import { deleteCacheVariable } from "#lib/rules/commands/delete-cache-variable";
import { createCacheVariable, updateCacheVariable } from "#lib/rules/commands/save-cache-variable";
import { setCacheValue } from "#lib/rules/commands/set-cache-value";
import { getCacheVariable, listCacheVariables } from "#lib/rules/queries/cache-variables";
import { getService } from "#lib/services/queries/services";

const tag = "Event orchestrations";
const root = "cache_variable";
const dataBody = z.object({ cache_variable_data: z.union([z.string(), z.number(), z.boolean()]) });

/** The service whose variables are meant, null for those of all. Throws `not_found`. */
type Owner = (ctx: Context, param: (name: string) => string) => Promise<string | null> | null;

const ofAll: Owner = (_, param) => {
  if (param("id") === ORCHESTRATION_ID) return null;
  throw new AppError("not_found", "There is no such orchestration.", { wireCode: 2100 });
};
const ofService: Owner = async (ctx, param) => (await getService(ctx, param("service_id"))).id;

/** A variable of this very owner. Throws `not_found`. */
async function find(ctx: Context, owner: Owner, param: (name: string) => string) {
  const [serviceId, variable] = await Promise.all([
    owner(ctx, param),
    getCacheVariable(ctx, param("variable_id")),
  ]);
  if ((variable.service?.id ?? null) === serviceId) return variable;
  throw new AppError("not_found", "There is no such cache variable.", { wireCode: 2100 });
}

function variableRoutes(base: string, whose: string, owner: Owner) {
  const one = `${base}/{variable_id}`;
  return {
    list: apiRoute(
      { method: "get", path: base, summary: `List cache variables of ${whose}`, tag },
      async ({ ctx, wire, param }) => {
        const found = await listCacheVariables(ctx, { serviceId: await owner(ctx, param) });
        return { cache_variables: found.map((each) => wireCacheVariable(wire, each)), total: found.length };
      },
    ),
    create: apiRoute(
      {
        method: "post",
        path: base,
        summary: `Make a cache variable of ${whose}`,
        tag,
        root,
        body: cacheVariableBody,
        status: 201,
      },
      async ({ ctx, wire, param, body }) => {
        const serviceId = await owner(ctx, param);
        const { id } = await createCacheVariable(ctx, { serviceId, variable: readCacheVariable(body, null) });
        return { cache_variable: wireCacheVariable(wire, await getCacheVariable(ctx, id)) };
      },
    ),
    get: apiRoute(
      { method: "get", path: one, summary: `Get a cache variable of ${whose}`, tag },
      async ({ ctx, wire, param }) => ({
        cache_variable: wireCacheVariable(wire, await find(ctx, owner, param)),
      }),
    ),
    update: apiRoute(
      {
        method: "put",
        path: one,
        summary: `Change a cache variable of ${whose}`,
        tag,
        root,
        body: cacheVariableBody,
      },
      async ({ ctx, wire, param, body }) => {
        const current = await find(ctx, owner, param);
        await updateCacheVariable(ctx, {
          variableId: current.id,
          variable: readCacheVariable(body, current),
        });
        return { cache_variable: wireCacheVariable(wire, await getCacheVariable(ctx, current.id)) };
      },
    ),
    remove: apiRoute(
      { method: "delete", path: one, summary: `Delete a cache variable of ${whose}`, tag, status: 204 },
      async ({ ctx, param }) => deleteCacheVariable(ctx, (await find(ctx, owner, param)).id),
    ),
  };
}

function dataRoutes(base: string, whose: string, owner: Owner) {
  const path = `${base}/{variable_id}/data`;
  return {
    read: apiRoute(
      { method: "get", path, summary: `Get what a cache variable of ${whose} holds`, tag },
      async ({ ctx, param }) => ({ cache_variable_data: (await find(ctx, owner, param)).value }),
    ),
    set: apiRoute(
      {
        method: "put",
        path,
        summary: `Set what a cache variable of ${whose} holds`,
        tag,
        root: null,
        body: dataBody,
      },
      async ({ ctx, param, body }) => {
        const { id } = await find(ctx, owner, param);
        await setCacheValue(ctx, { variableId: id, value: body.cache_variable_data });
        return body;
      },
    ),
    clear: apiRoute(
      {
        method: "delete",
        path,
        summary: `Clear what a cache variable of ${whose} holds`,
        tag,
        status: 204,
      },
      async ({ ctx, param }) => {
        const { id } = await find(ctx, owner, param);
        await setCacheValue(ctx, { variableId: id, value: null });
      },
    ),
  };
}

export const {
  list: listVariables,
  create: createVariable,
  get: getVariable,
  update: updateVariable,
  remove: deleteVariable,
} = variableRoutes("/event_orchestrations/{id}/cache_variables", "all events", ofAll);
export const {
  read: getVariableData,
  set: putVariableData,
  clear: deleteVariableData,
} = dataRoutes("/event_orchestrations/{id}/cache_variables", "all events", ofAll);

export const {
  list: listServiceVariables,
  create: createServiceVariable,
  get: getServiceVariable,
  update: updateServiceVariable,
  remove: deleteServiceVariable,
} = variableRoutes("/event_orchestrations/services/{service_id}/cache_variables", "a service", ofService);
export const {
  read: getServiceVariableData,
  set: putServiceVariableData,
  clear: deleteServiceVariableData,
} = dataRoutes("/event_orchestrations/services/{service_id}/cache_variables", "a service", ofService);
