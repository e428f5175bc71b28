import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { TeamDialog } from "#components/people/team-dialog";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink, TextLink } from "#components/ui/link";
import { RowNavigation } from "#components/ui/row-navigation";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { requireContext } from "#lib/auth/session";
import { hasPermission } from "#lib/people/permissions";
import { listTeams } from "#lib/people/queries/teams";

export const metadata: Metadata = { title: "Teams" };

export default async function TeamsPage() {
  const ctx = await requireContext();
  const { teams } = await listTeams(ctx);
  const create = hasPermission(ctx.actor.role, "configure") ? <TeamDialog /> : null;
  return (
    <>
      <LiveRefresh entities={["team"]} />
      <PageHeader
        title="Teams"
        description={`${teams.length} ${teams.length === 1 ? "team" : "teams"}.`}
        actions={
          <>
            <ButtonLink href="/people">People</ButtonLink>
            {create}
          </>
        }
      />
      {teams.length === 0 ? (
        <EmptyState kind="first-use" title="There is no team yet." actions={create}>
          A team owns services, schedules and policies, so that everybody sees who owns what.
        </EmptyState>
      ) : (
        <Card flush>
          <RowNavigation>
            <Table caption="Teams">
              <TableHead>
                <HeaderCell>Team</HeaderCell>
                <HeaderCell numeric>People</HeaderCell>
                <HeaderCell numeric>Services</HeaderCell>
                <HeaderCell numeric className="max-md:hidden">
                  Policies
                </HeaderCell>
                <HeaderCell numeric className="max-md:hidden">
                  Schedules
                </HeaderCell>
              </TableHead>
              <tbody>
                {teams.map((team) => (
                  <TableRow key={team.id} rowId={team.id}>
                    <Cell grow className="py-1.5">
                      <TextLink
                        tone="quiet"
                        data-row-link
                        href={`/teams/${team.slug}`}
                        className="block truncate font-medium"
                      >
                        {team.name}
                      </TextLink>
                      {team.description === null ? null : (
                        <span className="block truncate text-meta text-text-3">{team.description}</span>
                      )}
                    </Cell>
                    <Cell numeric>{team.memberCount}</Cell>
                    <Cell numeric>{team.serviceCount}</Cell>
                    <Cell numeric className="max-md:hidden">
                      {team.policyCount}
                    </Cell>
                    <Cell numeric className="max-md:hidden">
                      {team.scheduleCount}
                    </Cell>
                  </TableRow>
                ))}
              </tbody>
            </Table>
          </RowNavigation>
        </Card>
      )}
    </>
  );
}
