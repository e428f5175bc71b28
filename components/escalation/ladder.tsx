import { CalendarClock, LifeBuoy, Repeat, TriangleAlert, User } from "lucide-react";
import type { ReactNode } from "react";
import { LocalTime } from "#components/on-call/local-time";
import { Badge } from "#components/ui/badge";
import { TextLink } from "#components/ui/link";
import { PersonChip } from "#components/ui/person-chip";
import type { Policy } from "#lib/escalation/client";
import { hoursSentence } from "#lib/escalation/condition";
import { endSentence } from "#lib/escalation/policy";

type Level = Policy["levels"][number];

/** The policy from the top down: each level with who it is right now, the wait, and what happens at the end. */
export function Ladder({ policy }: { policy: Policy }) {
  return (
    <ol className="flex flex-col">
      {policy.levels.map((level) => (
        <li key={level.id}>
          <LevelCard
            level={level}
            warnings={policy.warnings.filter((warning) => warning.level === level.position)}
          />
          <Wait>
            {level.cycleMinutes === null ? "" : `every ${level.cycleMinutes} min the next; in all `}
            wait <span className="tabular font-medium text-text">{level.delayMinutes} min</span>
          </Wait>
        </li>
      ))}
      <li>
        <Ending policy={policy} />
      </li>
    </ol>
  );
}

function Wait({ children }: { children: ReactNode }) {
  return (
    <p className="ml-6 flex h-9 items-center border-l-2 border-dotted border-border-strong/60 pl-4 text-table text-text-3">
      <span>{children}</span>
    </p>
  );
}

function LevelCard({ level, warnings }: { level: Level; warnings: Policy["warnings"] }) {
  return (
    <section aria-label={`Level ${level.position}`} className="rounded-card border bg-surface p-3">
      <h3 className="mb-2 flex flex-wrap gap-x-2 text-meta font-medium text-text-3">
        Level {level.position}
        <LevelWay level={level} />
      </h3>
      <ul className="flex flex-col gap-2.5">
        {level.targets.map((target) => (
          <li key={target.id} className="flex flex-wrap items-start gap-x-4 gap-y-1">
            <TargetName target={target} />
            <TargetPeople target={target} />
          </li>
        ))}
      </ul>
      {level.targets.length === 0 ? <p className="text-status-red-fg">Names nobody.</p> : null}
      {warnings.map(({ kind, text }) => (
        <p key={`${kind} ${text}`} className="mt-2 flex gap-1.5 text-table text-status-amber-fg">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {text}
        </p>
      ))}
    </section>
  );
}

const STRATEGIES = {
  everyone: null,
  round_robin: "in turn, each incident to the next",
  round_robin_cycle: "in turn, handing on",
};

/** What sets a level apart: turns, only telling, hours. */
function LevelWay({ level }: { level: Level }) {
  const hours = level.condition === null ? null : hoursSentence(level.condition);
  const otherwise = level.condition?.otherwise === "wait" ? "waited for" : "else passed over";
  const next = level.targets.find(({ id }) => id === level.nextTargetId);
  return (
    <>
      {STRATEGIES[level.strategy] === null ? null : (
        <Badge>
          {STRATEGIES[level.strategy]}
          {next === undefined ? "" : `: ${next.name}`}
        </Badge>
      )}
      {level.notifyOnly ? <Badge>only told</Badge> : null}
      {hours === null ? null : (
        <Badge>
          {hours}, {otherwise}
        </Badge>
      )}
    </>
  );
}

function TargetName({ target }: { target: Level["targets"][number] }) {
  const Icon = target.type === "schedule" ? CalendarClock : User;
  const href = target.type === "schedule" ? `/schedules/${target.slug}` : `/people/${target.id}`;
  return (
    <span className="flex min-w-44 flex-1 items-center gap-2 font-medium">
      <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
      {target.isGone ? (
        <span className="text-text-3 line-through">{target.name}</span>
      ) : (
        <TextLink tone="quiet" href={href}>
          {target.name}
        </TextLink>
      )}
    </span>
  );
}

function TargetPeople({ target }: { target: Level["targets"][number] }) {
  if (target.people.length === 0) {
    return (
      <span className="flex items-center gap-1.5 text-table font-medium text-status-red-fg">
        <TriangleAlert aria-hidden className="size-4 shrink-0" />
        {target.isGone ? "Gone: tells nobody" : "No one on call now"}
      </span>
    );
  }
  return (
    <ul className="flex flex-col gap-1">
      {target.people.map((person) => (
        <li key={person.id} className="flex flex-wrap items-center gap-x-2">
          {target.type === "schedule" ? (
            <>
              <span className="text-meta text-text-3">now</span>
              <PersonChip person={person} href={`/people/${person.id}`} />
            </>
          ) : null}
          <LocalTime zone={person.timeZone} />
        </li>
      ))}
    </ul>
  );
}

function Ending({ policy }: { policy: Policy }) {
  const { numLoops, fallback, team } = policy;
  const end = endSentence(policy.nobodyAnswered);
  const passes = numLoops === 1 ? "once more" : `${numLoops} more times`;
  const last =
    fallback?.name ?? (team === null ? "the organisation’s catch-all" : `the managers of ${team.name}`);
  return (
    <div className="flex flex-col gap-2 rounded-card border border-dashed border-border-strong/60 p-3 text-table text-text-2">
      <p className="flex gap-2">
        <Repeat aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
        {numLoops === 0
          ? `Nobody answered: ${end}.`
          : `Nobody answered: start again at level 1, ${passes}; then ${end}.`}
      </p>
      <p className="flex gap-2">
        <LifeBuoy aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
        Nobody on call at any level: {last} is told.
      </p>
    </div>
  );
}
