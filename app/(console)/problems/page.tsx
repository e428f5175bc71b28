import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { Money } from "#components/problems/money";
import { NewProblem } from "#components/problems/new-problem";
import { ProblemBoard } from "#components/problems/problem-board";
import { ProblemCharts } from "#components/problems/problem-charts";
import { ProblemSections } from "#components/problems/problem-sections";
import { ProblemTable } from "#components/problems/problem-table";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";
import { PageLinks } from "#components/ui/page-links";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { readFilterChoices } from "#lib/incidents/queries/filter-choices";
import { getSettings } from "#lib/organisation/queries/settings";
import type { Settings } from "#lib/organisation/schemas";
import { hasPermission } from "#lib/people/permissions";
import { readOffset } from "#lib/problems/offset";
import { PROBLEM_STATES, STATE_LABELS } from "#lib/problems/problem";
import type { ProblemState } from "#lib/problems/problem";
import { readProblemFlow } from "#lib/problems/queries/flow";
import { countProblems, listBoard, listProblems } from "#lib/problems/queries/problems";
import { listSuggestions } from "#lib/problems/queries/suggestions";
import { readWord } from "#lib/reports/report-filter";

export const metadata: Metadata = { title: "Problems" };

const PAGE = 50;
const VIEWS = [
  { view: "board", label: "Board", href: "/problems" },
  { view: "table", label: "Table", href: "/problems?view=table" },
  { view: "charts", label: "Charts", href: "/problems?view=charts" },
] as const;

export default async function ProblemsPage({ searchParams }: PageProps<"/problems">) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const [counts, suggestions, { services }, settings] = await Promise.all([
    countProblems(ctx),
    listSuggestions(ctx),
    readFilterChoices(ctx),
    getSettings(ctx),
  ]);
  const view = VIEWS.find((one) => one.view === readWord(parameters, "view"))?.view ?? "board";
  const state = PROBLEM_STATES.find((one) => one === readWord(parameters, "state")) ?? null;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const create = hasPermission(ctx.actor.role, "incident.respond") ? (
    <NewProblem services={services} />
  ) : null;
  const suggested = `${suggestions.length} ${suggestions.length === 1 ? "suggestion waits" : "suggestions wait"}.`;
  return (
    <>
      <LiveRefresh entities={["problem", "corrective_action"]} />
      <PageHeader
        title="Problems"
        description={`${all} ${all === 1 ? "cause" : "causes"} of incidents. ${suggested}`}
        actions={
          <>
            <SegmentedLinks
              label="View"
              options={VIEWS.map((one) => ({ ...one, current: one.view === view }))}
            />
            {create}
          </>
        }
      >
        <ProblemSections suggestions={suggestions.length} />
      </PageHeader>
      {all === 0 ? (
        <EmptyState
          kind="first-use"
          title="No problem is known yet."
          actions={
            <>
              {suggestions.length > 0 ? (
                <ButtonLink href="/problems/suggestions">Look at the suggestions</ButtonLink>
              ) : null}
              {create}
            </>
          }
        >
          A problem is the cause of incidents that keep coming. It gathers them, says what they cost, shows
          its workaround on the next one, and tells whether the fix held.
        </EmptyState>
      ) : view === "table" ? (
        <TableView
          ctx={ctx}
          state={state}
          counts={counts}
          offset={readOffset(readWord(parameters, "offset"))}
        />
      ) : view === "charts" ? (
        <ChartsView ctx={ctx} />
      ) : (
        <BoardView ctx={ctx} />
      )}
      <CostNote settings={settings} />
    </>
  );
}

async function BoardView({ ctx }: { ctx: Context }) {
  const [{ problems, rates }, counts] = await Promise.all([listBoard(ctx), countProblems(ctx)]);
  return (
    <ProblemBoard
      problems={problems}
      counts={counts}
      currency={rates.currency}
      canRespond={hasPermission(ctx.actor.role, "incident.respond")}
    />
  );
}

async function ChartsView({ ctx }: { ctx: Context }) {
  const [{ problems, rates }, flow] = await Promise.all([listProblems(ctx), readProblemFlow(ctx)]);
  return <ProblemCharts problems={problems} flow={flow} currency={rates.currency} />;
}

interface TableViewProps {
  ctx: Context;
  state: ProblemState | null;
  counts: Record<ProblemState, number>;
  offset: number;
}

async function TableView({ ctx, state, counts, offset }: TableViewProps) {
  const { problems, rates, total } = await listProblems(ctx, { state }, { limit: PAGE, offset });
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <div className="flex flex-col gap-3">
      <SegmentedLinks
        label="State"
        options={[
          { href: hrefOf(null), label: "All", count: all, current: state === null },
          ...PROBLEM_STATES.map((one) => ({
            href: hrefOf(one),
            label: STATE_LABELS[one],
            count: counts[one],
            current: state === one,
          })),
        ]}
      />
      {problems.length === 0 ? (
        <EmptyState
          kind="filtered"
          title="No problem matches"
          actions={<ButtonLink href={hrefOf(null)}>All problems</ButtonLink>}
        />
      ) : (
        <Card flush>
          <ProblemTable problems={problems} currency={rates.currency} />
        </Card>
      )}
      <PageLinks
        offset={offset}
        shown={problems.length}
        total={total}
        pageSize={PAGE}
        noun="problems"
        hrefOf={(next) => hrefOf(state, next)}
      />
    </div>
  );
}

function hrefOf(state: ProblemState | null, offset = 0): string {
  const parts = ["view=table", state && `state=${state}`, offset > 0 && `offset=${offset}`];
  return `/problems?${parts.filter(Boolean).join("&")}`;
}

function CostNote({ settings }: { settings: Settings }) {
  return (
    <p className="mt-3 text-meta text-text-3">
      Costs are estimates: hours of responders at{" "}
      <Money amount={settings.cost_per_hour} currency={settings.currency} />
      {settings.cost_per_impact_minute === 0 ? (
        "; minutes in which customers were affected are not counted yet, because the settings have no rate for them."
      ) : (
        <>
          , minutes in which customers were affected at{" "}
          <Money amount={settings.cost_per_impact_minute} currency={settings.currency} />.
        </>
      )}
    </p>
  );
}
