"use client";

import { useRouter } from "next/navigation";
import { FilterChip } from "#components/ui/chip";
import { Select } from "#components/ui/select";
import { auditQuery, toggleFacet } from "#lib/organisation/audit-filter";
import type { AuditFacetName, AuditView } from "#lib/organisation/audit-filter";
import { words } from "#lib/organisation/audit-words";
import type { Facets } from "#lib/organisation/client";

interface AuditFiltersProps {
  view: AuditView;
  facets: Facets;
}

function href(view: AuditView): string {
  const query = auditQuery(view);
  return query === "" ? "/settings/audit" : `/settings/audit?${query}`;
}

type Choice = { value: string; label: string; count: number };

/** Three facets with how often each value occurs; choosing one adds it, its chip takes it off again. */
export function AuditFilters({ view, facets }: AuditFiltersProps) {
  const choices: Record<AuditFacetName, Choice[]> = {
    actorIds: facets.actors.map(({ id, name, count }) => ({ value: id, label: name, count })),
    objectTypes: facets.objectTypes.map(({ name, count }) => ({ value: name, label: words(name), count })),
    actions: facets.actions.map(({ name, count }) => ({ value: name, label: words(name), count })),
  };
  const chips = (["actorIds", "objectTypes", "actions"] as const).flatMap((facet) =>
    view[facet].map((value) => ({
      label: `${NAMES[facet]}: ${choices[facet].find((choice) => choice.value === value)?.label ?? value}`,
      removeHref: href(toggleFacet(view, facet, value)),
    })),
  );
  return (
    <div className="flex flex-col gap-2">
      <search className="flex max-w-full gap-2 overflow-x-auto p-0.5">
        {(["actorIds", "objectTypes", "actions"] as const).map((facet) => (
          <Facet key={facet} facet={facet} view={view} choices={choices[facet]} />
        ))}
      </search>
      {chips.length === 0 && view.objectId === null ? null : (
        <div className="flex flex-wrap gap-1.5">
          {chips.map((chip) => (
            <FilterChip key={chip.label} {...chip} />
          ))}
          {view.objectId === null ? null : (
            <FilterChip label={`Only ${view.objectId}`} removeHref={href({ ...view, objectId: null })} />
          )}
        </div>
      )}
    </div>
  );
}

const NAMES: Record<AuditFacetName, string> = {
  actorIds: "By",
  objectTypes: "Kind",
  actions: "Action",
};

interface FacetProps {
  facet: AuditFacetName;
  view: AuditView;
  choices: readonly Choice[];
}

function Facet({ facet, view, choices }: FacetProps) {
  const router = useRouter();
  return (
    <Select
      aria-label={`Filter: ${NAMES[facet].toLowerCase()}`}
      className="w-40 shrink-0"
      value=""
      onChange={(event) => {
        if (event.target.value !== "") {
          router.replace(href(toggleFacet(view, facet, event.target.value)), { scroll: false });
        }
      }}
    >
      <option value="">{NAMES[facet]}</option>
      {choices
        .filter(({ value }) => !view[facet].includes(value))
        .map(({ value, label, count }) => (
          <option key={value} value={value}>
            {label} ({count})
          </option>
        ))}
    </Select>
  );
}
