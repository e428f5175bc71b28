import { AdviceLine } from "#components/alerts/advice-line";
import { ChartFrame } from "#components/charts/chart-frame";
import { ScatterPlot } from "#components/charts/scatter-plot";
import { Sparkline } from "#components/charts/sparkline";
import { DurationText } from "#components/reports/duration-text";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { RowNavigation } from "#components/ui/row-navigation";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { alertsHref } from "#lib/alerts/filter";
import type { AlertFilter } from "#lib/alerts/filter";
import { adviseOn, perWeek } from "#lib/alerts/kind-advice";
import type { AlertKindDto } from "#lib/alerts/schemas";
import { formatPercent } from "#lib/reports/percent";
import { wilson } from "#lib/statistics/wilson";

interface KindsProps {
  kinds: readonly AlertKindDto[];
  /** With the times that the kinds were counted in. */
  filter: AlertFilter;
  /** Length of that time. */
  milliseconds: number;
}

const LABELLED = 10;
const LONGEST_LABEL = 36;

/** Frequent and never acted on is the corner to look at first. */
export function KindScatter({ kinds, filter, milliseconds }: KindsProps) {
  const judged = kinds.filter(({ acted, ignored }) => acted + ignored > 0);
  const rateOf = ({ acted, ignored }: AlertKindDto) => acted / (acted + ignored);
  // What people always act on needs no name: those would all stand on one line.
  const worst = judged
    .filter(({ ignored }) => ignored > 0)
    .toSorted((a, b) => b.ignored - a.ignored || b.alerts - a.alerts)
    .slice(0, LABELLED)
    .map(idOf);
  const frequent = judged.filter((kind) => rateOf(kind) < 0.2 && perWeek(kind.alerts, milliseconds) >= 5);
  return (
    <ChartFrame
      title={
        frequent.length === 0
          ? "No kind of alert comes often and is never acted on"
          : `${frequent.length} ${frequent.length === 1 ? "kind comes" : "kinds come"} at least five times a week and hardly ever need anybody`
      }
      subtitle={`Alerts in a week (log scale) against the share of their incidents that were acted on; area: interruptions in hours of sleep; n = ${judged.length.toLocaleString("en")} kinds with incidents`}
      table={{
        columns: [
          { label: "Kind" },
          { label: "Service" },
          { label: "In a week", numeric: true },
          { label: "Acted on", numeric: true },
          { label: "Sleep", numeric: true },
        ],
        rows: judged.map((kind) => [
          <TextLink key="kind" href={hrefOf(filter, kind)}>
            <bdi>{kind.text}</bdi>
          </TextLink>,
          kind.service.name,
          perWeek(kind.alerts, milliseconds).toFixed(1),
          rateText(kind),
          kind.sleepInterruptions.toLocaleString("en"),
        ]),
      }}
    >
      <ScatterPlot
        corner={{ x: 5, y: 0.2, label: "Often, hardly ever acted on" }}
        points={judged.map((kind) => ({
          key: idOf(kind),
          x: perWeek(kind.alerts, milliseconds),
          y: rateOf(kind),
          size: kind.sleepInterruptions,
          title: `${kind.text} (${kind.service.name}): ${perWeek(kind.alerts, milliseconds).toFixed(1)} a week, ${rateText(kind)} acted on`,
          href: hrefOf(filter, kind),
          ...(worst.includes(idOf(kind)) ? { label: shortened(kind.text) } : {}),
        }))}
      />
    </ChartFrame>
  );
}

/** Kinds of alerts with what they cost, what people did, and what would have kept them away. */
export function KindTable({ kinds, filter }: Pick<KindsProps, "kinds" | "filter">) {
  return (
    <Card flush>
      <RowNavigation>
        <Table caption="Kinds of alerts">
          <TableHead>
            <HeaderCell>Kind</HeaderCell>
            <HeaderCell numeric>Alerts</HeaderCell>
            <HeaderCell className="max-md:hidden">Course</HeaderCell>
            <HeaderCell numeric className="max-md:hidden">
              Incidents
            </HeaderCell>
            <HeaderCell numeric>Acted on</HeaderCell>
            <HeaderCell numeric className="max-md:hidden">
              Interruptions
            </HeaderCell>
            <HeaderCell numeric className="max-lg:hidden">
              Ends by itself after
            </HeaderCell>
            <HeaderCell className="max-lg:hidden">Last</HeaderCell>
          </TableHead>
          <tbody>
            {kinds.map((kind) => (
              <KindRow key={idOf(kind)} kind={kind} filter={filter} />
            ))}
          </tbody>
        </Table>
      </RowNavigation>
    </Card>
  );
}

