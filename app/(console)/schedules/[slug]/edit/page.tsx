import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { DeleteSchedule } from "#components/schedules/delete-schedule";
import { ScheduleEditor } from "#components/schedules/schedule-editor";
import { Forbidden } from "#components/ui/forbidden";
import { TextLink } from "#components/ui/link";
import { requireContext } from "#lib/auth/session";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { draftOf } from "#lib/on-call/editor-draft";
import { readEditorChoices } from "#lib/on-call/queries/editor-choices";
import { getSchedule } from "#lib/on-call/queries/schedules";
import { rotationWallClock } from "#lib/on-call/rotation-start";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";

export const metadata: Metadata = { title: "Edit schedule" };

export default async function EditSchedulePage({ params }: { params: Promise<{ slug: string }> }) {
  const [ctx, { slug }] = await Promise.all([requireContext(), params]);
  if (!hasPermission(ctx.actor.role, "configure")) {
    return <Forbidden what="Editing schedules" role={leastRoleWith("configure")} grantedBy="An admin" />;
  }
  const [schedule, choices] = await Promise.all([readSchedule(ctx, slug), readEditorChoices(ctx)]);
  const { id, name, version, timeZone, policies } = schedule;
  return (
    <>
      <LiveRefresh entities={["schedule"]} />
      <PageHeader
        title={`Edit ${name}`}
        trail={name}
        before={<TextLink href={`/schedules/${schedule.slug}`}>Back to the schedule</TextLink>}
        description={`A draft on version ${version}; nothing changes before you publish.`}
        actions={<DeleteSchedule schedule={{ id, name }} policies={policies.map((policy) => policy.name)} />}
      />
      <ScheduleEditor
        schedule={{ id, slug: schedule.slug, version }}
        template={null}
        base={draftOf(schedule)}
        today={rotationWallClock(timeZone, new Date(choices.now)).slice(0, 10)}
        {...choices}
      />
    </>
  );
}

async function readSchedule(ctx: Context, slug: string) {
  try {
    return await getSchedule(ctx, slug);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
