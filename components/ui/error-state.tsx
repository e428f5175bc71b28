import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button";
import { cn } from "#components/ui/class-name";
import { CopyButton } from "#components/ui/copy-button";

interface ErrorStateProps {
  /** A plain sentence: what did not work. */
  title: ReactNode;
  /** What still works, and what happens meanwhile. */
  children?: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  errorId?: string;
  className?: string;
}

/** Stands where the data would be; stale data stays above it. */
export function ErrorState({ title, children, onRetry, retrying, errorId, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cn("flex flex-col items-center gap-1.5 px-6 py-10 text-center", className)}>
      <CircleAlert aria-hidden className="mb-1 size-5 text-status-red-fg" />
      <p className="text-body font-medium">{title}</p>
      {children === undefined ? null : <div className="max-w-prose text-body text-text-2">{children}</div>}
      <div className="mt-3 flex flex-wrap items-center justify-center gap-3">
        {onRetry === undefined ? null : (
          <Button onClick={onRetry} pending={retrying} pendingLabel="Retrying…">
            Retry
          </Button>
        )}
        {errorId === undefined ? null : (
          <span className="inline-flex items-center gap-1 text-meta text-text-3">
            Error <code className="font-mono">{errorId}</code>
            <CopyButton value={errorId} name="error id" />
          </span>
        )}
      </div>
    </div>
  );
}
