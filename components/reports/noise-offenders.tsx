import { AdviceLine } from "#components/alerts/advice-line";
import { BarList } from "#components/charts/bar-list";
import { ChartFrame } from "#components/charts/chart-frame";
import { CountedLink } from "#components/reports/counted-link";
import { FigureTable } from "#components/reports/figure-table";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, TableRow } from "#components/ui/table";
import type { ActionRate, Offender } from "#lib/reports/noise-report";
import { offenderFinding, offenderName } from "#lib/reports/noise-words";
import { formatPercent } from "#lib/reports/percent";

interface OffenderFigureProps {
  noun: "service" | "kind of alert";
  offenders: readonly Offender[];
  /** In the whole report. */
  interruptions: number;
  csvHref: string;
}

const SHOWN = 10;

/** What interrupted people most, with how much of all is reached so far. */
export function OffenderFigure({ noun, offenders, interruptions, csvHref }: OffenderFigureProps) {
  const costly = offenders.filter((one) => one.interruptions > 0);
  if (costly.length === 0) {
    return <p className="text-body text-text-2">No {noun} interrupted anybody in this time.</p>;
  }
  return (
    <ChartFrame
      title={offenderFinding(noun, costly)}
      subtitle={`Interruptions by ${noun}; n = ${interruptions.toLocaleString("en")}; of the most costly ${costly.length}`}
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      table={{
        columns: [
          { label: noun === "service" ? "Service" : "Kind" },
          { label: "Alerts", numeric: true },
          { label: "Incidents", numeric: true },
          { label: "Interruptions", numeric: true },
          { label: "Asleep", numeric: true },
          { label: "So far", numeric: true },
          { label: "Acted on", numeric: true },
        ],
        rows: offenders.map((one) => [
          <bdi key="name">{offenderName(one)}</bdi>,
          <CountedLink key="alerts" counted={one.alerts} noun={`alerts of ${offenderName(one)}`} />,
          <CountedLink key="opened" counted={one.opened} noun={`incidents opened by ${offenderName(one)}`} />,
          one.interruptions.toLocaleString("en"),
          one.sleepInterruptions.toLocaleString("en"),
          formatPercent(one.soFar),
          <RateText key="rate" rate={one.rate} of={offenderName(one)} />,
        ]),
      }}
    >
      <BarList
        label={`Interruptions by ${noun}`}
        items={costly.slice(0, SHOWN).map((one) => ({
          label: offenderName(one),
          value: one.interruptions,
          valueLabel: `${one.interruptions.toLocaleString("en")}, ${formatPercent(one.soFar)} so far`,
          href: one.opened.href,
        }))}
      />
    </ChartFrame>
  );
}

/** Kinds of alerts that opened incidents again and again, none of which was acted on. */
export function IgnoredTable({ ignored }: { ignored: readonly Offender[] }) {
  return (
    <FigureTable
      title="Never acted on"
      subtitle="Kinds of alerts that opened at least five incidents, none of which was acted on"
      caption="Kinds of alerts that were never acted on"

      empty={ignored.length === 0 ? "Of every kind that comes regularly, some were acted on." : null}
      head={
        <>
          <HeaderCell>Kind</HeaderCell>
          <HeaderCell className="max-md:hidden">Service</HeaderCell>
          <HeaderCell numeric>Incidents</HeaderCell>
          <HeaderCell numeric>Interruptions</HeaderCell>
          <HeaderCell numeric className="max-md:hidden">
            Action rate at most
          </HeaderCell>
        </>
      }
    >
      {ignored.map((one) => (
        <TableRow key={one.key}>
          <Cell grow>
            <bdi>{one.name}</bdi>
            <AdviceLine advice={one.advice} />
          </Cell>
          <Cell className="whitespace-nowrap max-md:hidden">{one.service}</Cell>
          <Cell numeric>
            <CountedLink counted={one.opened} noun={`incidents opened by ${offenderName(one)}`} />
          </Cell>
          <Cell numeric>{one.interruptions.toLocaleString("en")}</Cell>
          <Cell numeric className="max-md:hidden">
            {one.rate.proportion === null ? "–" : formatPercent(one.rate.proportion.high)}
          </Cell>
        </TableRow>
      ))}
    </FigureTable>
  );
}

function RateText({ rate, of }: { rate: ActionRate; of: string }) {
  if (rate.proportion === null) return <>–</>;
  return (
    <>
      {formatPercent(rate.proportion.share)} (
      <CountedLink counted={rate.acted} noun={`incidents of ${of} that were acted on`} />/{rate.judged.count})
    </>
  );
}
