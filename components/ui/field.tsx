import { CircleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";
import { cn } from "#components/ui/class-name";

/** What a control must be given to belong to its field. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  errors?: readonly string[];
  /** What is wrong, where that takes more than a line. */
  error?: ReactNode;
  optional?: boolean;
  /** Keeps the label for screen readers alone. */
  hideLabel?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}

/** Label, control, hint and errors, tied together by ids. */
export function Field({
  label,
  hint,
  errors = [],
  error,
  optional,
  hideLabel,
  className,
  children,
}: FieldProps) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  const isWrong = errors.length > 0 || error !== undefined;
  const errorId = isWrong ? `${id}-errors` : undefined;
  const describedBy = [errorId, hintId].filter((part) => part !== undefined).join(" ");
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-table font-medium text-text"}>
        {label}
        {optional ? <span className="font-regular text-text-3"> (optional)</span> : null}
      </label>
      {children({
        id,
        "aria-describedby": describedBy === "" ? undefined : describedBy,
        "aria-invalid": isWrong ? true : undefined,
      })}
      {error === undefined ? <FieldErrors id={errorId} errors={errors} /> : <div id={errorId}>{error}</div>}
      {hint === undefined ? null : (
        <p id={hintId} className="text-meta text-text-3">
          {hint}
        </p>
      )}
    </div>
  );
}

export function FieldErrors({ id, errors }: { id?: string; errors: readonly string[] }) {
  if (errors.length === 0) return null;
  return (
    <ul id={id} className="flex flex-col gap-0.5 text-meta text-status-red-fg">
      {errors.map((error) => (
        <li key={error} className="flex gap-1.5">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </li>
      ))}
    </ul>
  );
}
