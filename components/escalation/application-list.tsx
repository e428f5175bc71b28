import { Time } from "#components/time/time";
import { TextLink } from "#components/ui/link";
import type { Application } from "#lib/escalation/client";

/** What applying a policy does to each of its open incidents: who is paged, who is dropped, when it goes on. */
export function ApplicationList({ incidents }: { incidents: Application["incidents"] }) {
  if (incidents.length === 0) return <p className="text-text-2">Every open incident follows it already.</p>;
  return (
    <ul className="flex flex-col divide-y">
      {incidents.map((incident) => (
        <li key={incident.id} className="py-2">
          <TextLink tone="quiet" href={`/incidents/${incident.number}`} className="font-medium">
            #{incident.number} {incident.title}
          </TextLink>
          <p className="text-table text-text-2">{whatHappens(incident)}</p>
          {incident.nextAt === null ? null : (
            <p className="text-meta text-text-3">
              Goes on by itself <Time at={incident.nextAt} format="relative" card={false} /> unless somebody
              acknowledges
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function whatHappens({ status, paged, dropped }: Application["incidents"][number]): string {
  const names = (people: readonly { name: string }[]) => people.map(({ name }) => name).join(", ");
  if (status === "acknowledged") return "Somebody has acknowledged it: it stays with them.";
  const parts = [
    paged.length === 0 ? "" : `Pages ${names(paged)} now`,
    dropped.length === 0 ? "" : `${names(dropped)} no longer ${dropped.length === 1 ? "has" : "have"} it`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "Pages nobody: the same people have it." : `${parts.join("; ")}.`;
}
