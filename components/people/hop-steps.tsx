import { CircleCheck, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { Time } from "#components/time/time";
import { Spinner } from "#components/ui/spinner";

export interface Hop {
  state: "waiting" | "done" | "failed";
  label: ReactNode;
  at?: string | null;
  /** Why it failed, or what a provider said. */
  detail?: string | null;
}

const MARKS = {
  waiting: { name: "Waiting", icon: <Spinner className="text-text-3" /> },
  done: { name: "Done", icon: <CircleCheck aria-hidden className="size-4 text-status-green-fg" /> },
  failed: { name: "Failed", icon: <CircleX aria-hidden className="size-4 text-status-red-fg" /> },
};

/** The stations of something on its way, in order, with the time of each. */
export function HopSteps({ hops }: { hops: readonly Hop[] }) {
  return (
    <ol className="flex flex-col gap-2 text-body">
      {hops.map(({ state, label, at, detail }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- stations are only ever added at the end
        <li key={index} className="flex items-start gap-2">
          <span className="mt-0.5 shrink-0">
            {MARKS[state].icon}
            <span className="sr-only">{MARKS[state].name}: </span>
          </span>
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            {label}
            {detail ? <span className="block text-meta text-text-2">{detail}</span> : null}
          </span>
          {at ? <Time at={at} format="clock" className="tabular text-meta text-text-3" /> : null}
        </li>
      ))}
    </ol>
  );
}
