import type { Metadata } from "next";
import { ReportPage } from "#components/reports/report-page";
import { ComplianceView } from "#components/service-levels/compliance-view";
import { ScopeFilter } from "#components/service-levels/scope-filter";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { EVERY_INCIDENT, incidentFilterParameters, parseIncidentFilter } from "#lib/incidents/filter";
import { readFilterChoices } from "#lib/incidents/queries/filter-choices";
import { hasPermission } from "#lib/people/permissions";
import { readServiceLevelReport } from "#lib/service-levels/queries/compliance";
import type { ServiceLevelFilter } from "#lib/service-levels/queries/compliance";

export const metadata: Metadata = { title: "Service levels report" };

export default async function ServiceLevelReportPage({ searchParams }: PageProps<"/reports/sla">) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const { team, service } = parseIncidentFilter(parameters).filter;
  const choices = await readFilterChoices(ctx);
  const key = JSON.stringify({ team, service });
  return (
    <ReportPage
      title="Service levels"
      description="Whether what was promised about incidents is kept, and how available customers find us."
      href={hrefOf({ team, service })}
      filters={<ScopeFilter key={key} team={team[0] ?? ""} service={service[0] ?? ""} choices={choices} />}
    >
      <Report ctx={ctx} filter={{ team, service }} />
    </ReportPage>
  );
}

function hrefOf({ team, service }: ServiceLevelFilter): string {
  const query = incidentFilterParameters({ ...EVERY_INCIDENT, team, service }).toString();
  return query === "" ? "/reports/sla" : `/reports/sla?${query}`;
}

async function Report({ ctx, filter }: { ctx: Context; filter: ServiceLevelFilter }) {
  const report = await readServiceLevelReport(ctx, filter);
  return <ComplianceView report={report} mayChange={hasPermission(ctx.actor.role, "configure")} />;
}
