import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import type { Urgency } from "#lib/incidents/vocabulary";
import { TextLink } from "#components/ui/link";

interface TrialTimeProps {
  slug: string;
  /** What is tried, on the viewer's clock: "2026-11-28T03:00". */
  at: string;
  isNow: boolean;
  timeZone: string;
  urgency: Urgency;
}

/** Another time to try: a plain form, so that each answer has its address. */
export function TrialTime({ slug, at, isNow, timeZone, urgency }: TrialTimeProps) {
  return (
    <form action={`/escalation/${slug}`} className="mb-4 flex flex-wrap items-end gap-2">
      <Field label="If it fires at" hint={`Your clock, ${timeZone}`} className="min-w-52 flex-1">
        {(control) => <Input {...control} type="datetime-local" name="at" required defaultValue={at} />}
      </Field>
      <Field label="Urgency" hint="Low: as services that escalate it">
        {(control) => (
          <Select {...control} name="urgency" defaultValue={urgency}>
            <option value="high">High</option>
            <option value="low">Low</option>
          </Select>
        )}
      </Field>
      <span className="mb-5.5 flex items-center gap-3">
        <Button type="submit">Try</Button>
        {isNow ? null : (
          <TextLink href={`/escalation/${slug}`} className="text-table">
            Now
          </TextLink>
        )}
      </span>
    </form>
  );
}
