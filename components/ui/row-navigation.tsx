"use client";

import { useEffect, useRef, type ReactNode } from "react";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"))
  );
}

function isCovered(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null;
}

function neighbour(rows: HTMLElement[], step: 1 | -1): HTMLElement | undefined {
  const active = document.activeElement;
  const index = rows.findIndex((row) => row.contains(active));
  if (index === -1) return step === 1 ? rows[0] : rows.at(-1);
  return rows[index + step];
}

/** From the row, or from its link: a panel that closes gives the focus back to that. */
function peekInto(row: HTMLElement, link: HTMLElement | null): boolean {
  if (document.activeElement !== row && document.activeElement !== link) return false;
  const peek = row.querySelector<HTMLElement>("[data-row-peek]");
  peek?.click();
  return peek !== null;
}

function onRowKey(row: HTMLElement, event: KeyboardEvent): boolean {
  const link = row.querySelector<HTMLAnchorElement>("[data-row-link]");
  switch (event.key) {
    case "Enter":
      if (document.activeElement !== row) return false;
      link?.click();
      return link !== null;
    case " ":
      return peekInto(row, link);
    case "o":
      if (link !== null) window.open(link.href, "_blank", "noopener");
      return link !== null;
    case "x":
    case "X": {
      const box = row.querySelector<HTMLElement>("[data-row-select]");
      box?.dispatchEvent(
        new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey }),
      );
      return box !== null;
    }
    default:
      return false;
  }
}

function moveFocus(container: HTMLElement, step: 1 | -1): boolean {
  const next = neighbour([...container.querySelectorAll<HTMLElement>("[data-row]")], step);
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return next !== undefined;
}

const letterSteps: Partial<Record<string, 1 | -1>> = { j: 1, k: -1 };
const arrowSteps: Partial<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };

function handleKey(container: HTMLElement, event: KeyboardEvent): boolean {
  const singleKeys = document.documentElement.dataset["singleKeys"] !== "off";
  const inside = container.contains(document.activeElement);
  const step =
    (singleKeys ? letterSteps[event.key] : undefined) ?? (inside ? arrowSteps[event.key] : undefined);
  if (step !== undefined) return moveFocus(container, step);
  if (!singleKeys && event.key !== "Enter") return false;
  const row = inside ? (document.activeElement?.closest<HTMLElement>("[data-row]") ?? null) : null;
  return row !== null && onRowKey(row, event);
}

/**
 * Moves focus along the `data-row` elements inside: j/k or arrows move, Enter opens the row's
 * `data-row-link`, Space presses its `data-row-peek`, o opens it in a new tab, x toggles its `data-row-select` and ⇧x extends to it.
 */
export function RowNavigation({ className, children }: { className?: string; children: ReactNode }) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (container.current === null || event.defaultPrevented) return;
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || isCovered()) return;
      if (handleKey(container.current, event)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <div ref={container} className={className}>
      {children}
    </div>
  );
}
