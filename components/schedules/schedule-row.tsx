import { TriangleAlert } from "lucide-react";
import { LaneTimeline } from "#components/charts/lane-timeline";
import { Time } from "#components/time/time";
import { TextLink } from "#components/ui/link";
import { PersonChip } from "#components/ui/person-chip";
import { Cell, TableRow } from "#components/ui/table";
import type { Overview } from "#lib/on-call/client";
import { zoneCity } from "#lib/time/format";

export const SHOWN_DAYS = 14;
const DAY = 86_400_000;

/** One schedule: now, next, the coming two weeks, and what is missing. */
export function ScheduleRow({ schedule, now }: { schedule: Overview; now: number }) {
  return (
    <TableRow rowId={schedule.id}>
      <Cell className="min-w-44 py-2">
        <TextLink
          tone="quiet"
          data-row-link
          href={`/schedules/${schedule.slug}`}
          className="font-medium [overflow-wrap:anywhere]"
        >
          {schedule.name}
        </TextLink>
        <span className="block text-meta text-text-3">
          {[schedule.team?.name, zoneCity(schedule.timeZone)].filter(Boolean).join(" · ")}
        </span>
        <div className="mt-1 md:hidden">
          <NowAndNext schedule={schedule} />
          <Gaps schedule={schedule} />
        </div>
      </Cell>
      <Cell className="py-2 max-md:hidden">
        <NowAndNext schedule={schedule} />
      </Cell>
      <Cell className="w-full min-w-60 py-2 max-lg:hidden">
        <LaneTimeline
          mini
          label={`${schedule.name}, next ${SHOWN_DAYS} days`}
          window={{ start: now, end: now + SHOWN_DAYS * DAY }}
          ticks={[]}
          lanes={[{ id: schedule.id, label: schedule.name, blocks: blocksOf(schedule, now) }]}
        />
      </Cell>
      <Cell className="py-2 max-md:hidden">
        <Gaps schedule={schedule} />
      </Cell>
      <Cell className="py-2 max-xl:hidden">
        <Policies schedule={schedule} />
      </Cell>
    </TableRow>
  );
}

function NowAndNext({ schedule: { now, next } }: { schedule: Overview }) {
  return (
    <div className="flex flex-col gap-0.5 whitespace-nowrap">
      {now.length === 0 ? (
        <span className="flex items-center gap-1.5 font-medium text-status-red-fg">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          No one now
        </span>
      ) : (
        now.map(({ user, source }) => (
          <PersonChip
            key={user.id}
            person={user}
            note={source.kind === "override" ? "⟂ override" : undefined}
          />
        ))
      )}
      {next === null ? null : (
        <span className="text-meta text-text-3">
          then {next.people.length === 0 ? "no one" : next.people.map(({ name }) => name).join(", ")},{" "}
          <Time at={next.at} format="date-time" />
        </span>
      )}
    </div>
  );
}

function Gaps({ schedule: { gaps, coveragePercent } }: { schedule: Overview }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 whitespace-nowrap md:flex-col">
      <span className="tabular">{coveragePercent} %</span>
      {gaps.length === 0 ? (
        <span className="text-meta text-text-3">no gaps</span>
      ) : (
        <span className="flex items-center gap-1 text-meta font-medium text-status-red-fg">
          <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
          {gaps.length} {gaps.length === 1 ? "gap" : "gaps"}
        </span>
      )}
    </div>
  );
}

function Policies({ schedule: { policies } }: { schedule: Overview }) {
  const [first] = policies;
  if (first === undefined) return <span className="text-text-3">no policy</span>;
  return (
    <span className="whitespace-nowrap">
      <TextLink tone="quiet" href={`/escalation/${first.slug}`}>
        {first.name}
      </TextLink>
      {policies.length > 1 ? <span className="text-text-3"> +{policies.length - 1}</span> : null}
    </span>
  );
}

function blocksOf({ shifts, gaps }: Overview, now: number) {
  const end = now + SHOWN_DAYS * DAY;
  return [
    ...shifts.map(({ user, start, end: until, source }) => ({
      id: `${user.id} ${start}`,
      start: Date.parse(start),
      end: until === null ? end : Date.parse(until),
      person: user,
      label: user.name,
      override: source.kind === "override",
    })),
    ...gaps.map((gap) => ({
      id: `gap ${gap.start}`,
      start: Date.parse(gap.start),
      end: Date.parse(gap.end),
      person: undefined,
      label: "No one is on call",
    })),
  ].filter((block) => block.start < end);
}
