import { BarList } from "#components/charts/bar-list";
import { ChartFrame } from "#components/charts/chart-frame";
import { Legend } from "#components/charts/legend";
import { Pareto } from "#components/charts/pareto";
import { StackedArea } from "#components/charts/stacked-area";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { FLOW_ORDER } from "#lib/problems/flow";
import type { FlowPoint } from "#lib/problems/flow";
import { moneyText } from "#lib/problems/money-text";
import { paretoOf } from "#lib/problems/pareto";
import { problemRef, STATE_LABELS } from "#lib/problems/problem";
import type { ProblemDto } from "#lib/problems/schemas";
import { formatDay } from "#lib/time/format-day";

const MOST_BARS = 12;
// Of fewer nothing is learned from how much of all they make.
const FEWEST_BARS = 3;

/** What the problems cost, and how they move. */
export function ProblemCharts(props: {
  problems: readonly ProblemDto[];
  flow: readonly (FlowPoint & { day: string })[];
  currency: string;
}) {
  return (
    <div className="grid grid-cols-1 gap-4 xl:grid-cols-2">
      <Card>
        <CostFigure {...props} />
      </Card>
      <Card>
        <FlowFigure flow={props.flow} />
      </Card>
    </div>
  );
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function CostFigure({ problems, currency }: { problems: readonly ProblemDto[]; currency: string }) {
  const rows = paretoOf(problems, ({ cost }) => cost, MOST_BARS);
  if (rows.length === 0) {
    return (
      <p className="text-body text-text-2">No problem has cost anything yet, by the rates of the settings.</p>
    );
  }
  const count = problems.filter(({ cost }) => cost > 0).length;
  const isFew = count < FEWEST_BARS;
  const most = rows.findIndex(({ soFar }) => soFar >= 0.8) + 1;
  return (
    <ChartFrame
      title={
        isFew
          ? `${count === 1 ? "One problem has" : `${count} problems have`} cost something`
          : `${most} of ${count} problems make 80 % of the cost`
      }
      subtitle={`Estimated cost to date${isFew ? "" : "; bars: share of all, line: reached so far"}`}
      table={{
        columns: [
          { label: "Problem" },
          { label: "Cost, estimated", numeric: true },
          { label: "Share", numeric: true },
          { label: "So far", numeric: true },
        ],
        rows: rows.map(({ item, value, share, soFar, rest }) => [
          item === null ? (
            `${rest} others`
          ) : (
            <TextLink key="problem" href={`/problems/${item.number}`}>
              {problemRef(item.number)} <bdi>{item.title}</bdi>
            </TextLink>
          ),
          moneyText(value, currency),
          percent(share),
          percent(soFar),
        ]),
      }}
    >
      {isFew ? (
        <BarList
          label="Estimated cost of each problem"
          items={rows.flatMap(({ item, value }) =>
            item === null
              ? []
              : [
                  {
                    label: `${problemRef(item.number)} ${item.title}`,
                    value,
                    valueLabel: moneyText(value, currency),
                    href: `/problems/${item.number}`,
                  },
                ],
          )}
        />
      ) : (
        <Pareto
          bars={rows.map(({ item, value, share, soFar, rest }) => ({
            label: item === null ? `${rest} others` : problemRef(item.number),
            share,
            soFar,
            title: `${item === null ? `${rest} others` : item.title}: ${moneyText(value, currency)}, ${percent(soFar)} so far`,
            href: item === null ? undefined : `/problems/${item.number}`,
          }))}
        />
      )}
    </ChartFrame>
  );
}

// From what is done with to what is new: the darker, the nearer to its end.
const FILLS = [
  "url(#hatch)",
  "var(--sequential-5)",
  "var(--sequential-4)",
  "var(--sequential-3)",
  "var(--sequential-2)",
  "var(--sequential-1)",
  "var(--sequential-0)",
];

function FlowFigure({ flow }: { flow: readonly (FlowPoint & { day: string })[] }) {
  const layers = FLOW_ORDER.map((state, index) => ({
    state,
    label: STATE_LABELS[state],
    fill: FILLS[index] ?? "url(#hatch)",
  })).filter(({ state }) => flow.some(({ counts }) => counts[state] > 0));
  const last = flow.at(-1);
  const open = layers
    .filter(({ state }) => state !== "closed" && state !== "risk_accepted")
    .reduce((sum, { state }) => sum + (last?.counts[state] ?? 0), 0);
  return (
    <ChartFrame
      title={`${open} ${open === 1 ? "problem is" : "problems are"} under way`}
      subtitle="Problems by state at the end of each of the last 26 weeks, and now; a band that widens is where they wait"
      table={{
        columns: [{ label: "On" }, ...layers.map(({ label }) => ({ label, numeric: true }))],
        rows: flow.map(({ day, counts }) => [
          formatDay(day),
          ...layers.map(({ state }) => String(counts[state])),
        ]),
      }}
    >
      <StackedArea
        layers={layers}
        points={flow.map(({ day, counts }) => ({
          label: formatDay(day),
          values: layers.map(({ state }) => counts[state]),
        }))}
      />
      <Legend
        items={layers.map(({ state, label, fill }) => ({
          label,
          fill,
          value: String(last?.counts[state] ?? 0),
        }))}
      />
    </ChartFrame>
  );
}
