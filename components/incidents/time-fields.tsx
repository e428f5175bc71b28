import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import type { IncidentDetailDto } from "#lib/incidents/schemas";

/** The instants of an incident's life in their order; emptied, those that the log gives are what it says again. */
export const TIMES = [
  { key: "startedAt", label: "Started" },
  { key: "detectedAt", label: "Detected" },
  { key: "firstPageAt", label: "First page" },
  { key: "firstAckAt", label: "First acknowledged" },
  { key: "engagedAt", label: "Engaged" },
  { key: "mobilisedAt", label: "Mobilised" },
  { key: "mitigatedAt", label: "Mitigated" },
  { key: "resolvedAt", label: "Resolved" },
  { key: "impactStartedAt", label: "Customers affected from" },
  { key: "impactEndedAt", label: "Customers affected until" },
] as const satisfies readonly { key: keyof IncidentDetailDto; label: string }[];

/** As the fields show them: UTC to the second, "" where there is none. */
export type TimeDraft = Record<(typeof TIMES)[number]["key"], string>;

interface TimeFieldsProps {
  draft: TimeDraft & { reason: string };
  error: unknown;
  set: (key: keyof TimeDraft | "reason") => (event: { target: { value: string } }) => void;
  wantsReason: boolean;
}

export function TimeFields({ draft, error, set, wantsReason }: TimeFieldsProps) {
  return (
    <>
      <fieldset className="grid gap-3 sm:grid-cols-2">
        <legend className="mb-1 text-table font-medium">Times (UTC)</legend>
        {TIMES.map(({ key, label }) => (
          <Field key={key} label={label} errors={fieldErrors(error, key)}>
            {(control) => (
              <Input {...control} type="datetime-local" step={1} value={draft[key]} onChange={set(key)} />
            )}
          </Field>
        ))}
      </fieldset>
      {wantsReason ? (
        <Field label="Why were the times wrong?" errors={fieldErrors(error, "reason")}>
          {(control) => <Input {...control} required value={draft.reason} onChange={set("reason")} />}
        </Field>
      ) : null}
    </>
  );
}

export function timeDraftOf(incident: IncidentDetailDto): TimeDraft {
  const entries = TIMES.map(({ key }) => [key, incident[key]?.slice(0, 19) ?? ""]);
  return Object.fromEntries(entries) as TimeDraft;
}

/** What was changed, as the server takes it. */
export function timeChangesOf(before: TimeDraft, after: TimeDraft): Record<string, string | null> {
  const changed = TIMES.filter(({ key }) => before[key] !== after[key]);
  return Object.fromEntries(changed.map(({ key }) => [key, instantOf(after[key])]));
}

function instantOf(text: string): string | null {
  if (text === "") return null;
  return `${text.length === 16 ? `${text}:00` : text}Z`;
}
