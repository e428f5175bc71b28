"use client";

import { Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { DirectoryRow } from "#components/on-call/directory-row";
import type { Contact } from "#components/on-call/level-people";
import { EmptyState } from "#components/ui/empty-state";
import { Button } from "#components/ui/button";
import { Input } from "#components/ui/input";
import { RowNavigation } from "#components/ui/row-navigation";
import { TextLink } from "#components/ui/link";
import type { OnCallEntry } from "#lib/on-call/client";
import { matchesEntry } from "#lib/on-call/directory";

interface DirectoryProps {
  entries: readonly OnCallEntry[];
  contacts: Readonly<Record<string, Contact>>;
  initialQuery: string;
  viewerId: string | null;
  canDeclare: boolean;
}

/** Who to call about what: found while typing, grouped by team. */
export function Directory({ entries, contacts, initialQuery, viewerId, canDeclare }: DirectoryProps) {
  const [query, setQuery] = useState(initialQuery);
  const asked = useDeferredValue(query);
  const found = entries.filter((entry) => matchesEntry(entry, asked));
  const groups = [...Map.groupBy(found, ({ team }) => team?.name ?? "")].toSorted(([a], [b]) =>
    // Those without a team come last.
    a === "" || b === "" ? Number(a === "") - Number(b === "") : a.localeCompare(b),
  );
  return (
    <div className="flex flex-col gap-4">
      <SearchField query={query} onChange={setQuery} found={found.length} total={entries.length} />
      {found.length === 0 ? (
        <EmptyState
          kind="filtered"
          title={`Nothing is called “${asked.trim()}”.`}
          actions={<Button onClick={() => setQuery("")}>Clear the search</Button>}
        >
          Services, policies, schedules, teams and people are searched by the beginnings of their words.
        </EmptyState>
      ) : null}
      <RowNavigation>
        <div className="overflow-clip rounded-card border bg-surface empty:hidden">
          {groups.map(([name, ofTeam]) => (
            <section key={name} aria-label={name || "No team"} className="border-b last:border-b-0">
              <h2 className="flex min-h-8 items-center bg-sunken px-4 text-table font-medium text-text-2">
                <TeamName team={ofTeam[0]?.team ?? null} />
              </h2>
              <ul>
                {ofTeam.map((entry) => (
                  <DirectoryRow
                    key={entry.policy.id}
                    entry={entry}
                    query={asked}
                    contacts={contacts}
                    viewerId={viewerId}
                    canDeclare={canDeclare}
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
      </RowNavigation>
    </div>
  );
}

function TeamName({ team }: { team: OnCallEntry["team"] }) {
  if (team === null) return "No team";
  return (
    <TextLink tone="quiet" className="text-text-2" href={`/teams/${team.slug}`}>
      {team.name}
    </TextLink>
  );
}

interface SearchFieldProps {
  query: string;
  onChange: (query: string) => void;
  found: number;
  total: number;
}

function SearchField({ query, onChange, found, total }: SearchFieldProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <search className="relative w-full max-w-120">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-3"
        />
        <Input
          type="search"
          aria-label="Search who is on call"
          placeholder="A service, team or person"
          className="pl-8"
          value={query}
          autoComplete="off"
          spellCheck={false}
          data-initial-focus
          data-page-search
          onChange={(event) => onChange(event.target.value)}
        />
      </search>
      <output className="tabular text-meta text-text-3">
        {query.trim() === "" ? "" : `${found} of ${total}`}
      </output>
    </div>
  );
}
