import type { Metadata } from "next";
import { PolicyEditor } from "#components/escalation/policy-editor";
import { PageHeader } from "#components/layout/page-header";
import { Forbidden } from "#components/ui/forbidden";
import { requireContext } from "#lib/auth/session";
import { NEW_POLICY } from "#lib/escalation/editor-draft";
import { readPolicyChoices } from "#lib/escalation/queries/editor-choices";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "New escalation policy" };

export default async function NewPolicyPage() {
  const ctx = await requireContext();
  if (!hasPermission(ctx.actor.role, "configure")) {
    return (
      <Forbidden what="Making escalation policies" role={leastRoleWith("configure")} grantedBy="An admin" />
    );
  }
  return (
    <>
      <PageHeader
        title="New escalation policy"
        description="Who is told at once, how long to wait for an answer, and who is told next."
      />
      <PolicyEditor policy={null} base={NEW_POLICY} choices={await readPolicyChoices(ctx)} />
    </>
  );
}
