"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";

const LEAP = 10;

/** Where a key leads from a mark; -1: none has been read yet. */
const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + LEAP,
  PageUp: (at) => at - LEAP,
  Home: () => 0,
  End: (_, last) => last,
};

interface Reading {
  index: number;
  text: string;
  href: string | null;
  /** Pixels from the plot's corner. */
  ring: { left: number; top: number; width: number; height: number };
}

/** Reads a drawing to the keyboard, mark by mark: arrows lead from one to the next, Enter opens what it stands for. */
export function PlotReader({ children }: { children: ReactNode }) {
  const plot = useRef<HTMLDivElement>(null);
  const [hasMarks, setHasMarks] = useState(false);
  const [reading, setReading] = useState<Reading | null>(null);
  const router = useRouter();
  const onKeyDown = (event: KeyboardEvent) => {
    if (plot.current === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && reading?.href) {
      event.preventDefault();
      router.push(reading.href);
      return;
    }
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const marks = marksOf(plot.current);
    const last = marks.length - 1;
    const index = Math.min(last, Math.max(0, move(reading?.index ?? -1, last)));
    setReading(read(plot.current, marks[index], index));
  };
  return (
    <div
      ref={(element) => {
        plot.current = element;
        if (element !== null) setHasMarks(marksOf(element).length > 0);
      }}
      className="relative rounded-control"
      {...(hasMarks
        ? {
            role: "application",
            "aria-roledescription": "chart",
            "aria-label": "Chart: the arrow keys read its values, Enter opens what is behind one",
            tabIndex: 0,
            onKeyDown,
            onBlur: () => setReading(null),
          }
        : {})}
    >
      {children}
      {reading === null ? null : (
        <span
          aria-hidden
          data-screen
          className="pointer-events-none absolute rounded-control border-2 border-focus"
          style={reading.ring}
        />
      )}
      {hasMarks ? (
        <output
          data-screen
          className={
            reading === null
              ? "sr-only"
              : "absolute top-full left-0 z-10 mt-1 max-w-full rounded-control border bg-surface px-2 py-1 text-table shadow-layer"
          }
        >
          {reading?.text}
        </output>
      ) : null}
    </div>
  );
}

function marksOf(plot: Element): Element[] {
  return [...plot.querySelectorAll("[data-point]")];
}

const MARGIN = 3;

function read(plot: Element, mark: Element | undefined, index: number): Reading | null {
  if (mark === undefined) return null;
  const [outer, inner] = [plot.getBoundingClientRect(), mark.getBoundingClientRect()];
  return {
    index,
    text: mark.querySelector("title")?.textContent ?? "",
    href: mark.getAttribute("href"),
    ring: {
      left: inner.left - outer.left - MARGIN,
      top: inner.top - outer.top - MARGIN,
      width: inner.width + 2 * MARGIN,
      height: inner.height + 2 * MARGIN,
    },
  };
}
