import { Plus, X } from "lucide-react";
import { tierLabel } from "#components/services/tier-badge";
import { Button } from "#components/ui/button";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import type { ServiceLevelTarget } from "#lib/service-levels/policy";

interface TargetFieldsProps {
  targets: readonly ServiceLevelTarget[];
  errors: readonly string[];
  onChange: (targets: ServiceLevelTarget[]) => void;
}

/** Minutes for each kind of incident; the kind that fits best counts. */
export function TargetFields({ targets, errors, onChange }: TargetFieldsProps) {
  const change = (index: number, part: Partial<ServiceLevelTarget>) =>
    onChange(targets.map((target, at) => (at === index ? { ...target, ...part } : target)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-table font-medium">Targets</legend>
      {targets.map((target, index) => (
        <TargetRow
          key={index}
          target={target}
          name={`Target ${index + 1}`}
          onChange={(part) => change(index, part)}
          onRemove={targets.length > 1 ? () => onChange(targets.filter((_, at) => at !== index)) : null}
        />
      ))}
      {errors.map((error) => (
        <p key={error} className="text-meta text-danger">
          {error}
        </p>
      ))}
      <Button
        size="small"
        className="self-start"
        onClick={() => onChange([...targets, { priority: null, tier: null, minutes: 60 }])}
      >
        <Plus aria-hidden className="size-4" /> Another kind of incident
      </Button>
    </fieldset>
  );
}

interface TargetRowProps {
  target: ServiceLevelTarget;
  name: string;
  onChange: (part: Partial<ServiceLevelTarget>) => void;
  onRemove: (() => void) | null;
}

function TargetRow({ target, name, onChange, onRemove }: TargetRowProps) {
  const numberOrNull = (text: string) => (text === "" ? null : Number(text));
  return (
    <div className="grid grid-cols-2 items-center gap-2 max-sm:border-b max-sm:pb-2 sm:grid-cols-[1fr_1fr_6rem_auto]">
      <Select
        aria-label={`${name}: priority`}
        value={target.priority ?? ""}
        onChange={(event) => onChange({ priority: numberOrNull(event.target.value) })}
      >
        <option value="">Any priority</option>
        {[1, 2, 3, 4, 5].map((rank) => (
          <option key={rank} value={rank}>
            P{rank}
          </option>
        ))}
      </Select>
      <Select
        aria-label={`${name}: tier`}
        value={target.tier ?? ""}
        onChange={(event) => onChange({ tier: numberOrNull(event.target.value) })}
      >
        <option value="">Any tier</option>
        {[1, 2, 3, 4].map((tier) => (
          <option key={tier} value={tier}>
            {tierLabel(tier)}
          </option>
        ))}
      </Select>
      <Input
        aria-label={`${name}: minutes`}
        type="number"
        min={1}
        required
        value={target.minutes}
        onChange={(event) => onChange({ minutes: Number(event.target.value) })}
      />
      <span className="flex items-center justify-between gap-2 text-meta text-text-3">
        min
        {onRemove ? (
          <IconButton
            name={`Remove ${name.toLowerCase()}`}
            size="small"
            icon={<X aria-hidden />}
            onClick={onRemove}
          />
        ) : null}
      </span>
    </div>
  );
}
