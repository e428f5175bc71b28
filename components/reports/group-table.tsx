import { SummaryCells, SummaryHeads } from "#components/reports/clock-figures";
import { CountedLink } from "#components/reports/counted-link";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { SegmentedLinks } from "#components/ui/tabs";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import { GROUPINGS, responseHref } from "#lib/reports/response-filter";
import type { ResponseFilter } from "#lib/reports/response-filter";
import type { ResponseReport } from "#lib/reports/response-report";

const TITLES = { team: "Team", service: "Service", priority: "Priority" } as const;

/** The chosen clock by team, service or priority, slowest median first. */
export function GroupTable({
  report,
  filter,
  csvHref,
}: {
  report: ResponseReport;
  filter: ResponseFilter;
  csvHref: string;
}) {
  const words = CLOCK_WORDS[report.clock];
  return (
    <div className="flex flex-col gap-2">
      <SegmentedLinks
        label="Group by"
        options={GROUPINGS.map((by) => ({
          href: responseHref({ ...filter, by }),
          label: `By ${by}`,
          current: filter.by === by,
        }))}
      />
      <Card
        flush
        title={`${words.name} by ${filter.by}`}
        subtitle="Slowest median first; teams run different things, so this does not rank people"
        actions={
          <TextLink href={csvHref} prefetch={false} data-screen>
            CSV
          </TextLink>
        }
      >
        <Table caption={`${words.name} by ${filter.by}`} stickyFirstColumn>
          <TableHead>
            <HeaderCell>{TITLES[filter.by]}</HeaderCell>
            <SummaryHeads />
            <HeaderCell numeric className="max-md:hidden">
              Open
            </HeaderCell>
          </TableHead>
          <tbody>
            {report.groups.map((row) => (
              <TableRow key={row.key}>
                <Cell grow>
                  <bdi>{row.name}</bdi>
                </Cell>
                <SummaryCells row={row} noun={`incidents of ${row.name} ${words.done}`} />
                <Cell numeric className="max-md:hidden">
                  <CountedLink counted={row.open} noun={`open incidents of ${row.name}`} />
                </Cell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </Card>
    </div>
  );
}
