import { CacheCard } from "#components/rules/cache-card";
import { RuleSetPage } from "#components/rules/rule-set-page";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { hasPermission } from "#lib/people/permissions";
import { listCacheVariables } from "#lib/rules/queries/cache-variables";
import { readSuggestion } from "#lib/rules/queries/read-suggestion";
import { readRuleSetPage } from "#lib/rules/queries/rule-set-page";
import { getService } from "#lib/services/queries/services";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{
    version?: string | string[];
    suggest?: string | string[];
    kind?: string | string[];
  }>;
};

export default async function ServiceRulesPage({ params, searchParams }: Props) {
  const [ctx, { slug }, asked] = await Promise.all([requireContext(), params, searchParams]);
  const service = await orNotFound(getService(ctx, slug));
  const place = { kind: "service" as const, serviceId: service.id };
  const [page, variables, suggested] = await Promise.all([
    readRuleSetPage(ctx, place, asked.version),
    listCacheVariables(ctx, { serviceId: service.id }),
    readSuggestion(ctx, service.id, asked),
  ]);
  const canEdit = hasPermission(ctx.actor.role, "configure");
  return (
    <div className="flex flex-col gap-4">
      <div>
        <RuleSetPage
          href={`/services/${service.slug}/rules`}
          place={place}
          {...page}
          suggested={canEdit ? suggested : null}
          canEdit={canEdit}
        />
      </div>
      <CacheCard
        serviceId={service.id}
        variables={variables}
        canEdit={canEdit}
        canSet={hasPermission(ctx.actor.role, "incident.respond")}
      />
    </div>
  );
}
