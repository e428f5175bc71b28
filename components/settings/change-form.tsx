import type { ReactNode } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";

interface ChangeFormProps {
  /** What useChange gives. */
  change: { error: Error | null; isPending: boolean; mutate: () => void };
  /** The button, and what it says while the server is asked. */
  label: string;
  pendingLabel: string;
  /** Said before the reason when the server refused, for example "Not added". */
  refused: string;
  disabled?: boolean;
  children: ReactNode;
}

/** A form that makes one change: its fields, why the server refused, and the button. */
export function ChangeForm(props: ChangeFormProps) {
  const { change, label, pendingLabel, refused, disabled = false, children } = props;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      {children}
      {change.error ? (
        <div role="alert">
          <Callout tone="danger" title={`${refused}: ${change.error.message}`} />
        </div>
      ) : null}
      <Button
        type="submit"
        variant="primary"
        className="self-end max-sm:w-full"
        disabled={disabled}
        pending={change.isPending}
        pendingLabel={pendingLabel}
      >
        {label}
      </Button>
    </form>
  );
}
