import type { Metadata } from "next";
import { PolicyRow } from "#components/escalation/policy-row";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink } from "#components/ui/link";
import { RowNavigation } from "#components/ui/row-navigation";
import { HeaderCell, Table, TableHead } from "#components/ui/table";
import { requireContext } from "#lib/auth/session";
import { listPolicies } from "#lib/escalation/queries/policies";
import { hasPermission } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Escalation policies" };

export default async function EscalationPage() {
  const ctx = await requireContext();
  const { policies } = await listPolicies(ctx);
  const troubled = policies.filter(({ warnings }) => warnings.length > 0).length;
  const counted = `${policies.length} ${policies.length === 1 ? "policy" : "policies"}`;
  const create = hasPermission(ctx.actor.role, "configure") ? (
    <ButtonLink href="/escalation/new" variant="primary">
      New policy
    </ButtonLink>
  ) : undefined;
  return (
    <>
      <LiveRefresh entities={["escalation_policy", "schedule", "user", "service"]} />
      <PageHeader
        title="Escalation policies"
        description={
          policies.length === 0
            ? "Who is told first, and who if they don’t answer."
            : troubled === 0
              ? `${counted}, all in order.`
              : `${counted}, ${troubled} ${troubled === 1 ? "needs" : "need"} attention.`
        }
        actions={policies.length === 0 ? undefined : create}
      />
      {policies.length === 0 ? (
        <EmptyState kind="first-use" title="No escalation policies yet" actions={create}>
          A policy says who is told at once, how long to wait for an answer, and who is told next. Services
          point at one.
        </EmptyState>
      ) : (
        <Card flush>
          <RowNavigation>
            <Table caption="Escalation policies">
              <TableHead>
                <HeaderCell>Policy</HeaderCell>
                <HeaderCell className="max-md:hidden">Level 1 now</HeaderCell>
                <HeaderCell className="max-lg:hidden">Levels</HeaderCell>
                <HeaderCell numeric className="max-sm:hidden">
                  Services
                </HeaderCell>
              </TableHead>
              <tbody>
                {policies.map((policy) => (
                  <PolicyRow key={policy.id} policy={policy} />
                ))}
              </tbody>
            </Table>
          </RowNavigation>
        </Card>
      )}
    </>
  );
}
