import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { ActionList, AddAction } from "#components/problems/action-list";
import { FixVerification } from "#components/problems/fix-verification";
import { LinkedIncidents } from "#components/problems/linked-incidents";
import { Money } from "#components/problems/money";
import { ProblemForm } from "#components/problems/problem-form";
import { ProblemStateBadge } from "#components/problems/problem-state";
import { Duration } from "#components/time/duration";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Fact, Facts } from "#components/ui/facts";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { listAssignable } from "#lib/incidents/queries/list-assignable";
import { getSettings } from "#lib/organisation/queries/settings";
import { hasPermission } from "#lib/people/permissions";
import { problemRef } from "#lib/problems/problem";
import { getProblem } from "#lib/problems/queries/get-problem";
import type { ProblemDetailDto } from "#lib/problems/schemas";
import { formatDayOfYear } from "#lib/time/format-day";

type Params = { params: Promise<{ ref: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const [ctx, { ref }] = await Promise.all([requireContext(), params]);
  const problem = await orNotFound(getProblem(ctx, ref));
  return { title: `${problemRef(problem.number)} ${problem.title}` };
}

export default async function ProblemPage({ params }: Params) {
  const [ctx, { ref }] = await Promise.all([requireContext(), params]);
  const problem = await orNotFound(getProblem(ctx, ref));
  const [people, { currency }] = await Promise.all([listAssignable(ctx), getSettings(ctx)]);
  const canRespond = hasPermission(ctx.actor.role, "incident.respond");
  return (
    <>
      <LiveRefresh entities={["problem", "corrective_action"]} />
      <PageHeader
        title={problem.title}
        trail={problemRef(problem.number)}
        before={
          <>
            <ProblemStateBadge state={problem.state} />
            <span>{problemRef(problem.number)}</span>
            {problem.service ? (
              <TextLink tone="quiet" href={`/services/${problem.service.slug}`}>
                {problem.service.name}
              </TextLink>
            ) : null}
            {problem.isOverdue ? <Badge hue="red">Overdue</Badge> : null}
          </>
        }
      />
      {problem.fixedAt ? (
        <FixVerification fixedAt={problem.fixedAt} verification={problem.verification} />
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-4">
          {canRespond ? (
            <ProblemForm key={problem.id} problem={problem} people={people} />
          ) : (
            <Known problem={problem} />
          )}
          <LinkedIncidents problem={problem} canRespond={canRespond} />
        </div>
        <aside aria-label="About this problem" className="flex min-w-0 flex-col gap-4">
          <CostCard problem={problem} currency={currency} />
          <Card title="Corrective actions" subtitle={`${problem.openActions} open`}>
            <ActionList actions={problem.actions} canRespond={canRespond} />
            {canRespond ? <AddAction problemId={problem.id} people={people} /> : null}
          </Card>
          <HistoryCard problem={problem} />
        </aside>
      </div>
    </>
  );
}

type Props = { problem: ProblemDetailDto };

function Known({ problem }: Props) {
  return (
    <Card title="What is known">
      <Facts>
        <Fact term="Cause">
          <span className="whitespace-pre-wrap">{problem.cause ?? "Not known yet"}</span>
        </Fact>
        <Fact term="Workaround">
          <span className="whitespace-pre-wrap">{problem.workaround ?? "None"}</span>
        </Fact>
        <Fact term="Owner">{problem.owner?.name ?? "Nobody"}</Fact>
        <Fact term="Due">{problem.dueOn === null ? "Not set" : formatDayOfYear(problem.dueOn)}</Fact>
      </Facts>
    </Card>
  );
}

function CostCard({ problem, currency }: Props & { currency: string }) {
  return (
    <Card title="Cost to date" subtitle="An estimate, by the rates of the settings">
      <Facts>
        <Fact term="Estimate">
          <Money amount={problem.cost} currency={currency} />
        </Fact>
        <Fact term="Incidents">{problem.incidentCount}</Fact>
        <Fact term="Time of people">
          <Duration milliseconds={problem.engagedMs} />
        </Fact>
        <Fact term="Customers affected for">
          <Duration milliseconds={problem.impactMs} />
        </Fact>
        <Fact term="Woken from sleep">
          {problem.sleepInterruptions} {problem.sleepInterruptions === 1 ? "time" : "times"}
        </Fact>
        {problem.feature ? <Fact term="Feature">{problem.feature}</Fact> : null}
      </Facts>
    </Card>
  );
}

function HistoryCard({ problem }: Props) {
  if (problem.history.length === 0) return null;
  return (
    <Card title="History">
      <ol className="flex flex-col gap-2 text-table">
        {problem.history.map(({ id, at, actorName, text }) => (
          <li key={id}>
            {actorName} {text} <Time at={at} className="text-meta text-text-3" />
          </li>
        ))}
      </ol>
    </Card>
  );
}
