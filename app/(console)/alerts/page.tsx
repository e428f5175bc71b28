import type { Metadata } from "next";
import { Suspense } from "react";
import { AlertList } from "#components/alerts/alert-list";
import { ExplorerHeader } from "#components/alerts/explorer-header";
import { NoAlerts } from "#components/alerts/no-alerts";
import { OutcomeFigure } from "#components/alerts/outcome-figure";
import { ReportPanel } from "#components/reports/report-panel";
import { TextLink } from "#components/ui/link";
import { CardSkeleton } from "#components/ui/skeleton";
import { alertsHref, ALERT_OUTCOMES, parseAlertFilter } from "#lib/alerts/filter";
import type { AlertFilter } from "#lib/alerts/filter";
import { explorerSentence } from "#lib/alerts/filter-words";
import { readAlertHistogram } from "#lib/alerts/queries/alert-histogram";
import { readAlertChoices } from "#lib/alerts/queries/explorer-choices";
import { countAlerts, listAlerts } from "#lib/alerts/queries/list-alerts";
import { binLabel, binUnit, DEFAULT_SPAN, readSpan, within } from "#lib/alerts/span";
import type { BoundedFilter, Span } from "#lib/alerts/span";
import { requireContext } from "#lib/auth/session";
import { readNow } from "#lib/context";
import type { Context } from "#lib/context";
import { pageParameters } from "#lib/http/page-parameters";

export const metadata: Metadata = { title: "Alerts" };

const PAGE = 50;

export default async function AlertsPage({ searchParams }: PageProps<"/alerts">) {
  const [ctx, given] = await Promise.all([requireContext(), searchParams]);
  const parameters = pageParameters(given);
  const { filter, ignored } = parseAlertFilter(parameters);
  const own = filter.from !== null || filter.to !== null;
  const span = own ? null : (readSpan(parameters.get("span")) ?? DEFAULT_SPAN);
  const cursor = parameters.get("cursor");
  const now = await readNow(ctx.db);
  const bounded = within(filter, span ?? DEFAULT_SPAN, ctx.actor.timeZone, now);
  const [list, counts, choices] = await Promise.all([
    listAlerts(ctx, { filter: bounded, limit: PAGE, cursor }),
    countAlerts(ctx, bounded),
    readAlertChoices(ctx, filter),
  ]);
  const sentence = explorerSentence(counts);
  return (
    <>
      <ExplorerHeader
        path="/alerts"
        sentence={sentence}
        filter={filter}
        span={span}
        choices={choices}
        ignored={ignored}
      />
      {list.rows.length === 0 ? (
        <NoAlerts filter={filter} span={span} path="/alerts" />
      ) : (
        <Suspense key={alertsHref(bounded)} fallback={<CardSkeleton lines={6} />}>
          <Histogram ctx={ctx} bounded={bounded} now={now} />
        </Suspense>
      )}
      <AlertList
        key={alertsHref(filter, { span, cursor })}
        caption={sentence}
        rows={list.rows}
        peeked={parameters.get("peek") ?? null}
      />
      <Pages filter={filter} span={span} isFirst={cursor === null} nextCursor={list.nextCursor} />
    </>
  );
}

async function Histogram({ ctx, bounded, now }: { ctx: Context; bounded: BoundedFilter; now: Date }) {
  const bins = await readAlertHistogram(ctx, bounded);
  const { timeZone } = ctx.actor;
  const unit = binUnit(bounded, now);
  return (
    <ReportPanel>
      <OutcomeFigure
        title={`Alerts by ${unit}`}
        unit={{ hour: "Hour", day: "Day", week: "Week from" }[unit]}
        timeZone={timeZone}
        bars={bins.map((bin) => ({
          label: binLabel(unit, bin.from, timeZone),
          incomplete: bin.isRunning,
          parts: ALERT_OUTCOMES.filter(
            (one) => bounded.outcome.length === 0 || bounded.outcome.includes(one),
          ).map((outcome) => ({
            outcome,
            count: bin.counts[outcome],
            href: alertsHref({ ...bounded, from: bin.from, to: bin.to, outcome: [outcome] }),
          })),
        }))}
      />
    </ReportPanel>
  );
}

interface PagesProps {
  filter: AlertFilter;
  span: Span | null;
  isFirst: boolean;
  nextCursor: string | null;
}

function Pages({ filter, span, isFirst, nextCursor }: PagesProps) {
  return (
    <div className="flex justify-center gap-4 pt-4 text-table empty:hidden">
      {isFirst ? null : <TextLink href={alertsHref(filter, { span })}>Newest</TextLink>}
      {nextCursor === null ? null : (
        <TextLink href={alertsHref(filter, { span, cursor: nextCursor })}>Older alerts</TextLink>
      )}
    </div>
  );
}
