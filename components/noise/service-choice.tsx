"use client";

import { CheckboxField } from "#components/ui/checkbox";
import { FieldErrors } from "#components/ui/field";

interface ServiceChoiceProps {
  /** `taken`: why one can't be chosen. */
  services: readonly { id: string; name: string; taken?: string }[];
  chosen: readonly string[];
  errors: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

/** Any number of services. */
export function ServiceChoice({ services, chosen, errors, onChange }: ServiceChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-table font-medium">Services</legend>
      <FieldErrors errors={errors} />
      <div className="grid max-h-72 grid-cols-1 gap-x-4 overflow-y-auto rounded-control border p-2 sm:grid-cols-2 lg:grid-cols-3">
        {services.map(({ id, name, taken }) => (
          <CheckboxField
            key={id}
            label={name}
            {...(taken === undefined ? {} : { hint: taken })}
            disabled={taken !== undefined}
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
