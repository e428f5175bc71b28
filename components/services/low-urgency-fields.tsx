"use client";

import { SupportHoursFields } from "#components/services/support-hours-fields";
import { officeHours } from "#components/services/urgency-fields";
import { CheckboxField } from "#components/ui/checkbox";
import { fieldErrors } from "#lib/browser/api";
import type { ServiceChange } from "#lib/services/client";
import type { SupportHours, UrgencyRule } from "#lib/services/service";

interface LowUrgencyFieldsProps {
  rule: UrgencyRule;
  escalates: boolean;
  queues: boolean;
  hours: SupportHours | null;
  /** The zone that new support hours begin with. */
  timeZone: string;
  error: unknown;
  onChange: (change: ServiceChange) => void;
}

/** What becomes of an incident of low urgency: whether it goes up the levels, and whether it waits for the support hours. */
export function LowUrgencyFields(props: LowUrgencyFieldsProps) {
  const { rule, escalates, queues, hours, timeZone, error, onChange } = props;
  const office = hours ?? officeHours(timeZone);
  return (
    <>
      <CheckboxField
        label="Escalate low urgency too"
        hint="Otherwise a low-urgency incident stays with the first person who got it."
        checked={escalates}
        onChange={(event) => onChange({ escalateLowUrgency: event.target.checked })}
      />
      <CheckboxField
        label="Keep low urgency until the support hours begin"
        hint="The incident opens at once; messages about it wait until somebody is meant to be at work."
        checked={queues}
        onChange={({ target: { checked } }) =>
          onChange({ queueLowUrgency: checked, ...(checked ? { supportHours: office } : {}) })
        }
      />
      {queues && rule.type !== "use_support_hours" ? (
        <div className="flex flex-col gap-4 border-l-2 pl-4">
          <SupportHoursFields
            value={office}
            errorsFor={(field) => fieldErrors(error, `supportHours.${field}`)}
            onChange={(supportHours) => onChange({ supportHours })}
          />
        </div>
      ) : null}
    </>
  );
}
