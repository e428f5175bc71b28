import { CountedLink } from "#components/reports/counted-link";
import { DurationText, RangeText } from "#components/reports/duration-text";
import { Card } from "#components/ui/card";
import { KeyFigure } from "#components/ui/facts";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import type { ClockSummary, DurationSummary } from "#lib/reports/response-report";

const TOO_FEW = "Fewer than 5 measured";
const NO_TAIL = "Too few for a tail figure: fewer than 20";

/** The median of every clock, large, with what it rests on. */
export function ClockFigures({ clocks }: { clocks: readonly ClockSummary[] }) {
  return (
    <div className="grid grid-cols-1 gap-x-6 gap-y-5 rounded-card border bg-surface p-4 sm:grid-cols-2 xl:grid-cols-4">
      {clocks.map((row) => (
        <KeyFigure
          key={row.clock}
          label={`${CLOCK_WORDS[row.clock].name}, median`}
          value={<DurationText ms={row.median} />}
          note={
            <>
              90 % interval <RangeText low={row.low} high={row.high} because={TOO_FEW} />, n ={" "}
              <CountedLink
                counted={{ count: row.n, href: row.href }}
                noun={`incidents ${CLOCK_WORDS[row.clock].done}`}
              />
            </>
          }
        />
      ))}
    </div>
  );
}

/** All figures of all clocks: what contracts ask for, each with its n. */
export function ClockTable({ clocks, csvHref }: { clocks: readonly ClockSummary[]; csvHref: string }) {
  return (
    <Card
      flush
      title="All clocks"
      subtitle="Percentiles and the mean of the same incidents; the mean is pulled by long ones"
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
    >
      <Table caption="Durations by clock" stickyFirstColumn>
        <TableHead>
          <HeaderCell>Clock</HeaderCell>
          <SummaryHeads />
          <HeaderCell numeric className="max-md:hidden">
            Waiting
          </HeaderCell>
          <HeaderCell numeric className="max-md:hidden">
            Never measured
          </HeaderCell>
        </TableHead>
        <tbody>
          {clocks.map((row) => (
            <TableRow key={row.clock}>
              <Cell>{CLOCK_WORDS[row.clock].name}</Cell>
              <SummaryCells row={row} noun={`incidents ${CLOCK_WORDS[row.clock].done}`} />
              <Cell numeric className="max-md:hidden">
                <CountedLink
                  counted={row.waiting}
                  noun={`open incidents not yet ${CLOCK_WORDS[row.clock].done}`}
                />
              </Cell>
              <Cell numeric className="max-md:hidden">
                <CountedLink
                  counted={row.never}
                  noun={`resolved incidents whose ${CLOCK_WORDS[row.clock].name.toLowerCase()} is unknown`}
                />
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

/** The columns that summarise durations, the same in every table of the report. */
export function SummaryHeads() {
  return (
    <>
      <HeaderCell numeric>n</HeaderCell>
      <HeaderCell numeric>Median</HeaderCell>
      <HeaderCell numeric className="max-md:hidden">
        90 % interval
      </HeaderCell>
      <HeaderCell numeric className="max-lg:hidden">
        Middle half
      </HeaderCell>
      <HeaderCell numeric>p90</HeaderCell>
      <HeaderCell numeric className="max-md:hidden">
        Mean
      </HeaderCell>
      <HeaderCell numeric className="max-md:hidden">
        Longest
      </HeaderCell>
    </>
  );
}

export function SummaryCells({ row, noun }: { row: DurationSummary; noun: string }) {
  return (
    <>
      <Cell numeric>
        <CountedLink counted={{ count: row.n, href: row.href }} noun={noun} />
      </Cell>
      <Cell numeric>
        <DurationText ms={row.median} />
      </Cell>
      <Cell numeric className="max-md:hidden">
        <RangeText low={row.low} high={row.high} because={TOO_FEW} />
      </Cell>
      <Cell numeric className="max-lg:hidden">
        <RangeText low={row.firstQuartile} high={row.thirdQuartile} because="Nothing measured" />
      </Cell>
      <Cell numeric>
        <DurationText ms={row.p90} because={NO_TAIL} />
      </Cell>
      <Cell numeric className="max-md:hidden">
        <DurationText ms={row.mean} />
      </Cell>
      <Cell numeric className="max-md:hidden">
        {row.longest === null ? (
          <DurationText ms={null} />
        ) : (
          <TextLink href={`/incidents/${row.longest.number}`} title={row.longest.title}>
            <DurationText ms={row.longest.ms} />
          </TextLink>
        )}
      </Cell>
    </>
  );
}
