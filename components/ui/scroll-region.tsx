"use client";

import { useEffect, useRef, useState, type ReactNode } from "react";

interface ScrollRegionProps {
  /** The region's name, spoken only while it is a stop for the keyboard. */
  label: string;
  density?: string;
  className?: string;
  children: ReactNode;
}

/** Scrolls on its own; a stop for the Tab key only when there is something to scroll and nothing inside to focus. */
export function ScrollRegion({ label, density, className, children }: ScrollRegionProps) {
  const region = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(false);
  useEffect(() => {
    const node = region.current;
    if (node === null) return undefined;
    const observer = new ResizeObserver(() => {
      const scrolls = node.scrollWidth > node.clientWidth || node.scrollHeight > node.clientHeight + 1;
      setStop(scrolls && node.querySelector("a[href], button, input, select, textarea") === null);
    });
    observer.observe(node);
    for (const child of node.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={region}
      role={stop ? "group" : undefined}
      aria-label={stop ? label : undefined}
      tabIndex={stop ? 0 : undefined}
      data-density={density}
      className={className}
    >
      {children}
    </div>
  );
}
