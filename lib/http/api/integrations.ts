import { z } from "zod";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { referenceSchema } from "#lib/http/wire/common-schemas";
import { readIntegrationType, wireIntegration } from "#lib/http/wire/integration";
import { VENDORS } from "#lib/http/wire/vendors";
import { createIntegration } from "#lib/services/commands/create-integration";
import { deleteIntegration } from "#lib/services/commands/delete-integration";
import { updateIntegration } from "#lib/services/commands/update-integration";
import { getIntegration, listIntegrations } from "#lib/services/queries/integrations";
import { getService } from "#lib/services/queries/services";

const tag = "Services";

const integrationBody = z.object({
  name: z.string().nullish(),
  type: z.string().optional(),
  vendor: referenceSchema.nullish(),
  integration_key: z.string().nullish(),
});

/** An integration of this very service. Throws `not_found`. */
async function find(ctx: Context, serviceId: string, integrationId: string) {
  const integration = await getIntegration(ctx, integrationId);
  if (integration.serviceId !== serviceId) throw new AppError("not_found", "There is no such integration.");
  return integration;
}

export const listWireIntegrations = apiRoute(
  { method: "get", path: "/services/{id}/integrations", summary: "List the integrations of a service", tag },
  async ({ ctx, wire, param }) => {
    const { id } = await getService(ctx, param("id"));
    const found = await listIntegrations(ctx, id);
    return { integrations: found.map((integration) => wireIntegration(wire, integration)) };
  },
);

export const createWireIntegration = apiRoute(
  {
    method: "post",
    path: "/services/{id}/integrations",
    summary: "Give a service one more way in",
    tag,
    root: "integration",
    body: integrationBody,
    status: 201,
  },
  async ({ ctx, wire, param, body }) => {
    const { id: serviceId } = await getService(ctx, param("id"));
    const vendorId = body.vendor?.id ?? null;
    const type = readIntegrationType(body.type, vendorId);
    if (type === null) {
      const sentence =
        vendorId === null ? `Type ${body.type ?? ""} is not supported` : "Vendor was not found";
      throw new AppError("invalid", sentence, { wireCode: 2001 });
    }
    const vendor = VENDORS.find(({ id }) => id === vendorId);
    const { id } = await createIntegration(ctx, {
      serviceId,
      type,
      vendorId,
      name: body.name || vendor?.name || "Events API V2",
      key: body.integration_key || undefined,
    });
    return { integration: wireIntegration(wire, await getIntegration(ctx, id)) };
  },
);

export const getWireIntegration = apiRoute(
  {
    method: "get",
    path: "/services/{id}/integrations/{integration_id}",
    summary: "Get an integration of a service",
    tag,
  },
  async ({ ctx, wire, param }) => ({
    integration: wireIntegration(wire, await find(ctx, param("id"), param("integration_id"))),
  }),
);

export const updateWireIntegration = apiRoute(
  {
    method: "put",
    path: "/services/{id}/integrations/{integration_id}",
    summary: "Rename an integration",
    tag,
    root: "integration",
    body: integrationBody,
  },
  async ({ ctx, wire, param, body }) => {
    const { id } = await find(ctx, param("id"), param("integration_id"));
    await updateIntegration(ctx, { integrationId: id, name: body.name ?? undefined });
    return { integration: wireIntegration(wire, await getIntegration(ctx, id)) };
  },
);

export const deleteWireIntegration = apiRoute(
  {
    method: "delete",
    path: "/services/{id}/integrations/{integration_id}",
    summary: "Delete an integration: its key stops working at once",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const { id } = await find(ctx, param("id"), param("integration_id"));
    await deleteIntegration(ctx, id);
  },
);
