"use client";

import { useState, type MouseEvent, type ReactNode } from "react";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";

export interface RowSelection {
  selected: ReadonlySet<string>;
  toggle: (id: string, extend?: boolean) => void;
  toggleAll: () => void;
  clear: () => void;
}

/** Selection over the rows on screen, in their order; what left the screen leaves the selection. */
export function useRowSelection(ids: readonly string[]): RowSelection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string>();
  const selected = new Set(ids.filter((id) => chosen.has(id)));

  const toggle = (id: string, extend = false) => {
    const next = new Set(selected);
    const from = anchor === undefined ? -1 : ids.indexOf(anchor);
    if (extend && from !== -1) {
      const to = ids.indexOf(id);
      for (const between of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(between);
    } else if (!next.delete(id)) {
      next.add(id);
    }
    setAnchor(id);
    setChosen(next);
  };
  return {
    selected,
    toggle,
    toggleAll: () => setChosen(selected.size === ids.length ? new Set() : new Set(ids)),
    clear: () => setChosen(new Set()),
  };
}

interface SelectBoxProps {
  selection: RowSelection;
  id: string;
  /** The row's name: "Select INC-1042". */
  label: string;
}

export function SelectBox({ selection, id, label }: SelectBoxProps) {
  return (
    <Checkbox
      data-row-select
      aria-label={label}
      checked={selection.selected.has(id)}
      onChange={() => undefined}
      onClick={(event: MouseEvent) => selection.toggle(id, event.shiftKey)}
    />
  );
}

export function SelectAllBox({ selection, count }: { selection: RowSelection; count: number }) {
  const size = selection.selected.size;
  return (
    <Checkbox
      aria-label="Select all on this page"
      checked={count > 0 && size === count}
      indeterminate={size > 0 && size < count}
      onChange={selection.toggleAll}
    />
  );
}

interface SelectionBarProps {
  selection: RowSelection;
  /** The plural noun, for example "incidents". */
  noun: string;
  children: ReactNode;
}

/** Floats above the page's end with the actions for what is selected. */
export function SelectionBar({ selection, noun, children }: SelectionBarProps) {
  const count = selection.selected.size;
  return (
    <>
      <output className="sr-only">{count === 0 ? "" : `${count} ${noun} selected`}</output>
      {count === 0 ? null : (
        <div
          role="toolbar"
          aria-label={`Actions for ${count} selected ${noun}`}
          className="fixed inset-x-0 bottom-[calc(var(--bottom-bar-height)+12px)] z-30 mx-auto flex w-fit max-w-[calc(100vw-24px)] items-center gap-1 overflow-x-auto rounded-card bg-overlay p-1.5 shadow-layer"
        >
          <span className="tabular px-2 text-table font-medium whitespace-nowrap">{count} selected</span>
          {children}
          <Button variant="ghost" size="small" onClick={selection.clear}>
            Clear
          </Button>
        </div>
      )}
    </>
  );
}
