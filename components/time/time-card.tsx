"use client";

import { Popover } from "@base-ui/react/popover";
import { createContext, useContext, useRef, useState, type ReactNode } from "react";
import { useNow } from "#components/time/clock";
import { useViewer } from "#components/time/viewer";
import { CopyButton } from "#components/ui/copy-button";
import { popoverClass } from "#components/ui/popover";
import { formatFullTime, formatRelative, zoneCity } from "#lib/time/format";

export interface TimeCardPayload {
  /** Epoch milliseconds. */
  at: number;
  /** The schedule's or team's zone, where it differs from the viewer's. */
  otherZone?: string;
}

type CardHandle = ReturnType<typeof Popover.createHandle<TimeCardPayload>>;

const CardContext = createContext<CardHandle | undefined>(undefined);

/** One card serves every time on the page. */
export function TimeCardProvider({ children }: { children: ReactNode }) {
  const [handle] = useState(() => Popover.createHandle<TimeCardPayload>());
  const card = useRef<HTMLDivElement>(null);
  return (
    <CardContext value={handle}>
      {children}
      <Popover.Root handle={handle}>
        {({ payload }) => (
          <Popover.Portal>
            <Popover.Positioner sideOffset={6} collisionPadding={8} className="z-50">
              <Popover.Popup
                ref={card}
                // Its first button has a tooltip, which Escape would close first.
                initialFocus={card}
                aria-label="This time elsewhere"
                className={`${popoverClass} p-3`}
              >
                {payload === undefined ? null : <CardRows {...payload} />}
              </Popover.Popup>
            </Popover.Positioner>
          </Popover.Portal>
        )}
      </Popover.Root>
    </CardContext>
  );
}

function CardRows({ at, otherZone }: TimeCardPayload) {
  const viewer = useViewer();
  const now = useNow("second");
  const zones = [
    { label: "Your time", value: formatFullTime(at, viewer) },
    ...(otherZone === undefined || otherZone === viewer.timeZone
      ? []
      : [
          {
            label: zoneCity(otherZone),
            value: formatFullTime(at, { ...viewer, timeZone: otherZone }),
          },
        ]),
    { label: "UTC", value: new Date(at).toISOString().replace(/\.\d+Z$/u, "Z") },
    { label: "Relative", value: formatRelative(at, now) },
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 text-table">
      {zones.map((row) => (
        <div key={row.label} className="col-span-3 grid min-h-7 grid-cols-subgrid items-center">
          <dt className="text-text-3">{row.label}</dt>
          <dd>{row.value}</dd>
          <dd>
            <CopyButton value={row.value} name={row.label.toLowerCase()} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface TimeCardTriggerProps extends TimeCardPayload {
  children: ReactNode;
}

export function TimeCardTrigger({ at, otherZone, children }: TimeCardTriggerProps) {
  const handle = useContext(CardContext);
  if (handle === undefined) return children;
  return (
    <Popover.Trigger
      handle={handle}
      payload={{ at, otherZone }}
      openOnHover
      delay={400}
      className="relative rounded-mark text-left decoration-dotted underline-offset-3 hover:underline"
    >
      {children}
    </Popover.Trigger>
  );
}
