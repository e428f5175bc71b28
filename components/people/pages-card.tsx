import { Time } from "#components/time/time";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import type { PersonPage } from "#lib/incidents/client";

interface PagesCardProps {
  person: { id: string; name: string };
  pages: readonly PersonPage[];
}

/** The incidents that did, or could, page somebody, each a click from the reasons. */
export function PagesCard({ person, pages }: PagesCardProps) {
  return (
    <Card title="Paged, or not" subtitle="Incidents of two weeks that did or could reach them">
      {pages.length === 0 ? (
        <p className="text-body text-text-2">No incident of the last two weeks concerned them.</p>
      ) : (
        <ul className="flex flex-col gap-2 text-body">
          {pages.map(({ number, title, at, pagedAt }) => (
            <li
              key={number}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 sm:grid-cols-[minmax(0,1fr)_auto_auto]"
            >
              <TextLink tone="quiet" href={`/incidents/${number}`} className="truncate">
                <span className="tabular text-text-3">#{number}</span> <bdi>{title}</bdi>
              </TextLink>
              <span className="text-table text-text-2 max-sm:col-start-1 max-sm:row-start-2">
                {pagedAt === null ? "Not paged, " : "Paged "}
                <Time at={pagedAt ?? at} format="date-time" />
              </span>
              <TextLink
                href={`/incidents/${number}/notifications?person=${person.id}`}
                aria-label={`Why ${person.name} ${pagedAt === null ? "was not" : "was"} paged about incident ${number}`}
                className="inline-flex min-h-6 items-center text-table"
              >
                {pagedAt === null ? "Why not" : "Why"}
              </TextLink>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
