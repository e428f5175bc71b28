import type { Context } from "#lib/context";
import { createPolicy } from "#lib/escalation/commands/create-policy";
import { deletePolicy } from "#lib/escalation/commands/delete-policy";
import { updatePolicy } from "#lib/escalation/commands/update-policy";
import { getPolicy, listPolicies } from "#lib/escalation/queries/policies";
import { apiRoute } from "#lib/http/api-route";
import { expandPolicies } from "#lib/http/api/expand-policies";
import { wireEscalationPolicy } from "#lib/http/wire/escalation-policy";
import { policiesQuery, policyBody, toPolicyInput } from "#lib/http/wire/escalation-policy-schemas";
import { fromOffset, listBody, readPaging } from "#lib/http/wire/list";
import type { WireContext } from "#lib/http/wire/wire-context";

const tag = "Escalation policies";

export const listWirePolicies = apiRoute(
  {
    method: "get",
    path: "/escalation_policies",
    summary: "List escalation policies",
    tag,
    query: policiesQuery,
  },
  async ({ ctx, wire, query }) => {
    const paging = readPaging(query);
    const found = await listPolicies(ctx, {
      query: query.query,
      userIds: query.user_ids,
      teamIds: query.team_ids,
      limit: paging.limit,
      offset: paging.offset,
    });
    const expand = await expandPolicies(ctx, wire, found.policies);
    return listBody(
      "escalation_policies",
      fromOffset(found.policies, found.total, paging),
      paging,
      (policy) => wireEscalationPolicy(wire, policy, expand),
    );
  },
);

async function answer(ctx: Context, wire: WireContext, id: string) {
  const policy = await getPolicy(ctx, id);
  return { escalation_policy: wireEscalationPolicy(wire, policy, await expandPolicies(ctx, wire, [policy])) };
}

export const getWirePolicy = apiRoute(
  { method: "get", path: "/escalation_policies/{id}", summary: "Get an escalation policy", tag },
  ({ ctx, wire, param }) => answer(ctx, wire, param("id")),
);

export const createWirePolicy = apiRoute(
  {
    method: "post",
    path: "/escalation_policies",
    summary: "Create an escalation policy",
    tag,
    root: "escalation_policy",
    body: policyBody,
    status: 201,
  },
  async ({ ctx, wire, body }) => {
    const { id } = await createPolicy(ctx, toPolicyInput(body, null));
    return answer(ctx, wire, id);
  },
);

export const updateWirePolicy = apiRoute(
  {
    method: "put",
    path: "/escalation_policies/{id}",
    summary: "Change an escalation policy; open incidents keep the copy they took",
    tag,
    root: "escalation_policy",
    body: policyBody,
  },
  async ({ ctx, wire, param, body }) => {
    const before = await getPolicy(ctx, param("id"));
    await updatePolicy(ctx, {
      ...toPolicyInput(body, before),
      policyId: before.id,
      expectedVersion: before.version,
    });
    return answer(ctx, wire, before.id);
  },
);

export const deleteWirePolicy = apiRoute(
  {
    method: "delete",
    path: "/escalation_policies/{id}",
    summary: "Delete an escalation policy",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const { id } = await getPolicy(ctx, param("id"));
    await deletePolicy(ctx, id);
  },
);
