import { RemoveButton } from "#components/reports/saved/remove-button";
import { Time } from "#components/time/time";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { cadenceWords } from "#lib/reports/cadence-words";
import type { ReportScheduleDto } from "#lib/reports/schemas";

export function ScheduleList({ schedules }: { schedules: readonly ReportScheduleDto[] }) {
  if (schedules.length === 0) {
    return <EmptyState kind="first-use" title="No report goes out by mail yet." />;
  }
  return (
    <ul className="flex flex-col divide-y">
      {schedules.map((schedule) => (
        <li key={schedule.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
          <span className="min-w-0">
            <TextLink href={schedule.href} className="font-medium">
              {schedule.name}
            </TextLink>
            <span className="block text-meta text-text-3">
              {cadenceWords(schedule.cadence)} to {schedule.recipients.join(", ")} · as {schedule.owner} sees
              it
            </span>
            <span className="block text-meta text-text-3">
              Next <Time at={schedule.nextAt} format="date-time" />
              {schedule.last === null ? null : (
                <>
                  {" "}
                  · last <Time at={schedule.last.dueAt} format="date-time" />: {lastWords(schedule.last)}
                </>
              )}
            </span>
          </span>
          <RemoveButton kind="schedule" id={schedule.id} name={schedule.name} />
        </li>
      ))}
    </ul>
  );
}

function lastWords({ sent, waiting, failed, detail }: NonNullable<ReportScheduleDto["last"]>): string {
  const parts = [
    `${sent} sent`,
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return detail === null ? parts.join(", ") : `${parts.join(", ")} (${detail})`;
}
