import { useId, type ReactNode } from "react";
import { cn } from "#components/ui/class-name";
import { FieldErrors } from "#components/ui/field";

interface RadioOption<T extends string> {
  value: T;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

interface RadioGroupProps<T extends string> {
  legend: ReactNode;
  name: string;
  options: readonly RadioOption<T>[];
  value?: T;
  defaultValue?: T;
  onValueChange?: (value: T) => void;
  errors?: readonly string[];
  className?: string;
}

export function RadioGroup<T extends string>(props: RadioGroupProps<T>) {
  const { legend, name, options, value, defaultValue, onValueChange, errors = [], className } = props;
  const errorId = useId();
  return (
    <fieldset
      aria-describedby={errors.length === 0 ? undefined : errorId}
      className={cn("flex flex-col gap-1", className)}
    >
      <legend className="mb-1 text-table font-medium">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="flex cursor-pointer items-start gap-2.5 py-1">
          <input
            type="radio"
            name={name}
            value={option.value}
            disabled={option.disabled}
            checked={value === undefined ? undefined : value === option.value}
            defaultChecked={value === undefined ? defaultValue === option.value : undefined}
            onChange={onValueChange === undefined ? undefined : () => onValueChange(option.value)}
            className="mt-0.5 size-4 shrink-0 cursor-pointer appearance-none rounded-full border border-border-strong bg-surface checked:border-5 checked:border-ink disabled:opacity-50 touch:size-5 forced-colors:appearance-auto"
          />
          <span className="flex flex-col">
            <span className="text-body">{option.label}</span>
            {option.hint === undefined ? null : <span className="text-meta text-text-3">{option.hint}</span>}
          </span>
        </label>
      ))}
      <FieldErrors id={errorId} errors={errors} />
    </fieldset>
  );
}
