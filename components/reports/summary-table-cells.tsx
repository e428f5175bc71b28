import type { ReactNode } from "react";
import { CountedLink } from "#components/reports/counted-link";
import { DurationText } from "#components/reports/duration-text";
import { TextLink } from "#components/ui/link";
import type { DurationSummary } from "#lib/reports/response-report";

/** The five numbers of a strip, and its n, as the cells of a figure's table. */
export function summaryTableCells(row: DurationSummary, noun: string): ReactNode[] {
  return [
    <CountedLink key="n" counted={{ count: row.n, href: row.href }} noun={noun} />,
    <DurationText key="first" ms={row.firstQuartile} />,
    <DurationText key="median" ms={row.median} />,
    <DurationText key="third" ms={row.thirdQuartile} />,
    <DurationText key="p90" ms={row.p90} because="Too few for a tail figure: fewer than 20" />,
    row.longest === null ? (
      <DurationText key="longest" ms={null} />
    ) : (
      <TextLink key="longest" href={`/incidents/${row.longest.number}`} title={row.longest.title}>
        <DurationText ms={row.longest.ms} />
      </TextLink>
    ),
  ];
}
