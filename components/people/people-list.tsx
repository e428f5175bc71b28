"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { ReadinessBadge } from "#components/people/readiness-badge";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { Avatar } from "#components/ui/person-chip";
import { RowNavigation } from "#components/ui/row-navigation";
import { SearchField } from "#components/ui/search-field";
import { Select } from "#components/ui/select";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { Person } from "#lib/people/client";
import { filterPeople, parsePeopleFilter, peopleHref } from "#lib/people/people-filter";
import type { PeopleFilter } from "#lib/people/people-filter";
import { READINESS_STATES } from "#lib/people/readiness";
import { ROLE_WORDS } from "#lib/people/role-words";
import { ROLES } from "#lib/people/roles";

const EVERYBODY: PeopleFilter = { query: "", role: null, readiness: null, onCall: false };
const READINESS_WORDS = { ready: "Ready", partly: "Partly ready", unreachable: "Not reachable" };

/** Everybody, narrowed while typing; the address follows. */
export function PeopleList({ people }: { people: readonly Person[] }) {
  const parameters = useSearchParams();
  const [filter, setFilter] = useState(() => parsePeopleFilter(new URLSearchParams(parameters)));
  const change = (next: PeopleFilter) => {
    setFilter(next);
    window.history.replaceState(null, "", peopleHref(next));
  };
  const found = filterPeople(people, filter);
  return (
    <div className="flex flex-col gap-3">
      <Filters filter={filter} found={found.length} total={people.length} onChange={change} />
      {found.length === 0 ? (
        <EmptyState
          kind="filtered"
          title="Nobody fits."
          actions={<Button onClick={() => change(EVERYBODY)}>Show everybody</Button>}
        />
      ) : (
        <Card flush>
          <RowNavigation>
            <PeopleTable people={found} />
          </RowNavigation>
        </Card>
      )}
    </div>
  );
}

interface FiltersProps {
  filter: PeopleFilter;
  found: number;
  total: number;
  onChange: (filter: PeopleFilter) => void;
}

function Filters({ filter, found, total, onChange }: FiltersProps) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Search people"
        placeholder="Name, e-mail or team"
        value={filter.query}
        onChange={(query) => onChange({ ...filter, query })}
      />
      <div className="flex max-w-full gap-2 overflow-x-auto p-0.5">
        <Select
          aria-label="Readiness"
          className="w-38 shrink-0"
          value={filter.readiness ?? ""}
          onChange={(event) => {
            const readiness = READINESS_STATES.find((state) => state === event.target.value) ?? null;
            onChange({ ...filter, readiness });
          }}
        >
          <option value="">Any readiness</option>
          {READINESS_STATES.map((state) => (
            <option key={state} value={state}>
              {READINESS_WORDS[state]}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Role"
          className="w-32 shrink-0"
          value={filter.role ?? ""}
          onChange={(event) =>
            onChange({ ...filter, role: ROLES.find((role) => role === event.target.value) ?? null })
          }
        >
          <option value="">Any role</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {ROLE_WORDS[role].label}
            </option>
          ))}
        </Select>
        <Select
          aria-label="On call"
          className="w-40 shrink-0"
          value={filter.onCall ? "yes" : ""}
          onChange={(event) => onChange({ ...filter, onCall: event.target.value === "yes" })}
        >
          <option value="">On call or not</option>
          <option value="yes">On call now</option>
        </Select>
      </div>
      <output className="tabular text-meta text-text-3">
        {found === total ? "" : `${found} of ${total}`}
      </output>
    </search>
  );
}

function PeopleTable({ people }: { people: readonly Person[] }) {
  return (
    <Table caption="People">
      <TableHead>
        <HeaderCell>Name</HeaderCell>
        <HeaderCell className="max-md:hidden">Readiness</HeaderCell>
        <HeaderCell className="max-sm:hidden">Role</HeaderCell>
        <HeaderCell className="max-lg:hidden">Teams</HeaderCell>
        <HeaderCell className="max-md:hidden">On call now</HeaderCell>
      </TableHead>
      <tbody>
        {people.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </tbody>
    </Table>
  );
}

function PersonRow({ person }: { person: Person }) {
  const { readiness, duties, teams } = person;
  const [reason] = readiness.reasons;
  return (
    <TableRow rowId={person.id}>
      <Cell className="w-2/5 py-1.5 max-sm:w-full">
        <span className="flex items-center gap-2.5">
          <Avatar id={person.id} name={person.name} size="medium" />
          <span className="min-w-0">
            <TextLink
              tone="quiet"
              data-row-link
              href={`/people/${person.id}`}
              className="font-medium [overflow-wrap:anywhere]"
            >
              {person.name}
            </TextLink>
            <span className="block text-meta [overflow-wrap:anywhere] text-text-3">
              {person.jobTitle ?? person.email}
              <span className="sm:hidden"> · {ROLE_WORDS[person.role].label}</span>
            </span>
            <span className="mt-0.5 flex flex-wrap items-center gap-x-2 md:hidden">
              <ReadinessBadge state={readiness.state} />
              {duties.length === 0 ? null : <Badge hue="blue">on call</Badge>}
            </span>
          </span>
        </span>
      </Cell>
      <Cell className="max-w-64 max-md:hidden">
        <ReadinessBadge state={readiness.state} />
        {reason === undefined ? null : (
          <span className="line-clamp-2 text-meta text-text-3" title={readiness.reasons.join(". ")}>
            {reason}
          </span>
        )}
      </Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">{ROLE_WORDS[person.role].label}</Cell>
      <Cell className="max-w-56 text-text-2 max-lg:hidden">
        {teams.length === 0 ? (
          <span className="text-text-3">–</span>
        ) : (
          teams.map(({ id, slug, name }, index) => (
            <span key={id}>
              {index === 0 ? "" : ", "}
              <TextLink tone="quiet" href={`/teams/${slug}`} className="text-text-2">
                {name}
              </TextLink>
            </span>
          ))
        )}
      </Cell>
      <Cell className="max-w-56 max-md:hidden">
        <Duties duties={duties} />
      </Cell>
    </TableRow>
  );
}

function Duties({ duties }: { duties: Person["duties"] }) {
  const [first] = duties;
  if (!first) return <span className="text-text-3">–</span>;
  return (
    <span className="block">
      <TextLink tone="quiet" href={`/escalation/${first.policy.slug}`}>
        {first.policy.name}
      </TextLink>
      <span className="text-meta text-text-3">
        {" "}
        level {first.level}
        {duties.length > 1 ? `, +${duties.length - 1}` : ""}
      </span>
    </span>
  );
}
