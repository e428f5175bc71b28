import { ServiceHealthBadge } from "#components/services/service-health";
import { TierBadge } from "#components/services/tier-badge";
import { TextLink } from "#components/ui/link";
import type { Dependency } from "#lib/services/client";

interface DependencyListProps {
  /** "Uses" or "Used by". */
  title: string;
  /** What it says when there are none. */
  none: string;
  services: readonly Dependency[];
}

export function DependencyList({ title, none, services }: DependencyListProps) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-meta font-regular text-text-3">{title}</h3>
      {services.length === 0 ? (
        <p className="text-table text-text-2">{none}</p>
      ) : (
        <ul className="flex flex-col">
          {services.map((service) => (
            <li key={service.id} className="flex min-h-8 items-center gap-2">
              <TextLink tone="quiet" href={`/services/${service.slug}`} className="min-w-0 flex-1 truncate">
                {service.name}
              </TextLink>
              <TierBadge tier={service.tier} />
              {service.health === "active" ? null : <ServiceHealthBadge health={service.health} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
