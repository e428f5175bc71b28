import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import type { IncidentDetailDto } from "#lib/incidents/schemas";
import { CAUSE_CLASSES, DETECTION_SOURCES } from "#lib/incidents/vocabulary";

/** As the fields show it; "" where nothing is known. */
export type LabelDraft = {
  detectionSource: string;
  causeClass: string;
  customerImpact: string;
  customersAffected: string;
  feature: string;
  component: string;
  effortHours: string;
};

interface LabelFieldsProps {
  draft: LabelDraft;
  error: unknown;
  set: (key: keyof LabelDraft) => (event: { target: { value: string } }) => void;
}

/** What reports group and count by, and only people know. */
export function LabelFields({ draft, error, set }: LabelFieldsProps) {
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="mb-1 text-table font-medium">For reports</legend>
      <Field label="Noticed first by" errors={fieldErrors(error, "detectionSource")}>
        {(control) => (
          <Select {...control} value={draft.detectionSource} onChange={set("detectionSource")}>
            {DETECTION_SOURCES.map(asOption)}
          </Select>
        )}
      </Field>
      <Field label="Cause" errors={fieldErrors(error, "causeClass")}>
        {(control) => (
          <Select {...control} value={draft.causeClass} onChange={set("causeClass")}>
            <option value="">Not found out</option>
            {CAUSE_CLASSES.map(asOption)}
          </Select>
        )}
      </Field>
      <Field label="Customers noticed" errors={fieldErrors(error, "customerImpact")}>
        {(control) => (
          <Select {...control} value={draft.customerImpact} onChange={set("customerImpact")}>
            <option value="">Not known</option>
            <option value="yes">Yes</option>
            <option value="no">No</option>
          </Select>
        )}
      </Field>
      <NumberField label="How many of them" name="customersAffected" {...{ draft, error, set }} />
      <TextField label="Feature" name="feature" {...{ draft, error, set }} />
      <TextField label="Component" name="component" {...{ draft, error, set }} />
      <NumberField label="Hours of work" name="effortHours" step="any" {...{ draft, error, set }} />
    </fieldset>
  );
}

interface OneProps extends LabelFieldsProps {
  label: string;
}

function TextField({ label, name, draft, error, set }: OneProps & { name: "feature" | "component" }) {
  return (
    <Field label={label} hint="Emptied: that of the service." errors={fieldErrors(error, name)}>
      {(control) => <Input {...control} maxLength={100} value={draft[name]} onChange={set(name)} />}
    </Field>
  );
}

interface NumberProps extends OneProps {
  name: "customersAffected" | "effortHours";
  step?: string;
}

function NumberField({ label, name, step, draft, error, set }: NumberProps) {
  const errors = fieldErrors(error, name === "effortHours" ? "effortSeconds" : name);
  return (
    <Field label={label} optional errors={errors}>
      {(control) => (
        <Input {...control} type="number" min={0} step={step} value={draft[name]} onChange={set(name)} />
      )}
    </Field>
  );
}

function asOption(word: string) {
  return (
    <option key={word} value={word}>
      {word.replaceAll("_", " ")}
    </option>
  );
}

export function labelDraftOf(incident: IncidentDetailDto): LabelDraft {
  const { customerImpact, customersAffected, effortSeconds } = incident;
  const noticed = customerImpact ? "yes" : "no";
  return {
    detectionSource: incident.detectionSource,
    causeClass: incident.causeClass ?? "",
    customerImpact: customerImpact === null ? "" : noticed,
    customersAffected: customersAffected === null ? "" : String(customersAffected),
    feature: incident.feature ?? "",
    component: incident.component ?? "",
    effortHours: effortSeconds === null ? "" : String(effortSeconds / 3600),
  };
}

/** What was changed, as the server takes it. */
export function labelChangesOf(before: LabelDraft, after: LabelDraft): Record<string, unknown> {
  const textOrNull = (text: string) => (text.trim() === "" ? null : text);
  const numberOrNull = (text: string) => (text === "" ? null : Number(text));
  const values: Record<keyof LabelDraft, [name: string, value: unknown]> = {
    detectionSource: ["detectionSource", after.detectionSource],
    causeClass: ["causeClass", textOrNull(after.causeClass)],
    customerImpact: ["customerImpact", after.customerImpact === "" ? null : after.customerImpact === "yes"],
    customersAffected: ["customersAffected", numberOrNull(after.customersAffected)],
    feature: ["feature", textOrNull(after.feature)],
    component: ["component", textOrNull(after.component)],
    effortHours: [
      "effortSeconds",
      after.effortHours === "" ? null : Math.round(Number(after.effortHours) * 3600),
    ],
  };
  const keys = Object.keys(values) as (keyof LabelDraft)[];
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => values[key]));
}
