import type { Metadata } from "next";
import { PageHeader } from "#components/layout/page-header";
import { ScheduleEditor } from "#components/schedules/schedule-editor";
import { Forbidden } from "#components/ui/forbidden";
import { SegmentedLinks } from "#components/ui/tabs";
import { requireContext } from "#lib/auth/session";
import { rotationWallClock } from "#lib/on-call/rotation-start";
import { draftFromTemplate, SCHEDULE_TEMPLATES } from "#lib/on-call/templates";
import { hasPermission, leastRoleWith } from "#lib/people/permissions";
import { readEditorChoices } from "#lib/on-call/queries/editor-choices";

export const metadata: Metadata = { title: "New schedule" };

export default async function NewSchedulePage({
  searchParams,
}: {
  searchParams: Promise<{ template?: string }>;
}) {
  const [ctx, { template }] = await Promise.all([requireContext(), searchParams]);
  if (!hasPermission(ctx.actor.role, "configure")) {
    return <Forbidden what="Making schedules" role={leastRoleWith("configure")} grantedBy="An admin" />;
  }
  const choices = await readEditorChoices(ctx);
  const chosen = SCHEDULE_TEMPLATES.find(({ id }) => id === template) ?? SCHEDULE_TEMPLATES[0];
  const today = rotationWallClock(ctx.actor.timeZone, new Date(choices.now)).slice(0, 10);
  return (
    <>
      <PageHeader title="New schedule" description={`${chosen.hint}. Add people; the preview follows.`}>
        <SegmentedLinks
          label="Start from"
          options={SCHEDULE_TEMPLATES.map(({ id, name }) => ({
            href: `/schedules/new?template=${id}`,
            label: name,
            current: id === chosen.id,
          }))}
        />
      </PageHeader>
      <ScheduleEditor
        key={chosen.id}
        schedule={null}
        template={chosen.id}
        base={draftFromTemplate(chosen.id, today, ctx.actor.timeZone)}
        today={today}
        {...choices}
      />
    </>
  );
}
