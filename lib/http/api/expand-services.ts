import type { Context } from "#lib/context";
import { NOTHING, expandPolicies, expandTeams } from "#lib/http/api/expand";
import { wireIntegration } from "#lib/http/wire/integration";
import type { ServiceExpansions } from "#lib/http/wire/service";
import type { WireContext } from "#lib/http/wire/wire-context";
import { listIntegrationsOf } from "#lib/services/queries/integrations";
import type { ServiceDto } from "#lib/services/queries/load-services";

/** Loads the full objects that `include[]` asks for. */
export async function expandServices(
  ctx: Context,
  wire: WireContext,
  services: readonly ServiceDto[],
): Promise<ServiceExpansions> {
  const { include } = wire;
  const ids = services.map(({ id }) => id);
  const [policies, teams, integrations] = await Promise.all([
    include.has("escalation_policies")
      ? expandPolicies(
          ctx,
          wire,
          services.map(({ policy }) => policy.id),
        )
      : NOTHING,
    include.has("teams")
      ? expandTeams(
          ctx,
          wire,
          services.flatMap(({ team }) => team?.id ?? []),
        )
      : NOTHING,
    include.has("integrations") ? listIntegrationsOf(ctx, ids) : [],
  ]);
  return {
    policies,
    teams,
    integrations: new Map(integrations.map((item) => [item.id, wireIntegration(wire, item)])),
  };
}
