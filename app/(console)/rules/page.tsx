import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { RefreshEvery } from "#components/live/refresh-every";
import { CacheCard } from "#components/rules/cache-card";
import { RoutedIntegrations } from "#components/rules/routed-integrations";
import { WebhookCard } from "#components/rules/webhook-card";
import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { listCacheVariables } from "#lib/rules/queries/cache-variables";
import { listRuleSets } from "#lib/rules/queries/rule-sets";
import type { RuleSetRow } from "#lib/rules/queries/rule-sets";
import { listWebhooks } from "#lib/rules/queries/webhooks";
import { setName } from "#lib/rules/set-name";

export const metadata: Metadata = { title: "Event rules" };

const STAGES = [
  { kind: "global", says: "Judge every routed event first, and may drop it" },
  { kind: "router", says: "Chooses the service" },
  { kind: "unrouted", says: "Judge what the router sends nowhere; it stays with its integration's service" },
] as const;

export default async function RulesPage() {
  const ctx = await requireContext();
  const [{ sets, integrations }, variables, webhooks] = await Promise.all([
    listRuleSets(ctx),
    listCacheVariables(ctx, { serviceId: null }),
    listWebhooks(ctx),
  ]);
  const canEdit = hasPermission(ctx.actor.role, "configure");
  const callsWait = webhooks.some(({ calls }) => calls.some(({ state }) => state === "waiting"));
  const ofServices = sets.filter(({ kind }) => kind === "service");
  return (
    <>
      <LiveRefresh entities={["rule_set", "service"]} />
      <RefreshEvery seconds={callsWait ? 2 : 30} />
      <PageHeader
        title="Event rules"
        description="What becomes of an event before it pages anybody: in this order, then by the rules of its service."
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="For routed events" subtitle="Of the integrations that are switched on in the list" flush>
          <ol>
            {STAGES.map(({ kind, says }) => (
              <li key={kind} className="border-b px-4 py-3 last:border-b-0">
                <TextLink href={`/rules/${kind}`} className="font-medium">
                  {setName(kind, null)}
                </TextLink>
                <p className="text-table text-text-2">{says}</p>
                <SetFacts set={sets.find((one) => one.kind === kind)} />
              </li>
            ))}
          </ol>
        </Card>
        <Card title="Integrations that these rules route" flush>
          {integrations.length === 0 ? (
            <p className="p-4 text-table text-text-2">There is no integration yet.</p>
          ) : (
            <div className="max-h-96 overflow-y-auto">
              <RoutedIntegrations integrations={integrations} canEdit={canEdit} />
            </div>
          )}
        </Card>
        <CacheCard
          serviceId={null}
          variables={variables}
          canEdit={canEdit}
          canSet={hasPermission(ctx.actor.role, "incident.respond")}
        />
        <WebhookCard webhooks={webhooks} canEdit={canEdit} />
        <Card title="Rules of services" flush className="lg:col-span-2">
          {ofServices.length === 0 ? (
            <EmptyState kind="first-use" title="No service has rules.">
              Open a service and its Rules to write the first; they are tried on its last events before
              anything changes.
            </EmptyState>
          ) : (
            <ul aria-label="Services with rules">
              {ofServices.map((set) => (
                <li key={set.id} className="border-b px-4 py-3 last:border-b-0">
                  <TextLink href={`/services/${set.service?.slug ?? ""}/rules`} className="font-medium">
                    {set.service?.name}
                  </TextLink>
                  <SetFacts set={set} />
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </>
  );
}

function SetFacts({ set }: { set: RuleSetRow | undefined }) {
  if (set === undefined || set.version === 0) return <p className="text-meta text-text-3">No rules</p>;
  return (
    <p className="text-meta text-text-3">
      {set.rules} {set.rules === 1 ? "rule" : "rules"} · {set.hitsWeek}{" "}
      {set.hitsWeek === 1 ? "match" : "matches"} in 7 days · version {set.version} of{" "}
      <Time at={set.at} format="date-time" />
    </p>
  );
}
