import type { Context } from "#lib/context";
import type { PolicyDto } from "#lib/escalation/queries/policies";
import { NOTHING, expandSchedules, expandServices, expandTeams, expandUsers } from "#lib/http/api/expand";
import type { PolicyExpansions } from "#lib/http/wire/escalation-policy";
import type { WireContext } from "#lib/http/wire/wire-context";

/** Loads the full objects that `include[]` asks for. */
export async function expandPolicies(
  ctx: Context,
  wire: WireContext,
  policies: readonly PolicyDto[],
): Promise<PolicyExpansions> {
  const { include } = wire;
  const targets = policies.flatMap(({ levels }) => levels).flatMap(({ targets: ofLevel }) => ofLevel);
  const idsOf = (kind: "user" | "schedule") =>
    targets.filter(({ type }) => type === kind).map(({ id }) => id);
  const [services, teams, users, schedules] = await Promise.all([
    include.has("services")
      ? expandServices(
          ctx,
          wire,
          policies.flatMap((policy) => policy.services.map(({ id }) => id)),
        )
      : NOTHING,
    include.has("teams")
      ? expandTeams(
          ctx,
          wire,
          policies.flatMap(({ team }) => team?.id ?? []),
        )
      : NOTHING,
    include.has("targets") ? expandUsers(ctx, wire, idsOf("user")) : NOTHING,
    include.has("targets") ? expandSchedules(ctx, wire, idsOf("schedule")) : NOTHING,
  ]);
  return { services, teams, users, schedules };
}
