import { AvailabilityTable } from "#components/service-levels/availability-table";
import { LevelCompliance } from "#components/service-levels/level-compliance";
import { Time } from "#components/time/time";
import { EmptyState } from "#components/ui/empty-state";
import { ButtonLink, TextLink } from "#components/ui/link";
import type { ServiceLevelReport } from "#lib/service-levels/report";

interface ComplianceViewProps {
  report: ServiceLevelReport;
  mayChange: boolean;
}

/** The whole report below its filters: promises about incidents, then availability; never mixed. */
export function ComplianceView({ report, mayChange }: ComplianceViewProps) {
  return (
    <div className="flex flex-col gap-6">
      <section aria-labelledby="promises" className="flex flex-col gap-4">
        <h2 id="promises" className="text-section font-semibold">
          Promises about incidents
        </h2>
        {report.levels.length === 0 ? (
          <EmptyState
            kind="first-use"
            title="Nothing is promised yet."
            actions={
              mayChange ? (
                <ButtonLink href="/settings/service-levels">Set up service levels</ButtonLink>
              ) : undefined
            }
          >
            A service level names a clock and a time for each kind of incident.
          </EmptyState>
        ) : (
          report.levels.map((level) => <LevelCompliance key={level.policyId} level={level} />)
        )}
      </section>
      <section aria-labelledby="availability" className="flex flex-col gap-4">
        <h2 id="availability" className="text-section font-semibold">
          Availability of what customers meet
        </h2>
        <AvailabilityTable services={report.availability} />
      </section>
      <footer className="flex flex-col gap-1 text-meta text-text-3">
        <p>
          Kept = met ÷ (met + broken). What is open beyond its time is broken; what is open within it, paused,
          or was over before anybody had to act is not judged. Merged and imported incidents are left out.
          Intervals are Wilson’s at 95 %.
        </p>
        <p>
          A service is out while an incident on it affects customers; where nobody said whether they noticed,
          while a major one is open. Overlaps count once.
        </p>
        <p>
          Month: since <Time at={report.monthStart} format="date-time" />; 28 days: since{" "}
          <Time at={report.rollingStart} format="date-time" />. As of{" "}
          <Time at={report.generatedAt} format="date-time" />, {report.timeZone}.{" "}
          <TextLink href="/settings/service-levels">Service levels</TextLink>
        </p>
      </footer>
    </div>
  );
}
