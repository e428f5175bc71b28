import {
  ArrowRightLeft,
  BellOff,
  CircleStop,
  Ellipsis,
  Hourglass,
  LifeBuoy,
  Megaphone,
  RotateCw,
  TriangleAlert,
  Users,
} from "lucide-react";
import { TrialPeople } from "#components/escalation/trial-people";
import { Time } from "#components/time/time";
import { cn } from "#components/ui/class-name";
import type { Step } from "#lib/escalation/client";
import { formatDuration } from "#lib/time/format";

const MINUTE = 60_000;

/** What happens minute by minute while nobody acknowledges: who is told by what, which levels are skipped and why, and how it ends. */
export function TrialSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="flex flex-col">
      {steps.map((step, index) => (
        <li key={`${index} ${step.minute}`} className="relative flex gap-3 pb-4 last:pb-0">
          {index === steps.length - 1 ? null : (
            <span aria-hidden className="absolute top-7 bottom-0 left-3.25 w-px bg-border-strong/50" />
          )}
          <StepIcon kind={step.kind} />
          <div className="min-w-0 flex-1 pt-0.5">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="tabular font-medium">
                {step.minute === 0 ? "At once" : `After ${formatDuration(step.minute * MINUTE)}`}
              </span>
              <span className="text-table text-text-2">{titleOf(step)}</span>
              <span className="ml-auto text-meta text-text-3">
                <Time at={step.at} format="date-time" card={false} />
              </span>
            </p>
            {step.skipped.map(({ level, because }) => (
              <p key={level} className="mt-0.5 flex gap-1.5 text-table text-status-amber-fg">
                <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
                {because} Skipped at once.
              </p>
            ))}
            <TrialPeople people={step.people} at={step.at} />
            {step.notes.map((note) => (
              <p
                key={note}
                className={cn("text-table", step.kind === "nobody" ? "text-status-red-fg" : "text-text-2")}
              >
                {note}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

const ICONS = {
  level: Users,
  turn: RotateCw,
  told: Megaphone,
  wait: Hourglass,
  fallback: LifeBuoy,
  nobody: BellOff,
  "handed-over": ArrowRightLeft,
  end: CircleStop,
  "and-so-on": Ellipsis,
};

function StepIcon({ kind }: { kind: Step["kind"] }) {
  const Icon = ICONS[kind];
  return (
    <span
      aria-hidden
      className={cn(
        "flex size-7 shrink-0 items-center justify-center rounded-full border bg-surface [&>svg]:size-4",
        kind === "nobody" ? "border-status-red-line text-status-red-fg" : "text-text-2",
        kind === "fallback" && "border-status-amber-line text-status-amber-fg",
      )}
    >
      <Icon />
    </span>
  );
}

function titleOf({ kind, level, pass, urgency }: Step): string {
  const again = pass > 1 ? `, pass ${pass}` : "";
  const slowly = urgency === "low" ? ", low urgency" : "";
  switch (kind) {
    case "level":
      return `level ${level}${again}${slowly}`;
    case "turn":
      return `level ${level}, next in turn${again}${slowly}`;
    case "told":
      return `level ${level} is only told${again}`;
    case "wait":
      return `waits${again}`;
    case "fallback":
      return `fallback${again}`;
    case "nobody":
      return "nobody can be told";
    case "handed-over":
      return `another policy, level ${level}`;
    case "end":
      return "nothing more happens";
    case "and-so-on":
      return "and so on, until somebody acknowledges";
    default:
      return kind satisfies never;
  }
}
