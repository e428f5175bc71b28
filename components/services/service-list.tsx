"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { CatalogueFilters } from "#components/services/catalogue-filters";
import { ServiceTable } from "#components/services/service-table";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { LoadMore } from "#components/ui/load-more";
import { RowNavigation } from "#components/ui/row-navigation";
import { catalogueHref, filterCatalogue, parseCatalogueFilter } from "#lib/services/catalogue-filter";
import type { CatalogueFilter } from "#lib/services/catalogue-filter";
import type { CatalogueService } from "#lib/services/client";

const STEP = 100;

const EVERYTHING: CatalogueFilter = { query: "", team: null, tier: null, health: null };

/** The whole catalogue is here already, so every letter typed narrows it at once; the address follows. */
export function ServiceList({ services }: { services: readonly CatalogueService[] }) {
  const parameters = useSearchParams();
  const [filter, setFilter] = useState(() => parseCatalogueFilter(new URLSearchParams(parameters)));
  const [limit, setLimit] = useState(STEP);
  const change = (next: CatalogueFilter) => {
    setFilter(next);
    window.history.replaceState(null, "", catalogueHref(next));
  };
  const found = filterCatalogue(services, filter);
  return (
    <div className="flex flex-col gap-3">
      <CatalogueFilters services={services} filter={filter} found={found.length} onChange={change} />
      {found.length === 0 ? (
        <EmptyState
          kind="filtered"
          title="No service fits."
          actions={<Button onClick={() => change(EVERYTHING)}>Show all {services.length}</Button>}
        >
          Words are looked for in names, purposes, teams, policies and the people on call.
        </EmptyState>
      ) : (
        <>
          <Card flush>
            <RowNavigation>
              <ServiceTable services={found.slice(0, limit)} />
            </RowNavigation>
          </Card>
          {found.length > limit ? (
            <LoadMore
              shown={limit}
              total={found.length}
              noun="services"
              hasMore
              onLoadMore={() => setLimit(limit + STEP)}
            />
          ) : null}
        </>
      )}
    </div>
  );
}