function KindRow({ kind, filter }: { kind: AlertKindDto; filter: AlertFilter }) {
  return (
    <TableRow rowId={idOf(kind)}>
      <Cell className="w-full max-w-0 py-1.5">
        <TextLink
          href={hrefOf(filter, kind)}
          prefetch={false}
          tone="quiet"
          data-row-link
          className="block truncate font-medium"
        >
          <bdi>{kind.text}</bdi>
        </TextLink>
        <span className="block truncate text-meta text-text-3">{kind.service.name}</span>
        <AdviceLine advice={adviseOn(kind)} />
      </Cell>
      <Cell numeric>{kind.alerts.toLocaleString("en")}</Cell>
      <Cell className="max-md:hidden">
        <Sparkline values={kind.course} />
      </Cell>
      <Cell numeric className="max-md:hidden">
        {kind.opened === 0 ? (
          "0"
        ) : (
          <TextLink
            href={alertsHref({ ...filter, ...selecting(kind), outcome: ["opened"] })}
            aria-label={`${kind.opened} incidents opened by ${kind.text}`}
          >
            {kind.opened.toLocaleString("en")}
          </TextLink>
        )}
      </Cell>
      <Cell numeric>
        {rateText(kind)}
        <SaidText kind={kind} filter={filter} />
      </Cell>
      <Cell numeric className="max-md:hidden">
        {kind.interruptions.toLocaleString("en")}
        {kind.sleepInterruptions === 0 ? null : (
          <span className="text-text-3"> ({kind.sleepInterruptions.toLocaleString("en")} asleep)</span>
        )}
      </Cell>
      <Cell numeric className="max-lg:hidden">
        <DurationText ms={kind.selfResolvedMs} because="Its source ended none" />
      </Cell>
      <Cell className="whitespace-nowrap max-lg:hidden">
        <Time at={kind.lastAt} />
      </Cell>
    </TableRow>
  );
}

/** What people said of their pages, of how many incidents; each number opens the alerts that opened them. */
function SaidText({ kind, filter }: { kind: AlertKindDto; filter: AlertFilter }) {
  const { saidUseful: useful, saidNotUseful, text } = kind;
  const answered = useful + saidNotUseful;
  if (answered === 0) return null;
  const hrefTo = (said: AlertFilter["said"]) =>
    alertsHref({ ...filter, ...selecting(kind), outcome: ["opened"], said });
  return (
    <span className="block text-meta whitespace-nowrap text-text-3">
      {useful === 0 ? (
        "none"
      ) : (
        <TextLink href={hrefTo(["useful"])} aria-label={`${useful} useful pages about ${text}`}>
          {useful.toLocaleString("en")}
        </TextLink>
      )}{" "}
      of{" "}
      <TextLink href={hrefTo(["useful", "not_useful"])} aria-label={`${answered} answers about ${text}`}>
        {answered.toLocaleString("en")}
      </TextLink>{" "}
      said useful
    </span>
  );
}

function rateText({ acted, ignored }: AlertKindDto): string {
  const rate = wilson(acted, acted + ignored);
  return rate === null ? "–" : `${formatPercent(rate.share)} (${acted}/${acted + ignored})`;
}

function selecting(kind: AlertKindDto): Pick<AlertFilter, "kind" | "service"> {
  return { kind: [kind.id], service: [kind.service.id] };
}

function hrefOf(filter: AlertFilter, kind: AlertKindDto): string {
  return alertsHref({ ...filter, ...selecting(kind) });
}

function idOf({ id, service }: AlertKindDto): string {
  return `${service.id} ${id}`;
}

function shortened(text: string): string {
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
}
