import { CountedLink } from "#components/reports/counted-link";
import { FigureTable } from "#components/reports/figure-table";
import { Badge } from "#components/ui/badge";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, TableRow } from "#components/ui/table";
import { PAUSED_BY_NAMES } from "#lib/alerts/filter-words";
import type { Hiding, Pausing, RuleEffect } from "#lib/reports/noise-report";
import { formatPercent } from "#lib/reports/percent";

/** What became of alerts that were held back for a time: whom waiting spared, and whom it made late. */
export function PausingTable({ pausing, csvHref }: { pausing: readonly Pausing[]; csvHref: string }) {
  return (
    <FigureTable
      title="Paused alerts"
      subtitle="Held back for a time: most should end by themselves, and few that open later should need anybody"
      caption="Paused alerts by what paused them"
      csvHref={csvHref}
      empty={pausing.length === 0 ? "Nothing was paused in this time." : null}
      head={
        <>
          <HeaderCell>Paused by</HeaderCell>
          <HeaderCell numeric>Alerts</HeaderCell>
          <HeaderCell numeric>Ended by themselves</HeaderCell>
          <HeaderCell numeric>Opened later</HeaderCell>
          <HeaderCell numeric>Acted on, late</HeaderCell>
          <HeaderCell numeric className="max-md:hidden">
            Still held
          </HeaderCell>
        </>
      }
    >
      {pausing.map((row) => {
        const name = PAUSED_BY_NAMES[row.by];
        const noun = `alerts paused by ${name.toLowerCase()}`;
        return (
          <TableRow key={row.by}>
            <Cell>{name}</Cell>
            <Cell numeric>
              <CountedLink counted={row.paused} noun={noun} />
            </Cell>
            <Cell numeric>
              <CountedLink counted={row.over} noun={`${noun} that ended by themselves`} />
            </Cell>
            <Cell numeric>
              <CountedLink counted={row.opened} noun={`${noun} that opened later`} />
            </Cell>
            <Cell numeric>
              <CountedLink counted={row.acted} noun={`${noun} that were acted on later`} />
            </Cell>
            <Cell numeric className="max-md:hidden">
              <CountedLink counted={row.waiting} noun={`${noun} that are still held`} />
            </Cell>
          </TableRow>
        );
      })}
    </FigureTable>
  );
}

/** What hid alerts from people, and how often people acted on the same kind just then. */
export function HidingTable({ hiding, csvHref }: { hiding: readonly Hiding[]; csvHref: string }) {
  return (
    <FigureTable
      title="Regret"
      subtitle="Alerts that were hidden, and how many of them people would have wanted: within the hour they acted on the same kind"
      caption="Hidden alerts and regret"
      csvHref={csvHref}
      empty={hiding.length === 0 ? "Nothing was hidden in this time." : null}
      head={
        <>
          <HeaderCell>Hidden by</HeaderCell>
          <HeaderCell numeric>Alerts</HeaderCell>
          <HeaderCell numeric>Missed</HeaderCell>
          <HeaderCell numeric>Regret</HeaderCell>
          <HeaderCell numeric className="max-md:hidden">
            95 % interval
          </HeaderCell>
        </>
      }
    >
      {hiding.map((row) => {
        const name = row.by === null ? row.because : PAUSED_BY_NAMES[row.by];
        return (
          <TableRow key={`${row.by ?? ""} ${row.because}`}>
            <Cell grow>
              <bdi>{name}</bdi>
            </Cell>
            <Cell numeric>
              <CountedLink counted={row.hidden} noun={`alerts hidden by ${name}`} />
            </Cell>
            <Cell numeric>
              <CountedLink counted={row.missed} noun={`alerts missed by ${name}`} />
            </Cell>
            <Cell numeric>{row.regret === null ? "–" : formatPercent(row.regret.share)}</Cell>
            <Cell numeric className="max-md:hidden">
              {row.regret === null
                ? "–"
                : `${formatPercent(row.regret.low)} to ${formatPercent(row.regret.high)}`}
            </Cell>
          </TableRow>
        );
      })}
    </FigureTable>
  );
}

const STATES: Record<RuleEffect["state"], string> = { on: "in force", watched: "only watched", off: "off" };

/** Every rule in force with how often it matched; one that never did may be wrong, or not needed. */
export function RuleTable({ rules, csvHref }: { rules: readonly RuleEffect[]; csvHref: string }) {
  return (
    <FigureTable
      title="Rules"
      subtitle="Events that each matched in this time, as the rules are now"
      caption="Rules and how often they matched"
      csvHref={csvHref}
      empty={
        rules.length === 0 ? (
          <>
            There are no rules yet. <TextLink href="/rules">Write some</TextLink> where a kind of alert is
            only noise.
          </>
        ) : null
      }
      head={
        <>
          <HeaderCell>Rule</HeaderCell>
          <HeaderCell className="max-md:hidden">Does</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell numeric>Matched</HeaderCell>
          <HeaderCell numeric className="max-md:hidden">
            Would have matched
          </HeaderCell>
        </>
      }
    >
      {rules.map((rule) => (
        <TableRow key={`${rule.setId} ${rule.ruleId}`}>
          <Cell grow>
            <TextLink
              href={`/rules/set/${rule.setId}?version=${rule.version}#rule-${rule.ruleId}`}
              prefetch={false}
            >
              <bdi>{rule.label}</bdi>
            </TextLink>{" "}
            <span className="text-text-3">{rule.set}</span>
          </Cell>
          <Cell className="max-md:hidden">{rule.does}</Cell>
          <Cell className="whitespace-nowrap">
            {STATES[rule.state]}
            {rule.hits + rule.shadowHits === 0 && rule.state !== "off" ? (
              <>
                {" "}
                <Badge hue="amber" form="outline">
                  never matched
                </Badge>
              </>
            ) : null}
          </Cell>
          <Cell numeric>{rule.hits.toLocaleString("en")}</Cell>
          <Cell numeric className="max-md:hidden">
            {rule.shadowHits.toLocaleString("en")}
          </Cell>
        </TableRow>
      ))}
    </FigureTable>
  );
}
