import { OutcomeFigure } from "#components/alerts/outcome-figure";
import { CountTrendFigure } from "#components/reports/count-trend-figure";
import { CountedLink } from "#components/reports/counted-link";
import { FunnelFigure } from "#components/reports/noise-funnel";
import { HidingTable, PausingTable, RuleTable } from "#components/reports/noise-holds";
import { IgnoredTable, OffenderFigure } from "#components/reports/noise-offenders";
import { ReportPanel } from "#components/reports/report-panel";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { Time } from "#components/time/time";
import { Disclosure } from "#components/ui/disclosure";
import { EmptyState } from "#components/ui/empty-state";
import { Fact, Facts, KeyFigure } from "#components/ui/facts";
import { ButtonLink } from "#components/ui/link";
import { noiseHref } from "#lib/reports/noise-filter";
import type { NoiseFilter } from "#lib/reports/noise-filter";
import { reduction } from "#lib/reports/noise-report";
import type { NoiseReport } from "#lib/reports/noise-report";
import { intervalText } from "#lib/reports/noise-words";
import { formatPercent } from "#lib/reports/percent";
import { periodLabel } from "#lib/reports/period-label";

/** The whole report below its filters. */
export function NoiseView({ report, filter }: { report: NoiseReport; filter: NoiseFilter }) {
  if (report.funnel.alerts.count === 0) return <NothingSent filter={filter} />;
  const csv = (figure: string) => noiseHref(filter, { figure }, "/reports/noise/csv");
  const { unit, periods, timeZone } = report;
  return (
    <div className="flex flex-col gap-5">
      <Headline report={report} />
      <ReportPanel>
        <FunnelFigure report={report} csvHref={csv("funnel")} />
      </ReportPanel>
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
        <ReportPanel>
          <OutcomeFigure
            title={`What became of alerts, by ${unit}`}
            unit={unit === "week" ? "Week of" : "Month"}
            timeZone={timeZone}
            csvHref={csv("periods")}
            bars={periods.map((period) => ({
              label: periodLabel(unit, period.day),
              incomplete: period.incomplete,
              parts: period.outcomes,
            }))}
          />
        </ReportPanel>
        <ReportPanel>
          <CountTrendFigure
            noun="Incidents opened by alerts"
            unit={unit}
            periods={periods.map(({ day, incomplete, opened }) => ({ day, incomplete, counted: opened }))}
            limits={report.limits}
            signals={report.signals}
            verdict={report.verdict}
            timeZone={timeZone}
          />
        </ReportPanel>
      </div>
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
        <ReportPanel>
          <OffenderFigure
            noun="service"
            offenders={report.services}
            interruptions={report.interruptions}
            csvHref={csv("services")}
          />
        </ReportPanel>
        <ReportPanel>
          <OffenderFigure
            noun="kind of alert"
            offenders={report.kinds}
            interruptions={report.interruptions}
            csvHref={csv("kinds")}
          />
        </ReportPanel>
      </div>
      <IgnoredTable ignored={report.ignored} />
      <PausingTable pausing={report.pausing} csvHref={csv("pausing")} />
      <HidingTable hiding={report.hiding} csvHref={csv("hiding")} />
      <RuleTable rules={report.rules} csvHref={csv("rules")} />
      <Definitions />
      <p className="border-t pt-3 text-meta text-text-3">
        n = {report.funnel.alerts.count.toLocaleString("en")} alerts of{" "}
        {report.kindCount.toLocaleString("en")} kinds. Generated{" "}
        <Time at={report.generatedAt} format="date-time" /> ({timeZone}), data complete to that moment.
      </p>
    </div>
  );
}

function NothingSent({ filter }: { filter: NoiseFilter }) {
  return (
    <EmptyState
      kind="filtered"
      title="No alerts in range"
      actions={
        <ButtonLink href={noiseHref({ ...filter, range: "52w", from: null, to: null })}>
          Widen to 52 weeks
        </ButtonLink>
      }
    >
      Nothing that monitors sent in this time matches the filters.
    </EmptyState>
  );
}

function Headline({ report }: { report: NoiseReport }) {
  const { rate, brief, funnel, events, verdict } = report;
  const less = reduction(events, funnel.opened.count);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="text-reading">
          People acted on <CountedLink counted={rate.acted} noun="incidents that were acted on" /> of{" "}
          <CountedLink counted={rate.judged} noun="incidents of which it is known" /> incidents that alerts
          opened.
        </p>
        <VerdictBadge word={verdict.word} />
      </div>
      <div className="grid grid-cols-2 gap-x-6 gap-y-5 rounded-card border bg-surface p-4 lg:grid-cols-4">
        <KeyFigure
          label="Action rate"
          value={rate.proportion === null ? "–" : formatPercent(rate.proportion.share)}
          note={
            <>
              {intervalText(rate.proportion)};{" "}
              <CountedLink counted={rate.waiting} noun="incidents that wait" /> open without anybody, not
              counted
            </>
          }
        />
        <KeyFigure
          label="Fewer incidents than events"
          value={less === null ? "–" : formatPercent(less)}
          note={`${events.toLocaleString("en")} events, ${funnel.opened.count.toLocaleString("en")} incidents`}
        />
        <KeyFigure
          label="Ended within 5 min by themselves"
          value={brief.proportion === null ? "–" : formatPercent(brief.proportion.share)}
          note={
            <>
              <CountedLink counted={brief.ended} noun="alerts that ended within five minutes" /> alerts;{" "}
              {intervalText(brief.proportion)}
            </>
          }
        />
        <KeyFigure
          label="Interruptions"
          value={report.interruptions.toLocaleString("en")}
          note={
            <>
              by <CountedLink counted={funnel.interrupting} noun="incidents that interrupted somebody" />{" "}
              incidents
            </>
          }
        />
      </div>
    </div>
  );
}

function Definitions() {
  return (
    <Disclosure summary="What is measured, and how">
      <Facts className="max-w-3xl py-2">
        <Fact term="Which alerts">
          All that were opened in the range, with the events that are one alert each. They are kept for good,
          so this does not end where stored events do. What rules dropped never was an alert: it is counted
          beside the funnel, for all services.
        </Fact>
        <Fact term="Opened an incident">
          It had one of its own at first. Alerts that joined another incident, by grouping, in a storm or by a
          person, opened none.
        </Fact>
        <Fact term="Acted on">
          The people who were paged say, once it is over, whether their page was useful: if one of them says
          yes, the incident counts as acted on; if they only say no, it does not, whatever was done. Where
          nobody says anything, it counts if somebody acknowledged it, wrote on it, handed it on or changed
          it. Incidents that are open and that nobody acted on yet are in neither part of the rate.
        </Fact>
        <Fact term="Interruption">
          A push, text or call about the incident, several within a minute counted once. Those of an incident
          belong to the alert that opened it.
        </Fact>
        <Fact term="Missed">
          An alert was kept without an incident, and within the hour after it a person acted on an incident
          that an alert of the same kind was on. It shows that the kind mattered then, not that the hidden
          alert alone would have helped.
        </Fact>
        <Fact term="Intervals">
          Wilson, 95 %. The verdict is of a process behaviour chart (XmR) of the root of the incidents opened
          in each complete period.
        </Fact>
      </Facts>
    </Disclosure>
  );
}
