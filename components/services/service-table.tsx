"use client";

import { DayBars } from "#components/services/day-bars";
import { ServiceHealthBadge } from "#components/services/service-health";
import { TierBadge } from "#components/services/tier-badge";
import { TextLink } from "#components/ui/link";
import { PersonChip } from "#components/ui/person-chip";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { CatalogueService } from "#lib/services/client";

/** Services as rows: health, what it is, how much it matters, whose it is, who answers, what is open, how busy it was. */
export function ServiceTable({ services }: { services: readonly CatalogueService[] }) {
  const most = Math.max(...services.flatMap(({ dailyIncidents }) => dailyIncidents));
  return (
    <Table caption="Services">
      <TableHead>
        <HeaderCell className="max-md:hidden">Health</HeaderCell>
        <HeaderCell>Service</HeaderCell>
        <HeaderCell className="max-md:hidden">Tier</HeaderCell>
        <HeaderCell className="max-lg:hidden">Owner</HeaderCell>
        <HeaderCell className="max-sm:hidden">On call now</HeaderCell>
        <HeaderCell numeric className="max-md:hidden">
          Open
        </HeaderCell>
        <HeaderCell className="max-lg:hidden">30 days</HeaderCell>
      </TableHead>
      <tbody>
        {services.map((service) => (
          <ServiceRow key={service.id} service={service} most={most} />
        ))}
      </tbody>
    </Table>
  );
}

function ServiceRow({ service, most }: { service: CatalogueService; most: number }) {
  const open = service.openIncidents.triggered + service.openIncidents.acknowledged;
  return (
    <TableRow rowId={service.id}>
      <Cell className="whitespace-nowrap max-md:hidden">
        <ServiceHealthBadge health={service.health} />
      </Cell>
      <Cell grow className="py-1.5 md:min-w-48">
        <TextLink
          tone="quiet"
          data-row-link
          href={`/services/${service.slug}`}
          className="block truncate font-medium"
        >
          {service.name}
        </TextLink>
        {service.description === null ? null : (
          <span className="block truncate text-meta text-text-3">{service.description}</span>
        )}
        <span className="mt-1 flex flex-wrap items-center gap-2 md:hidden">
          <ServiceHealthBadge health={service.health} />
          <TierBadge tier={service.tier} />
          <span className="sm:hidden">
            <OnCall service={service} />
          </span>
        </span>
      </Cell>
      <Cell className="max-md:hidden">
        <TierBadge tier={service.tier} />
      </Cell>
      <Cell className="max-w-40 truncate max-lg:hidden">
        {service.team === null ? (
          <span className="text-status-amber-fg">No owner</span>
        ) : (
          <TextLink tone="quiet" href={`/teams/${service.team.slug}`} className="text-text-2">
            {service.team.name}
          </TextLink>
        )}
      </Cell>
      <Cell className="max-w-44 max-sm:hidden">
        <OnCall service={service} />
      </Cell>
      <Cell numeric className="max-md:hidden">
        {open === 0 ? (
          <span className="text-text-3">0</span>
        ) : (
          <TextLink tone="quiet" href={`/incidents?service=${service.id}&status=open`}>
            {open}
          </TextLink>
        )}
      </Cell>
      <Cell className="max-lg:hidden">
        <DayBars values={service.dailyIncidents} most={most} label={describeMonth(service.dailyIncidents)} />
      </Cell>
    </TableRow>
  );
}

/** Whoever would be told first; a policy without anybody there is the thing to see. */
function OnCall({ service }: { service: CatalogueService }) {
  const people = service.onCall[0]?.people ?? [];
  const [first] = people;
  if (!first) return <span className="text-table font-medium text-status-red-fg">Nobody</span>;
  return (
    <PersonChip
      person={first}
      href={`/people/${first.id}`}
      {...(people.length > 1 ? { note: `+${people.length - 1}` } : {})}
    />
  );
}

function describeMonth(daily: readonly number[]): string {
  const total = daily.reduce((sum, count) => sum + count, 0);
  return `${total} ${total === 1 ? "incident" : "incidents"} in 30 days`;
}
