import { AppError } from "#lib/errors";
import type { Context } from "#lib/context";
import { apiRoute } from "#lib/http/api-route";
import { expandServices } from "#lib/http/api/expand-services";
import { fromOffset, listBody, readPaging } from "#lib/http/wire/list";
import { wireService } from "#lib/http/wire/service";
import { serviceBody, servicesQuery, toServiceFields } from "#lib/http/wire/service-schemas";
import type { WireContext } from "#lib/http/wire/wire-context";
import { createService } from "#lib/services/commands/create-service";
import { deleteService } from "#lib/services/commands/delete-service";
import { switchService } from "#lib/services/commands/switch-service";
import { updateService } from "#lib/services/commands/update-service";
import { getPolicy } from "#lib/escalation/queries/policies";
import { getService, listServices } from "#lib/services/queries/services";

const tag = "Services";

export const listWireServices = apiRoute(
  { method: "get", path: "/services", summary: "List services", tag, query: servicesQuery },
  async ({ ctx, wire, query }) => {
    const paging = readPaging(query);
    const found = await listServices(ctx, {
      query: query.query,
      name: query.name,
      teamIds: query.team_ids,
      descending: query.sort_by?.toLowerCase().endsWith(":desc") ?? false,
      limit: paging.limit,
      offset: paging.offset,
    });
    const expand = await expandServices(ctx, wire, found.services);
    return listBody("services", fromOffset(found.services, found.total, paging), paging, (service) =>
      wireService(wire, service, expand),
    );
  },
);

async function answer(ctx: Context, wire: WireContext, id: string) {
  const service = await getService(ctx, id);
  return { service: wireService(wire, service, await expandServices(ctx, wire, [service])) };
}

export const getWireService = apiRoute(
  { method: "get", path: "/services/{id}", summary: "Get a service", tag },
  ({ ctx, wire, param }) => answer(ctx, wire, param("id")),
);

export const createWireService = apiRoute(
  {
    method: "post",
    path: "/services",
    summary: "Create a service",
    tag,
    root: "service",
    body: serviceBody,
    status: 201,
  },
  async ({ ctx, wire, body }) => {
    const { name = "", escalationPolicyId = "", ...fields } = toServiceFields(body);
    if (escalationPolicyId === "") {
      throw new AppError("invalid", "Escalation policy can't be blank", { wireCode: 2001 });
    }
    // In this API a service has the teams of its policy; the policy's owner is therefore the service's, until someone says otherwise.
    const policy = await getPolicy(ctx, escalationPolicyId);
    const { id } = await createService(ctx, {
      ...fields,
      name,
      escalationPolicyId,
      teamId: policy.team?.id ?? null,
    });
    if (body.status === "disabled") await switchService(ctx, { serviceId: id, enabled: false });
    return answer(ctx, wire, id);
  },
);

export const updateWireService = apiRoute(
  {
    method: "put",
    path: "/services/{id}",
    summary: "Change a service",
    tag,
    root: "service",
    body: serviceBody,
  },
  async ({ ctx, wire, param, body }) => {
    const { id: serviceId } = await getService(ctx, param("id"));
    await updateService(ctx, { ...toServiceFields(body), serviceId });
    if (body.status === "disabled" || body.status === "active") {
      await switchService(ctx, { serviceId, enabled: body.status === "active" });
    }
    return answer(ctx, wire, serviceId);
  },
);

export const deleteWireService = apiRoute(
  { method: "delete", path: "/services/{id}", summary: "Delete a service", tag, status: 204 },
  async ({ ctx, param }) => {
    const { id } = await getService(ctx, param("id"));
    await deleteService(ctx, id);
  },
);
