import type { ReactNode } from "react";
import { Sparkline } from "#components/charts/sparkline";
import { CountedLink } from "#components/reports/counted-link";
import { DurationText } from "#components/reports/duration-text";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { FOUND_BY_US_TARGET } from "#lib/reports/detection-report";
import { EARLIER, PAGED_ELSEWHERE } from "#lib/reports/pack-words";
import { isPagingKnown } from "#lib/reports/pack-report";
import type { PackFigures, PackReport } from "#lib/reports/pack-report";
import { formatPercent } from "#lib/reports/percent";
import type { Verdict } from "#lib/statistics/verdict";

/** Six numbers, each with the one before it, the verdict that a test allows, and the last thirteen weeks or months. */
export function PackTiles({ report }: { report: PackReport }) {
  const { now, before, verdicts, course } = report;
  const earlier = EARLIER[report.unit];
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-3 print:grid-cols-3 print:gap-2">
      <Tile
        label="Major incidents"
        value={<CountedLink counted={now.major} noun="major incidents" />}
        note={
          <>
            {earlier}: <CountedLink counted={before.major} noun={`major incidents of ${earlier}`} />
          </>
        }
        verdict={verdicts.major}
        values={course.map(({ major }) => major)}
      />
      <Tile
        label="Time without a major incident"
        value={now.withoutMajor === null ? "–" : formatPercent(now.withoutMajor)}
        note={`${earlier}: ${before.withoutMajor === null ? "–" : formatPercent(before.withoutMajor)}. Not tested: it depends on a few long ones`}
      />
      <Tile
        label={`Found by us first (target ${formatPercent(FOUND_BY_US_TARGET)})`}
        value={shareOf(now)}
        note={
          <>
            <CountedLink counted={now.found.ours} noun="incidents found by us first" />/
            <CountedLink counted={now.found.known} noun="incidents of which it is known" />; {earlier}:{" "}
            {shareOf(before)}
          </>
        }
        verdict={verdicts.found}
        better="more"
      />
      <RespondTile report={report} />
      <NoticedTile report={report} />
      <SleepTile report={report} />
    </div>
  );
}

function RespondTile({ report: { now, before, verdicts, unit } }: { report: PackReport }) {
  const earlier = EARLIER[unit];
  const [respond, respondBefore] = [now, before].map(respondOf);
  return (
    <Tile
      label="Time to respond, median"
      value={<DurationText ms={respond?.median ?? null} />}
      note={
        <>
          n = <CountedLink counted={countOf(respond)} noun="incidents responded to" />; {earlier}:{" "}
          <DurationText ms={respondBefore?.median ?? null} /> (n ={" "}
          <CountedLink counted={countOf(respondBefore)} noun={`incidents responded to, ${earlier}`} />)
        </>
      }
      verdict={verdicts.clocks.respond}
    />
  );
}

function NoticedTile({ report: { now, before, course, unit } }: { report: PackReport }) {
  const earlier = EARLIER[unit];
  return (
    <Tile
      label="Minutes that customers noticed"
      value={Math.round(now.impactMinutes).toLocaleString("en")}
      note={
        <>
          <CountedLink counted={now.noticed} noun="incidents that customers noticed" /> incidents; {earlier}:{" "}
          {Math.round(before.impactMinutes).toLocaleString("en")} in{" "}
          <CountedLink counted={before.noticed} noun={`incidents that customers noticed, ${earlier}`} />. Not
          tested: sums depend on the longest
        </>
      }
      values={course.map(({ impactMinutes }) => impactMinutes)}
    />
  );
}

function SleepTile({ report }: { report: PackReport }) {
  const { now, before, load, loadBefore, verdicts, course, unit } = report;
  const earlier = EARLIER[unit];
  if (!isPagingKnown(now, load)) {
    return <Tile label="Interruptions in hours of sleep" value="–" note={PAGED_ELSEWHERE} />;
  }
  const [sleep, sleepBefore] = [load, loadBefore].map(({ classes }) =>
    classes.find((part) => part.class === "sleep"),
  );
  return (
    <Tile
      label="Interruptions in hours of sleep"
      value={
        sleep === undefined ? "0" : <CountedLink counted={sleep} noun="interruptions in hours of sleep" />
      }
      note={
        <>
          of <CountedLink counted={load.total} noun="interruptions" />; {earlier}:{" "}
          {sleepBefore === undefined || !isPagingKnown(before, loadBefore) ? (
            "not known"
          ) : (
            <CountedLink counted={sleepBefore} noun={`interruptions in hours of sleep, ${earlier}`} />
          )}
        </>
      }
      verdict={verdicts.sleep}
      values={course.map(({ sleep: count }) => count)}
    />
  );
}

interface TileProps {
  label: string;
  value: ReactNode;
  note: ReactNode;
  /** Only where a test has looked. */
  verdict?: Verdict;
  better?: "less" | "more";
  values?: readonly number[];
}

function Tile({ label, value, note, verdict, better, values }: TileProps) {
  return (
    <section className="flex min-w-0 break-inside-avoid flex-col gap-1 rounded-card border bg-surface p-4 print:gap-0 print:p-2">
      <h2 className="text-table text-text-2">{label}</h2>
      <div className="flex items-end justify-between gap-3">
        <span className="tabular text-figure font-semibold tracking-tight">{value}</span>
        {values === undefined ? null : <Sparkline values={values} />}
      </div>
      {verdict === undefined ? null : (
        <div title={verdict.because}>
          <VerdictBadge word={verdict.word} better={better} />
        </div>
      )}
      <p className="text-meta text-text-3">{note}</p>
    </section>
  );
}

function respondOf({ clocks }: PackFigures) {
  return clocks.find(({ clock }) => clock === "respond");
}

function countOf(row: PackFigures["clocks"][number] | undefined) {
  return { count: row?.n ?? 0, href: row?.href ?? "/incidents" };
}

function shareOf({ found }: PackFigures): string {
  return found.proportion === null ? "–" : formatPercent(found.proportion.share);
}
