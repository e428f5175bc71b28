import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeletePolicy } from "#components/escalation/delete-policy";
import { PolicyEditor } from "#components/escalation/policy-editor";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { Forbidden } from "#components/ui/forbidden";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { policyDraftOf } from "#lib/escalation/editor-draft";
import { readPolicyChoices } from "#lib/escalation/queries/editor-choices";
import { getPolicy } from "#lib/escalation/queries/policies";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Edit escalation policy" };

export default async function EditPolicyPage({ params }: { params: Promise<{ slug: string }> }) {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  if (!hasPermission(ctx.actor.role, "configure")) {
    return (
      <Forbidden what="Editing escalation policies" role={leastRoleWith("configure")} grantedBy="An admin" />
    );
  }
  const policy = await readPolicy(ctx, slug);
  const choices = await readPolicyChoices(ctx, policy.id);
  const { id, name, version, services } = policy;
  return (
    <>
      <LiveRefresh entities={["escalation_policy"]} />
      <PageHeader
        title={`Edit ${name}`}
        trail={name}
        before={<TextLink href={`/escalation/${policy.slug}`}>Back to the policy</TextLink>}
        description="Open incidents keep the policy they began with; new ones follow what you save."
        actions={<DeletePolicy policy={{ id, name }} serviceCount={services.length} />}
      />
      <PolicyEditor
        policy={{ id, slug: policy.slug, version }}
        base={policyDraftOf(policy)}
        choices={choices}
      />
    </>
  );
}

async function readPolicy(ctx: Context, slug: string) {
  try {
    return await getPolicy(ctx, slug);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
