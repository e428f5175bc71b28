import type { Context } from "#lib/context";
import { NOTHING, expandPolicies, expandServices, expandTeams, expandUsers } from "#lib/http/api/expand";
import { wireIncident } from "#lib/http/wire/incident";
import type { IncidentExpansions } from "#lib/http/wire/incident";
import { wireLogEntry } from "#lib/http/wire/log-entry";
import type { LogEntryExpansions } from "#lib/http/wire/log-entry";
import type { WireContext } from "#lib/http/wire/wire-context";
import { loadWireIncidents } from "#lib/incidents/queries/wire-incidents";
import type { WireIncidentDto } from "#lib/incidents/queries/wire-incidents";
import { listWireLogEntries } from "#lib/incidents/queries/wire-log-entries";
import type { WireLogEntryDto } from "#lib/incidents/queries/wire-log-entries";

const PEOPLE = ["acknowledgers", "agents", "assignees", "users"];

const NO_INCIDENT_EXPANSIONS: IncidentExpansions = {
  users: NOTHING,
  services: NOTHING,
  teams: NOTHING,
  policies: NOTHING,
  logEntries: NOTHING,
};

/** Loads the full objects that `include[]` asks for, a fixed number of queries a kind. */
export async function expandIncidents(
  ctx: Context,
  wire: WireContext,
  incidents: readonly WireIncidentDto[],
): Promise<IncidentExpansions> {
  const { include } = wire;
  const people = () =>
    incidents.flatMap(({ assignments, acknowledgements }) =>
      [...assignments, ...acknowledgements].map(({ id }) => id),
    );
  const [users, services, teams, policies, logEntries] = await Promise.all([
    PEOPLE.some((word) => include.has(word)) ? expandUsers(ctx, wire, people()) : NOTHING,
    include.has("services")
      ? expandServices(
          ctx,
          wire,
          incidents.map(({ service }) => service.id),
        )
      : NOTHING,
    include.has("teams")
      ? expandTeams(
          ctx,
          wire,
          incidents.flatMap(({ team }) => team?.id ?? []),
        )
      : NOTHING,
    include.has("escalation_policies")
      ? expandPolicies(
          ctx,
          wire,
          incidents.map(({ policy }) => policy.id),
        )
      : NOTHING,
    include.has("first_trigger_log_entries") ? expandFirstTriggers(ctx, wire, incidents) : NOTHING,
  ]);
  return { users, services, teams, policies, logEntries };
}

async function expandFirstTriggers(ctx: Context, wire: WireContext, incidents: readonly WireIncidentDto[]) {
  const ids = incidents.flatMap(({ firstTriggerId }) => firstTriggerId ?? []);
  const { rows } = await listWireLogEntries(ctx, { ids, limit: Math.max(1, ids.length), offset: 0 });
  return new Map(rows.map((entry) => [entry.id, wireLogEntry(wire, entry)]));
}

/** As expandIncidents, for lines of timelines. */
export async function expandLogEntries(
  ctx: Context,
  wire: WireContext,
  entries: readonly WireLogEntryDto[],
): Promise<LogEntryExpansions> {
  const { include } = wire;
  const [incidents, services, teams] = await Promise.all([
    include.has("incidents") ? fullIncidents(ctx, wire, entries) : NOTHING,
    include.has("services")
      ? expandServices(
          ctx,
          wire,
          entries.map(({ service }) => service.id),
        )
      : NOTHING,
    include.has("teams")
      ? expandTeams(
          ctx,
          wire,
          entries.flatMap(({ team }) => team?.id ?? []),
        )
      : NOTHING,
  ]);
  return { incidents, services, teams };
}

async function fullIncidents(ctx: Context, wire: WireContext, entries: readonly WireLogEntryDto[]) {
  const ids = [...new Set(entries.map(({ incident }) => incident.id))];
  const found = await loadWireIncidents(ctx, ids);
  return new Map(
    found.map((incident) => [incident.id, wireIncident(wire, incident, NO_INCIDENT_EXPANSIONS)]),
  );
}
