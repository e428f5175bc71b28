import { useId, type ReactNode } from "react";
import { cn } from "#components/ui/class-name";

interface CardProps {
  title?: ReactNode;
  /** One quiet line under the title: unit, count, source. */
  subtitle?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  headingLevel?: 2 | 3;
  /** Without padding, for a table or list that reaches the edges. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

export function Card(props: CardProps) {
  const { title, subtitle, actions, footer, headingLevel = 2, flush = false, className, children } = props;
  const headingId = useId();
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <section
      aria-labelledby={title === undefined ? undefined : headingId}
      className={cn("min-w-0 rounded-card border bg-surface", className)}
    >
      {title === undefined ? null : (
        <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
          <div className="min-w-44 flex-1">
            <Heading id={headingId} className="truncate text-body font-semibold">
              {title}
            </Heading>
            {subtitle === undefined ? null : <p className="text-meta text-text-3">{subtitle}</p>}
          </div>
          {actions}
        </header>
      )}
      <div
        className={
          flush ? cn("overflow-clip rounded-b-[7px]", title === undefined && "rounded-t-[7px]") : "p-4"
        }
      >
        {children}
      </div>
      {footer === undefined ? null : (
        <footer className="border-t px-4 py-2 text-table text-text-2">{footer}</footer>
      )}
    </section>
  );
}
