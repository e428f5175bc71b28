import { DayStrip } from "#components/charts/day-strip";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import type { Availability, AvailabilityWindow } from "#lib/service-levels/report";
import { formatDuration } from "#lib/time/format";

/** Each service that customers meet: what was promised, what they got, and its last 90 days. */
export function AvailabilityTable({ services }: { services: readonly Availability[] }) {
  if (services.length === 0) {
    return (
      <EmptyState kind="first-use" title="No service says that customers meet it.">
        Its settings do; its availability is then reported here.
      </EmptyState>
    );
  }
  return (
    <ul className="grid grid-cols-1 gap-4 xl:grid-cols-2">
      {services.map((service) => (
        <li key={service.serviceId} className="min-w-0 rounded-card border bg-surface p-4">
          <ServiceAvailability service={service} />
        </li>
      ))}
    </ul>
  );
}

function ServiceAvailability({ service }: { service: Availability }) {
  const { month, rolling, target, outages } = service;
  const days = service.days.map(({ date, downMs }) => ({
    date,
    worst:
      downMs === 0
        ? ("operational" as const)
        : downMs < HOUR
          ? ("degraded" as const)
          : ("major_outage" as const),
    title: downMs === 0 ? `${date}: no outage` : `${date}: out for ${formatDuration(downMs)}`,
  }));
  const bad = service.days.filter(({ downMs }) => downMs > 0);
  return (
    <figure>
      <figcaption className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <TextLink href={`/services/${service.slug}`} className="font-medium">
          {service.name}
        </TextLink>
        <span className="text-table text-text-2">{target === null ? "no target" : `target ${target} %`}</span>
      </figcaption>
      <DayStrip days={days} summary={`${bad.length} of ${days.length} days with an outage`} />
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-1 text-table">
        <Window label="This month" window={month} target={target} />
        <Window label="Last 28 days" window={rolling} target={target} />
      </dl>
      <p className="mt-1 text-meta text-text-3">
        {outages.count === 0 ? (
          "No outage began in the last 28 days"
        ) : (
          <>
            <TextLink href={outages.href}>{outages.count}</TextLink> began in the last 28 days
          </>
        )}
        ; {bad.length} of 90 days with one.
      </p>
    </figure>
  );
}

const HOUR = 3_600_000;

function Window({
  label,
  window,
  target,
}: {
  label: string;
  window: AvailabilityWindow;
  target: number | null;
}) {
  const missed = target !== null && window.upPercent < target;
  return (
    <div>
      <dt className="text-text-2">{label}</dt>
      <dd className="tabular">
        <span className="font-medium">{window.upPercent.toFixed(window.upPercent > 99.9 ? 3 : 2)} %</span>
        {missed ? " missed" : ""}, out {formatDuration(window.downMs)}
      </dd>
      {window.budgetLeftMs === null ? null : (
        <dd className="tabular text-text-3">
          {window.budgetLeftMs >= 0
            ? `${formatDuration(window.budgetLeftMs)} left to its end`
            : `${formatDuration(-window.budgetLeftMs)} too much`}
        </dd>
      )}
    </div>
  );
}
