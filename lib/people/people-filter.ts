import { matchesWords } from "#lib/on-call/directory";
import { READINESS_STATES } from "#lib/people/readiness";
import type { ReadinessState } from "#lib/people/readiness";
import { ROLES } from "#lib/people/roles";
import type { Role } from "#lib/people/roles";

/** What the address of the list of people says; null: whatever. */
export type PeopleFilter = {
  query: string;
  role: Role | null;
  readiness: ReadinessState | null;
  /** Only those who are on call now. */
  onCall: boolean;
};

export type FilteredPerson = {
  name: string;
  email: string;
  jobTitle: string | null;
  role: Role;
  readiness: { state: ReadinessState };
  duties: readonly unknown[];
  teams: readonly { name: string }[];
};

/** Reads the address; what means nothing is left out. */
export function parsePeopleFilter(parameters: URLSearchParams): PeopleFilter {
  return {
    query: parameters.get("q") ?? "",
    role: ROLES.find((role) => role === parameters.get("role")) ?? null,
    readiness: READINESS_STATES.find((state) => state === parameters.get("readiness")) ?? null,
    onCall: parameters.get("oncall") === "yes",
  };
}

/** The list's address with this filter. */
export function peopleHref({ query, role, readiness, onCall }: PeopleFilter): string {
  const parameters = new URLSearchParams();
  if (query.trim() !== "") parameters.set("q", query.trim());
  if (role !== null) parameters.set("role", role);
  if (readiness !== null) parameters.set("readiness", readiness);
  if (onCall) parameters.set("oncall", "yes");
  const text = parameters.toString();
  return text === "" ? "/people" : `/people?${text}`;
}

export function filterPeople<P extends FilteredPerson>(people: readonly P[], filter: PeopleFilter): P[] {
  return people.filter(
    (person) =>
      (filter.role === null || person.role === filter.role) &&
      (filter.readiness === null || person.readiness.state === filter.readiness) &&
      (!filter.onCall || person.duties.length > 0) &&
      matchesWords(
        [person.name, person.email, person.jobTitle ?? "", ...person.teams.map(({ name }) => name)],
        filter.query,
      ),
  );
}
