import type { ReactNode } from "react";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { Table, TableHead } from "#components/ui/table";

interface FigureTableProps {
  title: string;
  subtitle: string;
  /** What the table is, for who does not see where it stands. */
  caption: string;
  csvHref?: string;
  /** What is said instead while there are no rows; null: there are some. */
  empty: ReactNode;
  head: ReactNode;
  children: ReactNode;
}

/** A figure of a report that is a table, and its file. */
export function FigureTable({ title, subtitle, caption, csvHref, empty, head, children }: FigureTableProps) {
  return (
    <Card
      flush
      title={title}
      subtitle={subtitle}
      actions={
        csvHref === undefined ? undefined : (
          <TextLink href={csvHref} prefetch={false} data-screen>
            CSV
          </TextLink>
        )
      }
    >
      {empty === null ? (
        <Table caption={caption} stickyFirstColumn>
          <TableHead>{head}</TableHead>
          <tbody>{children}</tbody>
        </Table>
      ) : (
        <p className="px-4 py-3 text-body text-text-2">{empty}</p>
      )}
    </Card>
  );
}
