import { BarList } from "#components/charts/bar-list";
import { ChartFrame } from "#components/charts/chart-frame";
import { CountedLink } from "#components/reports/counted-link";
import { TextLink } from "#components/ui/link";
import { FUNNEL_STEPS, STEP_NAMES } from "#lib/reports/noise-report";
import type { NoiseReport } from "#lib/reports/noise-report";
import { funnelFinding } from "#lib/reports/noise-words";
import { formatPercent } from "#lib/reports/percent";

/** From what monitors say to what people do: each step is part of the one before, and opens the alerts that it counts. */
export function FunnelFigure({ report, csvHref }: { report: NoiseReport; csvHref: string }) {
  const { funnel, events, dropped } = report;
  const steps = FUNNEL_STEPS.map((step, index) => {
    const counted = funnel[step];
    const before = FUNNEL_STEPS[index - 1];
    const from = before === undefined ? events : funnel[before].count;
    return { step, name: STEP_NAMES[step], counted, kept: from === 0 ? null : counted.count / from };
  });
  const share = (kept: number | null) => (kept === null ? "–" : formatPercent(kept));
  return (
    <ChartFrame
      title={funnelFinding(report)}
      subtitle={`Events, and the alerts they became by how far each got; n = ${events.toLocaleString("en")} events, ${funnel.alerts.count.toLocaleString("en")} alerts`}
      note={
        dropped === 0
          ? "Rules dropped no events in this time."
          : `${dropped.toLocaleString("en")} more events were dropped by rules and never were alerts (of all services).`
      }
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: "Step" },
          { label: "Count", numeric: true },
          { label: "Of the step before", numeric: true },
        ],
        rows: [
          ["Events", events.toLocaleString("en"), "–"],
          ...steps.map(({ step, name, counted, kept }) => [
            name,
            <CountedLink key={step} counted={counted} noun={`alerts: ${name.toLowerCase()}`} />,
            share(kept),
          ]),
        ],
      }}
    >
      <BarList
        label="Funnel from events to what people did"
        items={[
          {
            label: "Events",
            value: events,
            valueLabel: events.toLocaleString("en"),
            href: funnel.alerts.href,
          },
          ...steps.map(({ name, counted, kept }) => ({
            label: name,
            value: counted.count,
            valueLabel: `${counted.count.toLocaleString("en")} · ${share(kept)} of the step before`,
            href: counted.href,
          })),
        ]}
      />
    </ChartFrame>
  );
}
