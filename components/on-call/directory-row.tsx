import { TriangleAlert } from "lucide-react";
import { LevelPeople, type Contact } from "#components/on-call/level-people";
import { TakeOver } from "#components/on-call/take-over";
import { ButtonLink, TextLink } from "#components/ui/link";
import type { OnCallEntry } from "#lib/on-call/client";
import { servicesFor } from "#lib/on-call/directory";

const SHOWN_LEVELS = 3;
const SHOWN_SERVICES = 4;

interface DirectoryRowProps {
  entry: OnCallEntry;
  query: string;
  contacts: Readonly<Record<string, Contact>>;
  /** Null: may not take over. */
  viewerId: string | null;
  canDeclare: boolean;
}

/** One escalation policy: what it is for, who each level is now, and what to do about it. */
export function DirectoryRow({ entry, query, contacts, viewerId, canDeclare }: DirectoryRowProps) {
  const services = servicesFor(entry.services, query);
  const [service] = services;
  // Who is on two levels is said once.
  const warnings = entry.warnings.filter(
    ({ kind, text }, index) =>
      kind !== "empty_level" && entry.warnings.findIndex((other) => other.text === text) === index,
  );
  return (
    <li
      data-row={entry.policy.id}
      tabIndex={-1}
      className="grid grid-cols-1 gap-x-4 gap-y-3 border-b px-4 py-3 last:border-b-0 focus-visible:shadow-[inset_3px_0_0_var(--focus)] focus-visible:outline-offset-[-2px] md:grid-cols-2 xl:grid-cols-[minmax(0,1.1fr)_repeat(3,minmax(0,1fr))_6rem]"
    >
      <div className="min-w-0 md:max-xl:col-span-2">
        <TextLink
          tone="quiet"
          data-row-link
          href={`/escalation/${entry.policy.slug}`}
          className="inline-block min-h-6 font-medium [overflow-wrap:anywhere]"
        >
          {entry.policy.name}
        </TextLink>
        <Services services={services} />
        {warnings.map(({ kind, level, text }) => (
          <p key={`${kind} ${level} ${text}`} className="mt-1 flex gap-1.5 text-meta text-status-amber-fg">
            <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            {text}
          </p>
        ))}
      </div>
      {entry.levels.slice(0, SHOWN_LEVELS).map((level) => (
        <div key={level.level} className="min-w-0">
          <h3 className="mb-0.5 text-meta font-regular text-text-3">
            Level {level.level}
            {level.level === 1 ? "" : `, after ${minutesBefore(entry, level.level)} min`}
          </h3>
          <LevelPeople level={level} contacts={contacts} />
        </div>
      ))}
      <div className="flex flex-wrap items-start gap-2 xl:col-start-5 xl:flex-col xl:items-stretch">
        {viewerId === null ? null : <TakeOver entry={entry} viewerId={viewerId} />}
        {canDeclare && service !== undefined ? (
          <ButtonLink
            size="small"
            variant="ghost"
            href={`/incidents/new?service=${service.id}`}
            aria-label={`Page whoever is on call for ${service.name}`}
          >
            Page…
          </ButtonLink>
        ) : null}
        {entry.levels.length > SHOWN_LEVELS ? (
          <span className="self-center text-meta text-text-3">
            +{entry.levels.length - SHOWN_LEVELS} levels
          </span>
        ) : null}
      </div>
    </li>
  );
}

function minutesBefore(entry: OnCallEntry, level: number): number {
  return entry.levels.slice(0, level - 1).reduce((sum, { delayMinutes }) => sum + delayMinutes, 0);
}

function Services({ services }: { services: OnCallEntry["services"] }) {
  if (services.length === 0) return <p className="text-meta text-text-3">No service uses it.</p>;
  const rest = services.length - SHOWN_SERVICES;
  return (
    <p className="text-table leading-6 text-text-2 [overflow-wrap:anywhere]">
      {services.slice(0, SHOWN_SERVICES).map(({ id, slug, name }, index) => (
        <span key={id}>
          {index === 0 ? "" : " "}
          <TextLink tone="quiet" href={`/services/${slug}`} className="py-1 text-text-2">
            {name}
          </TextLink>
          {index < Math.min(services.length, SHOWN_SERVICES) - 1 ? "," : ""}
        </span>
      ))}
      {rest > 0 ? <span className="text-text-3"> and {rest} more</span> : null}
    </p>
  );
}
