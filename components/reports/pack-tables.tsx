import type { ReactNode } from "react";
import { CountedLink } from "#components/reports/counted-link";
import { DurationText } from "#components/reports/duration-text";
import { VerdictBadge } from "#components/reports/verdict-badge";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import { CLASS_NAMES } from "#lib/reports/on-call-health-report";
import { EARLIER, PAGED_ELSEWHERE } from "#lib/reports/pack-words";
import { isPagingKnown } from "#lib/reports/pack-report";
import type { PackReport } from "#lib/reports/pack-report";

// These come in bursts: what is judged is their course.
const COURSE = new Set(["Incidents", "Interruptions, sleep hours"]);

// Known only of incidents that paged people from here.
const OF_PAGING = /^(Escalated|Interruptions)/;

function IfKnown({ known, children }: { known: boolean; children: ReactNode }) {
  return known ? children : <DurationText ms={null} because={PAGED_ELSEWHERE} />;
}

/** All figures of the period beside the one before. */
export function PackFiguresTable({ report, csvHref }: { report: PackReport; csvHref: string }) {
  const { now, before, load, loadBefore, verdicts, unit } = report;
  const [isKnown, wasKnown] = [isPagingKnown(now, load), isPagingKnown(before, loadBefore)];
  const counts = [
    ["Incidents", now.incidents, before.incidents, verdicts.incidents],
    ["High urgency", now.high, before.high, undefined],
    ["Major", now.major, before.major, verdicts.major],
    ["Escalated, since nobody acknowledged in time", now.escalated, before.escalated, undefined],
    ["Noticed by customers", now.noticed, before.noticed, undefined],
    ...load.classes.map(
      (part, index) =>
        [
          `Interruptions, ${CLASS_NAMES[part.class].toLowerCase()}`,
          part,
          loadBefore.classes[index] ?? { count: 0, href: part.href },
          part.class === "sleep" ? verdicts.sleep : undefined,
        ] as const,
    ),
  ] as const;
  return (
    <Card
      flush
      title="In numbers"
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      subtitle={`Beside ${EARLIER[unit]}; a verdict only where a test has looked`}
    >
      <Table caption="The figures of the period beside the one before" stickyFirstColumn>
        <TableHead>
          <HeaderCell>What</HeaderCell>
          <HeaderCell numeric>{report.period.label}</HeaderCell>
          <HeaderCell numeric>{report.previous.label}</HeaderCell>
          <HeaderCell>Verdict</HeaderCell>
        </TableHead>
        <tbody>
          {counts.map(([name, mine, earlier, verdict]) => (
            <TableRow key={name}>
              <Cell>{name}</Cell>
              <Cell numeric>
                <IfKnown known={isKnown || !OF_PAGING.test(name)}>
                  <CountedLink counted={mine} noun={`${name.toLowerCase()}, ${report.period.label}`} />
                </IfKnown>
              </Cell>
              <Cell numeric>
                <IfKnown known={wasKnown || !OF_PAGING.test(name)}>
                  <CountedLink counted={earlier} noun={`${name.toLowerCase()}, ${report.previous.label}`} />
                </IfKnown>
              </Cell>
              <Cell title={verdict?.because}>
                {verdict === undefined || (!isKnown && OF_PAGING.test(name)) ? (
                  "–"
                ) : (
                  <>
                    <VerdictBadge word={verdict.word} />
                    {COURSE.has(name) ? ` over 13 ${unit === "week" ? "weeks" : "months"}` : null}
                  </>
                )}
              </Cell>
            </TableRow>
          ))}
          <ClockRows report={report} />
          <TableRow>
            <Cell>Hours that people were engaged</Cell>
            <Cell numeric>
              <IfKnown known={isKnown || now.engagedHours > 0}>{now.engagedHours.toFixed(1)}</IfKnown>
            </Cell>
            <Cell numeric>
              <IfKnown known={wasKnown || before.engagedHours > 0}>{before.engagedHours.toFixed(1)}</IfKnown>
            </Cell>
            <Cell>–</Cell>
          </TableRow>
        </tbody>
      </Table>
    </Card>
  );
}

function ClockRows({ report: { now, before, verdicts } }: { report: PackReport }) {
  return (
    <>
      {now.clocks.map((row, index) => (
        <TableRow key={row.clock}>
          <Cell>{CLOCK_WORDS[row.clock].name}, median (n)</Cell>
          <Cell numeric>
            <DurationText ms={row.median} /> (
            <CountedLink
              counted={{ count: row.n, href: row.href }}
              noun={`incidents ${CLOCK_WORDS[row.clock].done}`}
            />
            )
          </Cell>
          <Cell numeric>
            <DurationText ms={before.clocks[index]?.median ?? null} /> (
            <CountedLink
              counted={{ count: before.clocks[index]?.n ?? 0, href: before.clocks[index]?.href ?? "" }}
              noun={`incidents ${CLOCK_WORDS[row.clock].done} before`}
            />
            )
          </Cell>
          <Cell title={verdicts.clocks[row.clock].because}>
            <VerdictBadge word={verdicts.clocks[row.clock].word} />
          </Cell>
        </TableRow>
      ))}
    </>
  );
}

/** Incidents of each team in the period. */
export function PackTeamsTable({ report, csvHref }: { report: PackReport; csvHref: string }) {
  return (
    <Card
      flush
      title="By team"
      actions={
        <TextLink href={csvHref} prefetch={false} data-screen>
          CSV
        </TextLink>
      }
      subtitle="Of the services that a team owns now"
    >
      <Table caption="Incidents by team" stickyFirstColumn>
        <TableHead>
          <HeaderCell>Team</HeaderCell>
          <HeaderCell numeric>Incidents</HeaderCell>
          <HeaderCell numeric>High urgency</HeaderCell>
          <HeaderCell numeric>Major</HeaderCell>
        </TableHead>
        <tbody>
          {report.teams.map((team) => (
            <TableRow key={team.key}>
              <Cell>
                <bdi>{team.name}</bdi>
              </Cell>
              <Cell numeric>
                <CountedLink counted={team.incidents} noun={`incidents of ${team.name}`} />
              </Cell>
              <Cell numeric>
                <CountedLink counted={team.high} noun={`incidents of high urgency of ${team.name}`} />
              </Cell>
              <Cell numeric>
                <CountedLink counted={team.major} noun={`major incidents of ${team.name}`} />
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
