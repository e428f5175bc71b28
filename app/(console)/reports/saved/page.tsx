import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { KeepView } from "#components/reports/saved/keep-view";
import { ScheduleDialog } from "#components/reports/saved/schedule-dialog";
import { ScheduleList } from "#components/reports/saved/schedule-list";
import { ShareDialog } from "#components/reports/saved/share-dialog";
import { SnapshotList } from "#components/reports/saved/snapshot-list";
import { ViewList } from "#components/reports/saved/view-list";
import { Card } from "#components/ui/card";
import { requireContext } from "#lib/auth/session";
import { env } from "#lib/env";
import { hasPermission } from "#lib/people/permissions";
import { getUser } from "#lib/people/queries/users";
import { listReportSchedules, listSavedViews, listSnapshots } from "#lib/reports/queries/saved";
import { reportOf, VIEW_PATH } from "#lib/reports/sharing";

export const metadata: Metadata = { title: "Saved views and reports by mail" };

export default async function SavedPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [ctx, parameters] = await Promise.all([requireContext(), searchParams]);
  const mayShare = hasPermission(ctx.actor.role, "configure");
  const [views, schedules, snapshots, self] = await Promise.all([
    listSavedViews(ctx),
    listReportSchedules(ctx),
    mayShare ? listSnapshots(ctx) : [],
    getUser(ctx, ctx.actor.id ?? ""),
  ]);
  const { path, query } = targetOf(parameters["for"]);
  const report = path === null ? null : reportOf(path);
  return (
    <>
      <LiveRefresh entities={["saved_view", "report_schedule", "report_snapshot"]} />
      <PageHeader
        title="Saved views and reports by mail"
        description="Lists and reports with their filters, kept under a name, sent by mail, or shared with people without an account."
      />
      <div className="flex flex-col gap-5">
        {path === null ? null : <KeepView path={path} query={query} />}
        <Card title="Views" subtitle="Yours and those that others share">
          <ViewList views={views} mayRemoveShared={mayShare} />
        </Card>
        <Card
          title="By mail"
          subtitle="A report with its charts, at a time of day by the clock of a place"
          actions={
            <ScheduleDialog
              report={report ?? "response"}
              query={report === null ? "" : query}
              email={self.email}
              timeZone={ctx.actor.timeZone}
            />
          }
        >
          <ScheduleList schedules={schedules} />
        </Card>
        {mayShare ? (
          <Card
            title="Snapshots"
            subtitle="A report as it was, for whoever has its address, until it expires"
            actions={
              <ShareDialog
                report={report ?? "response"}
                query={report === null ? "" : query}
                baseUrl={env().url}
              />
            }
          >
            <SnapshotList snapshots={snapshots} />
          </Card>
        ) : null}
      </div>
    </>
  );
}

/** The list or report that the reader came from. */
function targetOf(given: string | string[] | undefined): { path: string | null; query: string } {
  const text = typeof given === "string" ? given : "";
  const at = text.indexOf("?");
  const path = at < 0 ? text : text.slice(0, at);
  return { path: VIEW_PATH.test(path) ? path : null, query: at < 0 ? "" : text.slice(at + 1) };
}
