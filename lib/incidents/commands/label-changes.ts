import { eq } from "drizzle-orm";
import { incidents } from "#db/schema/incidents";
import type { TransactionContext } from "#lib/context";
import type { FieldChange, IncidentPatch } from "#lib/incidents/incident";
import type { CauseClass, DetectionSource } from "#lib/incidents/vocabulary";

/** What people know about an incident and a machine does not. Null: not known, or what the service says. */
export type LabelInput = {
  customerImpact?: boolean | null;
  detectionSource?: DetectionSource;
  causeClass?: CauseClass | null;
  feature?: string | null;
  component?: string | null;
  customersAffected?: number | null;
  effortSeconds?: number | null;
};

const NAMES = [
  "customerImpact",
  "detectionSource",
  "causeClass",
  "feature",
  "component",
  "customersAffected",
  "effortSeconds",
] as const satisfies readonly (keyof LabelInput)[];

/** What these values change about an incident. */
export async function labelChanges(
  scope: TransactionContext,
  incidentId: string,
  input: LabelInput,
): Promise<{ patch: IncidentPatch; fields: FieldChange[] }> {
  const given = NAMES.filter((name) => input[name] !== undefined);
  if (given.length === 0) return { patch: {}, fields: [] };
  const [row] = await scope.tx.select().from(incidents).where(eq(incidents.id, incidentId));
  const textOf = (value: string | number | boolean | null | undefined) =>
    value === null || value === undefined ? null : String(value);
  return {
    patch: Object.fromEntries(given.map((name) => [name, input[name]])),
    fields: given.map((field) => ({ field, from: textOf(row?.[field]), to: textOf(input[field]) })),
  };
}
