import type { ComponentProps, ReactNode } from "react";
import { cn } from "#components/ui/class-name";
import { ScrollRegion } from "#components/ui/scroll-region";

interface TableProps extends ComponentProps<"table"> {
  /** The table's name for assistive technology: the sentence above it in short. */
  caption: string;
  density?: "compact" | "default" | "comfortable";
  /** Keeps the first column in view while the rest scrolls sideways. */
  stickyFirstColumn?: boolean;
}

/** Semantic, dense, hairlines only. The surrounding region scrolls sideways on its own. */
export function Table({ caption, density, stickyFirstColumn, className, children, ...rest }: TableProps) {
  return (
    <ScrollRegion
      label={caption}
      density={density}
      className="overflow-x-auto overflow-y-clip rounded-[inherit]"
    >
      <table
        {...rest}
        className={cn(
          "w-full border-separate border-spacing-0 text-table",
          stickyFirstColumn &&
            "[&_td:first-child]:sticky [&_td:first-child]:left-0 [&_td:first-child]:bg-surface [&_th:first-child]:sticky [&_th:first-child]:left-0",
          className,
        )}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </ScrollRegion>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead>
      <tr>{children}</tr>
    </thead>
  );
}

interface HeaderCellProps extends ComponentProps<"th"> {
  numeric?: boolean;
  /** Names a column that shows no heading. */
  hiddenLabel?: string;
}

export function HeaderCell({ numeric, hiddenLabel, className, children, ...rest }: HeaderCellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        "h-8 border-b bg-surface px-3 text-meta font-medium whitespace-nowrap text-text-3",
        numeric ? "text-right" : "text-left",
        className,
      )}
    >
      {hiddenLabel === undefined ? children : <span className="sr-only">{hiddenLabel}</span>}
    </th>
  );
}

interface TableRowProps extends ComponentProps<"tr"> {
  /** Makes the row a stop for j and k; a row holds one link marked with `data-row-link`. */
  rowId?: string;
  selected?: boolean;
  /** Fades in once: the row arrived while the page was open. */
  arrived?: boolean;
}

export function TableRow({ rowId, selected, arrived, className, ...rest }: TableRowProps) {
  return (
    <tr
      {...rest}
      data-row={rowId}
      data-selected={selected || undefined}
      tabIndex={rowId === undefined ? undefined : -1}
      className={cn(
        "group/row hover:bg-raised data-selected:bg-selected [&:last-child>td]:border-b-0",
        "focus-visible:shadow-[inset_3px_0_0_var(--focus)] focus-visible:outline-offset-[-2px]",
        arrived && "animate-arrive",
        className,
      )}
    />
  );
}

interface CellProps extends ComponentProps<"td"> {
  numeric?: boolean;
  /** Takes the spare width and cuts off what does not fit. */
  grow?: boolean;
}

export function Cell({ numeric, grow, className, ...rest }: CellProps) {
  return (
    <td
      {...rest}
      className={cn(
        "h-row border-b px-3 py-1",
        numeric ? "tabular text-right whitespace-nowrap" : "text-left",
        grow && "w-full max-w-0 truncate",
        className,
      )}
    />
  );
}
