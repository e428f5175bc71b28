import { BellOff, CircleStop, LifeBuoy, TriangleAlert, Users } from "lucide-react";
import { LocalTime } from "#components/on-call/local-time";
import { Time } from "#components/time/time";
import { cn } from "#components/ui/class-name";
import { PersonChip } from "#components/ui/person-chip";
import type { Step } from "#lib/escalation/client";
import { formatDuration } from "#lib/time/format";

const MINUTE = 60_000;

/** What happens minute by minute while nobody acknowledges: who is told, which levels are skipped and why, and how it ends. */
export function TrialSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="flex flex-col">
      {steps.map((step, index) => (
        <li key={step.minute} className="relative flex gap-3 pb-4 last:pb-0">
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
            <StepPeople people={step.people} at={step.at} />
            {step.because === null || step.kind === "level" ? null : (
              <p className={cn("text-table", step.kind === "nobody" ? "text-status-red-fg" : "text-text-2")}>
                {step.because}
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

const ICONS = { level: Users, fallback: LifeBuoy, nobody: BellOff, end: CircleStop };

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

function StepPeople({ people, at }: Pick<Step, "people" | "at">) {
  return (
    <ul className="mt-0.5 flex flex-col gap-1">
      {people.map(({ user, because, isReachable, firstStepMinutes }) => (
        <li key={user.id} className="flex flex-wrap items-center gap-x-2">
          <PersonChip person={user} href={`/people/${user.id}`} className="font-medium" />
          <LocalTime zone={user.timeZone} at={at} />
          <span className="text-meta text-text-3">{because}</span>
          {isReachable ? (
            firstStepMinutes > 0 ? (
              <span className="text-meta text-text-3">first notification {firstStepMinutes} min later</span>
            ) : null
          ) : (
            <span className="flex items-center gap-1 text-meta text-status-amber-fg">
              <TriangleAlert aria-hidden className="size-3.5" />
              only by the account’s e-mail
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function titleOf({ kind, level, pass }: Step): string {
  const again = pass > 1 ? `, pass ${pass}` : "";
  switch (kind) {
    case "level":
      return `level ${level}${again}`;
    case "fallback":
      return `fallback${again}`;
    case "nobody":
      return "nobody can be told";
    case "end":
      return "nothing more happens";
    default:
      return kind satisfies never;
  }
}
