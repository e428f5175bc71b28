import { z } from "zod";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { wireInstant } from "#lib/http/wire/instant";
import { wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import { cancelResponderRequests as cancelOpenRequests } from "#lib/incidents/commands/cancel-responder-requests";
import { requestResponders } from "#lib/incidents/commands/request-responders";
import { listResponderRequests } from "#lib/incidents/queries/responder-requests";
import { getWireIncident } from "#lib/incidents/queries/wire-incidents";
import type { ResponderRequestDto } from "#lib/incidents/schemas";

const tag = "Incidents";

const target = z.object({
  responder_request_target: z.object({
    id: z.string(),
    type: z.enum(["user_reference", "user", "escalation_policy_reference", "escalation_policy"]),
  }),
});

const requestBody = z.object({
  // Accepted as clients send it; who asks is the key's person or the From header.
  requester_id: z.string().optional(),
  message: z.string().nullish(),
  responder_request_targets: z.array(target).min(1, "can't be blank").max(30),
});

type Numbered = { id: string; number: number; title: string };

function wireRequest(wire: WireContext, incident: Numbered, request: ResponderRequestDto) {
  const about = { id: incident.id, name: `[#${incident.number}] ${incident.title}` };
  return {
    incident: wireReference(wire, "incident", about),
    requester: request.requester.id
      ? wireReference(wire, "user", { id: request.requester.id, name: request.requester.name })
      : null,
    requested_at: wireInstant(request.createdAt, wire.timeZone),
    message: request.message,
    responder_request_targets: request.targets.map(({ user, policy, responders }) => ({
      responder_request_target: {
        type: user ? "user_reference" : "escalation_policy_reference",
        id: user?.id ?? policy?.id ?? null,
        summary: user?.name ?? policy?.name ?? "",
        incidents_responders: responders.map((responder) => ({
          state: responder.state,
          user: wireReference(wire, "user", responder.user),
          incident: wireReference(wire, "incident", about),
          updated_at: wireInstant(responder.answeredAt ?? responder.askedAt, wire.timeZone),
          message: request.message,
          requester: request.requester.id
            ? wireReference(wire, "user", { id: request.requester.id, name: request.requester.name })
            : null,
          requested_at: wireInstant(responder.askedAt, wire.timeZone),
        })),
      },
    })),
  };
}

export const createResponderRequest = apiRoute(
  {
    method: "post",
    path: "/incidents/{id}/responder_requests",
    summary: "Ask people or escalation policies to join an incident",
    tag,
    root: null,
    body: requestBody,
    from: "required",
  },
  async ({ ctx, wire, param, body }) => {
    const incident = await getWireIncident(ctx, param("id"));
    const asked = body.responder_request_targets.map((one) => one.responder_request_target);
    const { id } = await requestResponders(ctx, {
      incidentId: incident.id,
      message: body.message ?? "",
      ...splitTargets(asked),
    });
    const request = (await listResponderRequests(ctx, incident.id)).find((one) => one.id === id);
    if (!request) throw new AppError("not_found", "The request is gone already.");
    return { responder_request: wireRequest(wire, incident, request) };
  },
);

// Clients send each target as they do when they ask, or without the wrapping.
const cancelBody = z.object({
  requester_id: z.string().optional(),
  responder_request_targets: z
    .array(z.union([target, target.shape.responder_request_target]))
    .min(1, "can't be blank")
    .max(30)
    .optional(),
});

export const cancelResponderRequests = apiRoute(
  {
    method: "put",
    path: "/incidents/{id}/responder_requests/cancel",
    summary: "Take back the open requests to the targets named, or without any all of them",
    tag,
    root: null,
    body: cancelBody,
    bodyOptional: true,
    from: "required",
  },
  async ({ ctx, wire, param, body }) => {
    const incident = await getWireIncident(ctx, param("id"));
    const named = body.responder_request_targets?.map((one) =>
      "responder_request_target" in one ? one.responder_request_target : one,
    );
    await cancelOpenRequests(ctx, { incidentId: incident.id, targets: named ? splitTargets(named) : null });
    const after = await listResponderRequests(ctx, incident.id);
    return { responder_requests: after.map((request) => wireRequest(wire, incident, request)) };
  },
);

function splitTargets(targets: readonly { id: string; type: string }[]) {
  const idsOf = (kind: string) => targets.flatMap(({ id, type }) => (type.startsWith(kind) ? [id] : []));
  return { userIds: idsOf("user"), policyIds: idsOf("escalation_policy") };
}
