import { useId, type ReactNode } from "react";
import { PlotReader } from "#components/charts/plot-reader";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";

export interface ChartTable {
  columns: readonly { label: string; numeric?: boolean }[];
  /** The first cell of a row is its heading. */
  rows: readonly (readonly ReactNode[])[];
}

interface ChartFrameProps {
  /** The finding in words: "Half of all incidents are acknowledged within 2 m 40 s". */
  title: ReactNode;
  /** Measure, unit and n: "Time to acknowledge, log scale, n = 214". */
  subtitle: ReactNode;
  /** The same values, for reading without sight and for copying. */
  table: ChartTable;
  /** Exclusions, the test behind a verdict, what is hatched. */
  note?: ReactNode;
  /** Links that belong to the figure: CSV, the list behind it. */
  actions?: ReactNode;
  headingLevel?: 2 | 3;
  children: ReactNode;
}

/** A figure that states its finding and turns into a table without script. */
export function ChartFrame({
  title,
  subtitle,
  table,
  note,
  actions,
  headingLevel = 2,
  children,
}: ChartFrameProps) {
  const id = useId();
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <figure aria-labelledby={id} className="group/chart relative min-w-0">
      <figcaption className="mb-3 pr-20 print:pr-0">
        <Heading id={id} className="text-body font-semibold">
          {title}
        </Heading>
        <p className="text-meta text-text-3">{subtitle}</p>
      </figcaption>
      <div className="@container/plot group-has-[details[open]]/chart:hidden print:block!">
        <PlotReader>{children}</PlotReader>
      </div>
      <details>
        <summary
          data-screen
          className="absolute top-0 right-0 flex h-7 items-center rounded-control border px-2 text-meta text-text-2 hover:bg-raised touch:h-11"
        >
          <span className="group-has-[details[open]]/chart:hidden">Table</span>
          <span className="hidden group-has-[details[open]]/chart:inline">Chart</span>
          <span className="sr-only"> view</span>
        </summary>
        <FigureTable table={table} caption={typeof title === "string" ? title : "Values of the figure"} />
      </details>
      {note === undefined && actions === undefined ? null : (
        <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-meta text-text-3">
          <p className="flex-1">{note}</p>
          {actions}
        </div>
      )}
    </figure>
  );
}

function FigureTable({ table, caption }: { table: ChartTable; caption: string }) {
  return (
    <div className="max-h-96 overflow-y-auto rounded-card border bg-surface">
      <Table caption={caption} density="compact">
        <TableHead>
          {table.columns.map((column) => (
            <HeaderCell key={column.label} numeric={column.numeric}>
              {column.label}
            </HeaderCell>
          ))}
        </TableHead>
        <tbody>
          {table.rows.map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows of a finished figure never move
            <TableRow key={index}>
              {row.map((cell, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- cells stand by their column
                <Cell key={at} numeric={table.columns[at]?.numeric}>
                  {cell}
                </Cell>
              ))}
            </TableRow>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
