import type { IncidentChange, IncidentState } from "#lib/incidents/incident";

/** What the audit record says: field by field what a person amended, with the reason, else what became of the state. */
export function auditedChange(
  { status, urgency }: Pick<IncidentState, "status" | "urgency">,
  { patch, amended }: Pick<IncidentChange, "patch" | "amended">,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  if (amended) {
    const { fields, reason } = amended;
    return {
      before: Object.fromEntries(fields.map(({ field, from }) => [field, from])),
      after: {
        ...Object.fromEntries(fields.map(({ field, to }) => [field, to])),
        ...(reason === null ? {} : { reason }),
      },
    };
  }
  const { policySnapshot, ...rest } = patch;
  return {
    before: { status, urgency },
    after: policySnapshot ? { ...rest, policy: policySnapshot.name } : rest,
  };
}
