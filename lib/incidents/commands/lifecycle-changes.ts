import { eq } from "drizzle-orm";
import { incidentFacts } from "#db/schema/incident-facts";
import { incidents } from "#db/schema/incidents";
import type { TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { CORRECTABLE } from "#lib/incidents/corrections";
import type { Correctable, Corrections } from "#lib/incidents/corrections";
import type { FieldChange, IncidentPatch } from "#lib/incidents/incident";
import { lifecycleFault } from "#lib/incidents/lifecycle";
import type { Lifecycle } from "#lib/incidents/lifecycle";

// Of the incident itself; the rest is what the log gives, and corrected beside it.
const OWN = ["startedAt", "detectedAt", "mitigatedAt", "impactStartedAt", "impactEndedAt"] as const;
type Own = (typeof OWN)[number];

/** Instants to correct. Null: it did not happen; for those of the log: what the log says holds again. */
export type LifecycleInput = { startedAt?: Date; detectedAt?: Date } & {
  [Key in Exclude<Own, "startedAt" | "detectedAt"> | Correctable]?: Date | null;
};

type Changes = { patch: IncidentPatch; fields: FieldChange[] };

/** What correcting these instants changes. Throws `invalid`, naming the field, for an order that can't be. */
export async function lifecycleChanges(
  scope: TransactionContext,
  incidentId: string,
  input: LifecycleInput,
): Promise<Changes> {
  const own = OWN.filter((name) => input[name] !== undefined);
  const named = (Object.keys(CORRECTABLE) as Correctable[]).filter((name) => input[name] !== undefined);
  if (own.length + named.length === 0) return { patch: {}, fields: [] };
  const { before, corrections, isOpen } = await readLifecycle(scope, incidentId);
  // Taking back what was never corrected changes nothing.
  const logged = named.filter((name) => input[name] !== null || corrections[name] !== undefined);
  if (isOpen && input.resolvedAt) {
    throw refused("resolvedAt", "It is not resolved yet: resolve it first.");
  }
  // Where the log holds again, there is no order to check.
  const wanted = Object.fromEntries([...own, ...logged].map((name) => [name, input[name]]));
  const fault = lifecycleFault({ ...before, ...wanted }, [...own, ...logged], scope.now);
  if (fault) throw refused(fault.field, fault.message);
  const fields = [...own, ...logged].map((field) => ({
    field,
    from: before[field]?.toISOString() ?? null,
    to: input[field]?.toISOString() ?? (field in CORRECTABLE ? "what the log says" : null),
  }));
  const patch: IncidentPatch = Object.fromEntries(own.map((name) => [name, input[name]]));
  if (logged.length > 0) patch.corrections = correct(corrections, logged, input);
  return { patch, fields };
}

function correct(before: Corrections, names: readonly Correctable[], input: LifecycleInput): Corrections {
  const after = { ...before };
  for (const name of names) {
    const at = input[name];
    if (at) after[name] = at.toISOString();
    else delete after[name];
  }
  return after;
}

async function readLifecycle(scope: TransactionContext, incidentId: string) {
  const [row] = await scope.tx
    .select({ incident: incidents, facts: incidentFacts })
    .from(incidents)
    .leftJoin(incidentFacts, eq(incidentFacts.incidentId, incidents.id))
    .where(eq(incidents.id, incidentId));
  if (!row) throw new AppError("not_found", "There is no such incident.", { wireCode: 5001 });
  const { incident, facts } = row;
  const before: Lifecycle = {
    startedAt: incident.startedAt,
    detectedAt: incident.detectedAt,
    createdAt: incident.createdAt,
    firstPageAt: facts?.firstPageAt ?? null,
    firstAckAt: facts?.firstAckAt ?? null,
    engagedAt: facts?.firstEngagedAt ?? null,
    mobilisedAt: facts?.mobilisedAt ?? null,
    mitigatedAt: incident.mitigatedAt,
    resolvedAt: facts?.resolvedAt ?? incident.resolvedAt,
    impactStartedAt: incident.impactStartedAt,
    impactEndedAt: incident.impactEndedAt,
  };
  return { before, corrections: incident.corrections, isOpen: incident.status !== "resolved" };
}

function refused(field: string, message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field, message }] });
}
