"use client";

import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { tierLabel } from "#components/services/tier-badge";
import { fieldErrors } from "#lib/browser/api";

export interface ServiceChoices {
  teams: readonly { id: string; name: string }[];
  /** `first`: who its first level would tell now. */
  policies: readonly { id: string; name: string; first: readonly string[] }[];
}

export interface Basics {
  name: string;
  description: string | null;
  tier: number;
  teamId: string | null;
  escalationPolicyId: string;
}

interface ServiceBasicsProps {
  value: Basics;
  choices: ServiceChoices;
  error: unknown;
  onChange: (change: Partial<Basics>) => void;
}

/** What a service is called, what it is for, whose it is and who is told. */
export function ServiceBasics({ value, choices, error, onChange }: ServiceBasicsProps) {
  return (
    <>
      <Field label="Name" errors={fieldErrors(error, "name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={255}
            value={value.name}
            placeholder="Checkout API"
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="What it does"
        optional
        hint="One line that somebody from another team understands at night."
        errors={fieldErrors(error, "description")}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={4096}
            value={value.description ?? ""}
            onChange={(event) => onChange({ description: event.target.value || null })}
          />
        )}
      </Field>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label="Tier" errors={fieldErrors(error, "tier")}>
          {(control) => (
            <Select
              {...control}
              value={value.tier}
              onChange={(event) => onChange({ tier: Number(event.target.value) })}
            >
              {[1, 2, 3, 4].map((tier) => (
                <option key={tier} value={tier}>
                  {tierLabel(tier)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Owner" errors={fieldErrors(error, "teamId")}>
          {(control) => (
            <Select
              {...control}
              value={value.teamId ?? ""}
              onChange={(event) => onChange({ teamId: event.target.value || null })}
            >
              <option value="">No team</option>
              {choices.teams.map((team) => (
                <option key={team.id} value={team.id}>
                  {team.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <PolicyField value={value.escalationPolicyId} choices={choices} error={error} onChange={onChange} />
    </>
  );
}

function PolicyField(props: Omit<ServiceBasicsProps, "value"> & { value: string }) {
  const { value, choices, error, onChange } = props;
  const chosen = choices.policies.find(({ id }) => id === value);
  return (
    <Field
      label="Escalation policy"
      hint={chosen ? tellFirst(chosen.first) : "It decides who is told, and who if they don't answer."}
      errors={fieldErrors(error, "escalationPolicyId")}
    >
      {(control) => (
        <Select
          {...control}
          required
          value={value}
          onChange={(event) => onChange({ escalationPolicyId: event.target.value })}
        >
          <option value="">Choose a policy</option>
          {choices.policies.map((policy) => (
            <option key={policy.id} value={policy.id}>
              {policy.name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function tellFirst(names: readonly string[]): string {
  if (names.length === 0) return "Right now its first level has nobody.";
  return `Told first right now: ${names.join(", ")}.`;
}
