import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "#components/layout/page-header";
import { RuleSetPage } from "#components/rules/rule-set-page";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { readRuleSetPage } from "#lib/rules/queries/rule-set-page";
import { setName } from "#lib/rules/set-name";

type Props = {
  params: Promise<{ kind: string }>;
  searchParams: Promise<{ version?: string | string[] }>;
};

const KINDS = ["global", "router", "unrouted"] as const;

function kindOf(text: string) {
  return KINDS.find((kind) => kind === text) ?? notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: setName(kindOf((await params).kind), null) };
}

export default async function RuleSetOfOrganisation({ params, searchParams }: Props) {
  const [ctx, { kind: asked }, { version }] = await Promise.all([requireContext(), params, searchParams]);
  const kind = kindOf(asked);
  const place = { kind, serviceId: null };
  const page = await readRuleSetPage(ctx, place, version);
  const name = setName(kind, null);
  return (
    <>
      <PageHeader
        title={name}
        trail={name}
        before={<TextLink href="/rules">Event rules</TextLink>}
        description="For events of the integrations that rules route."
      />
      <RuleSetPage
        href={`/rules/${kind}`}
        place={place}
        {...page}
        suggested={null}
        canEdit={hasPermission(ctx.actor.role, "configure")}
      />
    </>
  );
}
