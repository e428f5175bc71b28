import { BarList } from "#components/charts/bar-list";
import { ChartFrame } from "#components/charts/chart-frame";
import { CountedLink } from "#components/reports/counted-link";
import { TextLink } from "#components/ui/link";
import { causeName } from "#lib/reports/cause-name";
import type { PackReport } from "#lib/reports/pack-report";

/** What cost customers the most minutes, most first, with how much of all is reached so far. */
export function CausesFigure({ report, csvHref }: { report: PackReport; csvHref: string }) {
  const { causes, now } = report;
  const all = causes.reduce((sum, { minutes }) => sum + minutes, 0);
  if (all === 0)
    return <p className="text-body text-text-2">Customers noticed no incident in {report.period.label}.</p>;
  const rows = causes.map((cause, index) => ({
    ...cause,
    name: cause.key === "none" ? "Not found out" : causeName(cause.key),
    share: cause.minutes / all,
    soFar: causes.slice(0, index + 1).reduce((sum, { minutes }) => sum + minutes, 0) / all,
  }));
  const [first] = rows;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const minutes = (value: number) => Math.round(value).toLocaleString("en");
  return (
    <ChartFrame
      title={
        first?.key === "none" && rows.length === 1
          ? "No cause is recorded for what customers noticed"
          : `${first?.name ?? ""}: ${percent(first?.share ?? 0)} of the minutes that customers noticed`
      }
      subtitle={`Minutes that customers noticed, by cause; n = ${now.noticed.count.toLocaleString("en")} incidents`}
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: "Cause" },
          { label: "Incidents", numeric: true },
          { label: "Minutes", numeric: true },
          { label: "Share", numeric: true },
          { label: "So far", numeric: true },
        ],
        rows: rows.map((row) => [
          row.name,
          <CountedLink key="n" counted={row.incidents} noun={`incidents by ${row.name}`} />,
          minutes(row.minutes),
          percent(row.share),
          percent(row.soFar),
        ]),
      }}
    >
      <BarList
        label="Minutes that customers noticed, by cause"
        items={rows.map((row) => ({
          label: row.name,
          value: row.minutes,
          valueLabel: `${minutes(row.minutes)} min, ${percent(row.soFar)} so far`,
          href: row.incidents.href,
        }))}
      />
    </ChartFrame>
  );
}
