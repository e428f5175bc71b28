"use client";

import { TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PersonChip } from "#components/ui/person-chip";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { BoardItem } from "#lib/on-call/board";

interface ShiftTableProps {
  caption: string;
  items: readonly BoardItem[];
  now: number;
  onOpen?: ((item: BoardItem) => void) | undefined;
}

/** The shifts and gaps of a schedule in the order of time: what the drawing shows, to be read. */
export function ShiftTable({ caption, items, now, onOpen }: ShiftTableProps) {
  if (items.length === 0) {
    return (
      <EmptyState kind="all-clear" title="Nothing is scheduled here.">
        No layer of this schedule reaches into this time.
      </EmptyState>
    );
  }
  const goesOn = items.some((item) => item.end > now);
  return (
    <Table caption={caption}>
      <TableHead>
        <HeaderCell>On call</HeaderCell>
        <HeaderCell className="max-md:hidden">When</HeaderCell>
        <HeaderCell numeric className="max-md:hidden">
          Length
        </HeaderCell>
        <HeaderCell className="max-md:hidden">By</HeaderCell>
        {onOpen === undefined ? null : <HeaderCell hiddenLabel="Actions" />}
      </TableHead>
      <tbody>
        {items.map((item) => (
          <ShiftRow
            key={item.id}
            item={item}
            now={now}
            isFolded={item.end <= now && goesOn}
            onOpen={onOpen}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface ShiftRowProps {
  item: BoardItem;
  now: number;
  /** Over already, and not shown on a phone, where what comes must be in sight. */
  isFolded: boolean;
  onOpen: ShiftTableProps["onOpen"];
}

function ShiftRow({ item, now, isFolded, onOpen }: ShiftRowProps) {
  const isNow = item.start <= now && now < item.end;
  return (
    <TableRow selected={isNow && item.kind !== "gap"} className={isFolded ? "max-md:hidden" : undefined}>
      <Cell className="py-1.5">
        <span className="flex flex-wrap items-center gap-x-2">
          {item.person === null ? (
            <Badge hue="red" form="plain" icon={<TriangleAlert aria-hidden />}>
              No one is on call
            </Badge>
          ) : (
            <PersonChip person={item.person} />
          )}
          {isNow ? (
            <Badge hue={item.kind === "gap" ? "red" : "blue"} form="outline">
              now
            </Badge>
          ) : null}
        </span>
        {item.shadows.length === 0 ? null : (
          <span className="block text-meta text-text-3">Shadowed by {item.shadows.join(", ")}</span>
        )}
        <span className="tabular block text-meta text-text-2 md:hidden">{item.span}</span>
        <span className="block text-meta text-text-3 md:hidden">
          {item.length} · {item.source}
        </span>
      </Cell>
      <Cell className="tabular whitespace-nowrap max-md:hidden">{item.span}</Cell>
      <Cell numeric className="max-md:hidden">
        {item.length}
      </Cell>
      <Cell className="text-text-2 max-md:hidden">
        {item.kind === "override" ? "⟂ " : ""}
        {item.source}
      </Cell>
      {onOpen === undefined ? null : (
        <Cell className="text-right">
          {item.end <= now ? null : (
            <Button size="small" aria-label={`${actionOf(item)}, ${item.span}`} onClick={() => onOpen(item)}>
              {actionOf(item)}
            </Button>
          )}
        </Cell>
      )}
    </TableRow>
  );
}

function actionOf({ kind }: BoardItem): string {
  if (kind === "gap") return "Fill gap";
  return kind === "override" ? "Change" : "Override";
}
