import type { Metadata } from "next";
import { HourStrip } from "#components/charts/hour-strip";
import { CoverageWarnings } from "#components/escalation/coverage-warnings";
import { FirstStepsCard } from "#components/home/first-steps-card";
import { NeedsYou } from "#components/home/needs-you";
import { ShiftCard } from "#components/home/shift-card";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink, TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { listCoverageWarnings } from "#lib/escalation/queries/coverage-warnings";
import { incidentsHref } from "#lib/incidents/filter";
import { readHome } from "#lib/incidents/queries/home";
import type { HomeDto } from "#lib/incidents/queries/home";
import { listPersonShifts } from "#lib/on-call/queries/person-shifts";
import { readFirstSteps } from "#lib/organisation/queries/first-steps";
import { hasPermission } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const ctx = await requireContext();
  const [home, shifts, warnings, steps] = await Promise.all([
    readHome(ctx),
    listPersonShifts(ctx),
    listCoverageWarnings(ctx),
    readFirstSteps(ctx),
  ]);
  const canRespond = hasPermission(ctx.actor.role, "incident.respond");
  return (
    <>
      <LiveRefresh entities={["schedule", "escalation_policy", "service", "user"]} />
      <PageHeader
        title={`Hello, ${ctx.actor.name.split(" ")[0]}`}
        description={canRespond ? sentence(home) : majorSentence(home)}
      />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex min-w-0 flex-col gap-4">
          {steps === null ? null : <FirstStepsCard steps={steps} />}
          {canRespond ? <ToDo home={home} /> : <Majors home={home} />}
        </div>
        <div className="flex flex-col gap-4">
          {canRespond || shifts.length > 0 ? (
            <ShiftCard
              shifts={shifts.map(({ schedule, start, end }) => ({ schedule, start, end }))}
              now={home.now}
            />
          ) : null}
          <CoverageWarnings warnings={warnings} />
          <LastDay home={home} timeZone={ctx.actor.timeZone} />
          {home.openCount > 0 ? (
            <ButtonLink href="/incidents">
              {home.openCount === 1 ? "One open incident" : `${home.openCount} open incidents`} in all
            </ButtonLink>
          ) : null}
        </div>
      </div>
    </>
  );
}

/** For whoever acts on incidents: what needs them, then what their teams have. */
function ToDo({ home }: { home: HomeDto }) {
  return (
    <>
      {home.mine.length > 0 ? (
        <NeedsYou title="Needs you now" rows={home.mine} canRespond first />
      ) : (
        <AllClear title="Nothing needs you." lastResolvedAt={home.lastResolvedAt} />
      )}
      {home.ours.length > 0 ? (
        <>
          <NeedsYou title="Your teams' open incidents" rows={home.ours} canRespond first={false} />
          {home.oursFilter ? (
            <TextLink href={incidentsHref(home.oursFilter)}>All open incidents of your teams</TextLink>
          ) : null}
        </>
      ) : null}
    </>
  );
}

/** For whoever reads: what is serious now, and where it is summed up. */
function Majors({ home }: { home: HomeDto }) {
  return (
    <>
      {home.majors.length > 0 ? (
        <NeedsYou title="Major incidents" rows={home.majors} canRespond={false} first={false} />
      ) : (
        <AllClear title="No major incident is open." lastResolvedAt={home.lastResolvedAt} />
      )}
      <Card title="How are we doing?">
        <ul className="flex flex-col gap-2 text-body">
          {SUMMARIES.map(({ href, label, answers }) => (
            <li key={href}>
              <TextLink href={href}>{label}</TextLink>
              <span className="block text-table text-text-2">{answers}</span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

const SUMMARIES = [
  {
    href: "/reports/executive",
    label: "Executive summary",
    answers: "Are we healthy, are customers affected, is it getting better.",
  },
  {
    href: "/reports/detection",
    label: "Detection",
    answers: "How often we knew before customers did.",
  },
  { href: "/reports/sla", label: "Service levels", answers: "What we promised, and how often it was kept." },
];

function AllClear({ title, lastResolvedAt }: { title: string; lastResolvedAt: string | null }) {
  return (
    <Card>
      <EmptyState kind="all-clear" title={title}>
        {lastResolvedAt ? (
          <>
            The last incident was resolved <Time at={lastResolvedAt} />.
          </>
        ) : (
          "Nothing has happened yet."
        )}
      </EmptyState>
    </Card>
  );
}

function majorSentence({ majors, openCount }: HomeDto): string {
  const all = openCount === 1 ? "one incident is open in all" : `${openCount} incidents are open in all`;
  if (majors.length === 0) return `No major incident is open; ${all}.`;
  return `${majors.length === 1 ? "One major incident is" : `${majors.length} major incidents are`} open; ${all}.`;
}

function sentence({ mine }: HomeDto): string {
  const waiting = mine.filter((row) => row.status === "triggered").length;
  if (waiting > 0)
    return waiting === 1 ? "One incident waits for you." : `${waiting} incidents wait for you.`;
  if (mine.length === 0) return "Nothing waits for you.";
  return mine.length === 1 ? "You have one incident in hand." : `You have ${mine.length} incidents in hand.`;
}

function LastDay({ home, timeZone }: { home: HomeDto; timeZone: string }) {
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
  const total = home.hours.reduce((sum, hour) => sum + hour.count, 0);
  const summary = `${total} ${total === 1 ? "incident" : "incidents"} in the last 24 hours.`;
  return (
    <Card title="Last 24 hours">
      <HourStrip
        summary={summary}
        hours={home.hours.map((hour, index) => ({
          label: clock.format(new Date(hour.start)),
          count: hour.count,
          current: index === home.hours.length - 1,
        }))}
      />
      <p className="mt-2 text-table text-text-2">{summary}</p>
    </Card>
  );
}
