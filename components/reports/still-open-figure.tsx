import { ChartFrame } from "#components/charts/chart-frame";
import { SurvivalChart } from "#components/charts/survival-chart";
import { CountedLink } from "#components/reports/counted-link";
import { DurationText } from "#components/reports/duration-text";
import { TextLink } from "#components/ui/link";
import type { ResponseReport } from "#lib/reports/response-report";
import { formatDuration } from "#lib/time/format";

/** How many are still open after a time, open incidents included for as long as they have been seen. */
export function StillOpenFigure({ report, csvHref }: { report: ResponseReport; csvHref: string }) {
  const [all] = report.stillOpen;
  return (
    <ChartFrame
      title={titleOf(all)}
      subtitle={`Share still open after a time since the trigger (Kaplan–Meier, 95 % interval), log scale, n = ${(all?.n ?? 0).toLocaleString("en")}`}
      note={
        <>
          <CountedLink counted={report.open} noun="open incidents" /> still open: counted for as long as they
          have been open, never as finished.
        </>
      }
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: "Incidents" },
          { label: "n", numeric: true },
          { label: "Open", numeric: true },
          { label: "Half closed within", numeric: true },
          { label: "90 % closed within", numeric: true },
        ],
        rows: report.stillOpen.map((curve) => [
          curve.name,
          curve.n.toLocaleString("en"),
          curve.open.toLocaleString("en"),
          <DurationText key="half" ms={curve.half} because="Not reached yet" />,
          <DurationText key="ninety" ms={curve.ninety} because="Not reached yet" />,
        ]),
      }}
    >
      <SurvivalChart curves={report.stillOpen.map(({ name, steps }) => ({ label: name, steps }))} />
    </ChartFrame>
  );
}

function titleOf(curve: ResponseReport["stillOpen"][number] | undefined): string {
  if (!curve || curve.half === null) return "Half of the incidents have not been closed yet";
  const half = `Half are closed within ${formatDuration(curve.half)}`;
  return curve.ninety === null ? half : `${half}, nine in ten within ${formatDuration(curve.ninety)}`;
}
