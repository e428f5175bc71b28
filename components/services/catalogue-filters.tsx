"use client";

import { SearchField } from "#components/ui/search-field";
import { serviceHealthLabel } from "#components/services/service-health";
import { tierLabel } from "#components/services/tier-badge";
import { Select } from "#components/ui/select";
import { NO_OWNER } from "#lib/services/catalogue-filter";
import type { CatalogueFilter } from "#lib/services/catalogue-filter";
import type { CatalogueService } from "#lib/services/client";
import { HEALTH_STATES } from "#lib/services/health";

interface CatalogueFiltersProps {
  services: readonly CatalogueService[];
  filter: CatalogueFilter;
  found: number;
  onChange: (filter: CatalogueFilter) => void;
}

export function CatalogueFilters({ services, filter, found, onChange }: CatalogueFiltersProps) {
  const teams = new Map(services.flatMap(({ team }) => (team ? [[team.slug, team.name]] : [])));
  const isFiltered = filter.team !== null || filter.tier !== null || filter.health !== null;
  const orphans = services.filter(({ team }) => team === null).length;
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Search services"
        placeholder="Service, team or who is on call"
        value={filter.query}
        onChange={(query) => onChange({ ...filter, query })}
      />
      <div className="flex max-w-full gap-2 overflow-x-auto p-0.5">
        <Select
          aria-label="Owner team"
          className="w-36 shrink-0"
          value={filter.team ?? ""}
          onChange={(event) => onChange({ ...filter, team: event.target.value || null })}
        >
          <option value="">Any team</option>
          {orphans > 0 ? <option value={NO_OWNER}>No owner ({orphans})</option> : null}
          {[...teams]
            .toSorted(([, a], [, b]) => a.localeCompare(b))
            .map(([slug, name]) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
        </Select>
        <Select
          aria-label="Tier"
          className="w-30 shrink-0"
          value={filter.tier ?? ""}
          onChange={(event) => onChange({ ...filter, tier: Number(event.target.value) || null })}
        >
          <option value="">Any tier</option>
          {[1, 2, 3, 4].map((tier) => (
            <option key={tier} value={tier}>
              {tierLabel(tier)}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Health"
          className="w-34 shrink-0"
          value={filter.health ?? ""}
          onChange={(event) => {
            const health = HEALTH_STATES.find((state) => state === event.target.value) ?? null;
            onChange({ ...filter, health });
          }}
        >
          <option value="">Any health</option>
          {HEALTH_STATES.map((health) => (
            <option key={health} value={health}>
              {serviceHealthLabel(health)}
            </option>
          ))}
        </Select>
      </div>
      <output className="tabular text-meta text-text-3">
        {isFiltered || filter.query.trim() !== "" ? `${found} of ${services.length}` : ""}
      </output>
    </search>
  );
}
