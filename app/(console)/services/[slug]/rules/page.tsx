import { RuleSetPage } from "#components/rules/rule-set-page";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { hasPermission } from "#lib/people/permissions";
import { readRuleSetPage } from "#lib/rules/queries/rule-set-page";
import { getService } from "#lib/services/queries/services";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ version?: string | string[] }>;
};

export default async function ServiceRulesPage({ params, searchParams }: Props) {
  const [ctx, { slug }, { version }] = await Promise.all([requireContext(), params, searchParams]);
  const service = await orNotFound(getService(ctx, slug));
  const place = { kind: "service" as const, serviceId: service.id };
  const page = await readRuleSetPage(ctx, place, version);
  return (
    <RuleSetPage
      href={`/services/${service.slug}/rules`}
      place={place}
      {...page}
      canEdit={hasPermission(ctx.actor.role, "configure")}
    />
  );
}
