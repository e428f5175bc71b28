import { BookOpen, ExternalLink } from "lucide-react";
import { Suspense, type ReactNode } from "react";
import { CoverageCallout } from "#components/escalation/coverage-callout";
import { TrialSteps } from "#components/escalation/trial-steps";
import { SummaryCard } from "#components/reports/summary-card";
import { DependencyList } from "#components/services/dependency-list";
import { HistoryCard } from "#components/services/history-card";
import { OpenIncidents } from "#components/services/open-incidents";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { CardSkeleton } from "#components/ui/skeleton";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { listPolicyGaps } from "#lib/escalation/queries/policy-gaps";
import { trySavedPolicy } from "#lib/escalation/queries/trial";
import { orNotFound } from "#lib/http/or-not-found";
import { parseIncidentFilter } from "#lib/incidents/filter";
import { listIncidents } from "#lib/incidents/queries/list-incidents";
import { hasPermission } from "#lib/people/permissions";
import { readSummary } from "#lib/reports/queries/summary";
import { listDependencies } from "#lib/services/queries/dependencies";
import { readServiceHistory } from "#lib/services/queries/history";
import type { ServiceDto } from "#lib/services/queries/load-services";
import { getService } from "#lib/services/queries/services";

const SHOWN = 20;

export default async function ServicePage({ params }: { params: Promise<{ slug: string }> }) {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  const service = await orNotFound(getService(ctx, slug));
  const address = `service=${service.id}&status=open`;
  const { filter } = parseIncidentFilter(new URLSearchParams(address));
  const [open, history, dependencies, trial, gaps] = await Promise.all([
    listIncidents(ctx, { filter, sort: "act-now", limit: SHOWN }),
    readServiceHistory(ctx, service.id),
    listDependencies(ctx, service.id),
    trySavedPolicy(ctx, service.policy.id),
    listPolicyGaps(ctx, [service.policy.id]),
  ]);
  const ownGaps = gaps.get(service.policy.id);
  const canConfigure = hasPermission(ctx.actor.role, "configure");
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
      <div className="flex min-w-0 flex-col gap-4">
        {ownGaps === undefined ? null : <CoverageCallout gaps={ownGaps} />}
        <OpenIncidents
          key={service.id}
          query={`${address}&sort=act-now&limit=${SHOWN}`}
          href={`/incidents?${address}`}
          initial={open}
          lastIncidentAt={service.lastIncidentAt}
        />
        <Card
          title="If it fires now"
          subtitle="With high urgency, and nobody acknowledges. Nobody is told by looking at this."
          actions={<TextLink href={`/escalation/${service.policy.slug}`}>Another time</TextLink>}
        >
          <TrialSteps steps={trial.steps} />
        </Card>
        <Suspense fallback={<CardSkeleton lines={6} />}>
          <Numbers ctx={ctx} serviceId={service.id} />
        </Suspense>
        <HistoryCard history={history} serviceId={service.id} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <LinksCard service={service} canConfigure={canConfigure} />
        <Card
          title="Dependencies"
          actions={
            canConfigure ? (
              <TextLink href={`/services/${service.slug}/dependencies`}>Edit</TextLink>
            ) : undefined
          }
        >
          <div className="flex flex-col gap-4">
            <DependencyList title="Uses" none="Nothing declared." services={dependencies.uses} />
            <DependencyList title="Used by" none="Nothing known." services={dependencies.usedBy} />
          </div>
        </Card>
      </div>
    </div>
  );
}

async function Numbers({ ctx, serviceId }: { ctx: Context; serviceId: string }) {
  return <SummaryCard summary={await readSummary(ctx, { service: [serviceId] })} />;
}

function LinksCard({ service, canConfigure }: { service: ServiceDto; canConfigure: boolean }) {
  const isEmpty = service.runbookUrl === null && service.links.length === 0;
  return (
    <Card
      title="Runbook and links"
      actions={
        canConfigure ? <TextLink href={`/services/${service.slug}/settings#links`}>Edit</TextLink> : undefined
      }
    >
      {isEmpty ? (
        <p className="text-table text-text-2">
          None yet. A runbook saves whoever is woken the search for where to begin.
        </p>
      ) : (
        <ul className="flex flex-col gap-1">
          {service.runbookUrl === null ? null : (
            <OutsideLink href={service.runbookUrl} icon={<BookOpen aria-hidden />}>
              Runbook
            </OutsideLink>
          )}
          {service.links.map(({ label, url }) => (
            <OutsideLink key={`${label} ${url}`} href={url} icon={<ExternalLink aria-hidden />}>
              {label}
            </OutsideLink>
          ))}
        </ul>
      )}
    </Card>
  );
}

function OutsideLink({ href, icon, children }: { href: string; icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex min-h-8 items-center gap-2 touch:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-text-3">
      {icon}
      <TextLink href={href} target="_blank" rel="noreferrer" className="min-w-0 truncate">
        {children}
      </TextLink>
    </li>
  );
}
