import type { ReactNode } from "react";
import { SetPageTrail } from "#components/layout/page-trail";
import { cn } from "#components/ui/class-name";

interface PageHeaderProps {
  title: ReactNode;
  /** What stands before the title: status, reference. */
  before?: ReactNode;
  /** One sentence: what is shown and how much of it. */
  description?: ReactNode;
  /** The primary action last. */
  actions?: ReactNode;
  /** On the page of one object, its short name for the header bar: "INC-1042". */
  trail?: string;
  /** Link tabs or filters that belong to the whole page. */
  children?: ReactNode;
  className?: string;
}

/** The page's one h1; a change of route moves focus to it. */
export function PageHeader(props: PageHeaderProps) {
  const { title, before, description, actions, trail, children, className } = props;
  return (
    <div className={cn("mb-4 flex flex-col gap-3", className)}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-60 flex-1">
          {before === undefined ? null : (
            <div className="mb-1 flex flex-wrap items-center gap-2 text-table text-text-2">{before}</div>
          )}
          <h1 tabIndex={-1} className="text-section font-semibold tracking-tight">
            {title}
          </h1>
          {description === undefined ? null : <p className="mt-0.5 text-body text-text-2">{description}</p>}
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
      {trail === undefined ? null : <SetPageTrail name={trail} />}
    </div>
  );
}
