"use client";

import { ConstantUrgencyField } from "#components/services/constant-urgency-field";
import { SupportHoursFields } from "#components/services/support-hours-fields";
import { RadioGroup } from "#components/ui/radio-group";
import { fieldErrors } from "#lib/browser/api";
import type { ConstantUrgency, SupportHours, UrgencyRule } from "#lib/services/service";

/** What new support hours begin with. */
export function officeHours(timeZone: string): SupportHours {
  return { timeZone, startTime: "09:00", endTime: "17:00", daysOfWeek: [1, 2, 3, 4, 5] };
}

type Choice = ConstantUrgency["urgency"] | "hours";

interface UrgencyFieldsProps {
  rule: UrgencyRule;
  hours: SupportHours | null;
  /** The zone that new support hours begin with. */
  timeZone: string;
  error: unknown;
  onChange: (change: { urgencyRule: UrgencyRule; supportHours: SupportHours | null }) => void;
}

const always = (urgency: ConstantUrgency["urgency"]): ConstantUrgency => ({ type: "constant", urgency });

/** Whether an incident may wake somebody: always, never, by what the monitor says, or by the time of day. */
export function UrgencyFields({ rule, hours, timeZone, error, onChange }: UrgencyFieldsProps) {
  const office = hours ?? officeHours(timeZone);
  const choose = (choice: Choice) => {
    if (choice !== "hours") onChange({ urgencyRule: always(choice), supportHours: hours });
    else {
      onChange({
        urgencyRule: {
          type: "use_support_hours",
          duringSupportHours: always("high"),
          outsideSupportHours: always("low"),
        },
        supportHours: office,
      });
    }
  };
  return (
    <div className="flex flex-col gap-4">
      <RadioGroup<Choice>
        legend="Urgency of its incidents"
        name="urgency"
        value={rule.type === "constant" ? rule.urgency : "hours"}
        onValueChange={choose}
        options={[
          { value: "high", label: "High", hint: "Pages at once by the rules for high urgency." },
          { value: "low", label: "Low", hint: "Tells by the rules for low urgency; nobody is woken." },
          {
            value: "severity_based",
            label: "By the severity of the alert",
            hint: "Critical and error are high, warning and info are low.",
          },
          { value: "hours", label: "By support hours", hint: "One within them, another outside." },
        ]}
      />
      {rule.type === "use_support_hours" ? (
        <div className="flex flex-col gap-4 border-l-2 pl-4">
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <ConstantUrgencyField
              label="During support hours"
              value={rule.duringSupportHours}
              onChange={(duringSupportHours) =>
                onChange({ urgencyRule: { ...rule, duringSupportHours }, supportHours: office })
              }
            />
            <ConstantUrgencyField
              label="Outside support hours"
              value={rule.outsideSupportHours}
              onChange={(outsideSupportHours) =>
                onChange({ urgencyRule: { ...rule, outsideSupportHours }, supportHours: office })
              }
            />
          </div>
          <SupportHoursFields
            value={office}
            errorsFor={(field) => fieldErrors(error, `supportHours.${field}`)}
            onChange={(supportHours) => onChange({ urgencyRule: rule, supportHours })}
          />
        </div>
      ) : null}
    </div>
  );
}
