import { TriangleAlert } from "lucide-react";
import { TextLink } from "#components/ui/link";
import { PersonChip } from "#components/ui/person-chip";
import { Cell, TableRow } from "#components/ui/table";
import type { Policy } from "#lib/escalation/client";

/** One policy: who is first now, the levels in short, what uses it, what to look at. */
export function PolicyRow({ policy }: { policy: Policy }) {
  return (
    <TableRow rowId={policy.id}>
      <Cell className="min-w-56 py-2">
        <TextLink
          tone="quiet"
          data-row-link
          href={`/escalation/${policy.slug}`}
          className="inline-block min-h-6 font-medium [overflow-wrap:anywhere]"
        >
          {policy.name}
        </TextLink>
        <span className="block text-meta text-text-3">{policy.team?.name ?? "No team"}</span>
        <div className="mt-1 md:hidden">
          <FirstNow policy={policy} />
        </div>
        <div className="lg:hidden">
          <Warnings policy={policy} />
        </div>
      </Cell>
      <Cell className="py-2 max-md:hidden">
        <FirstNow policy={policy} />
      </Cell>
      <Cell className="w-full py-2 max-lg:hidden">
        <LevelsInShort policy={policy} />
        <Warnings policy={policy} />
      </Cell>
      <Cell numeric className="py-2 max-sm:hidden">
        {policy.services.length}
      </Cell>
    </TableRow>
  );
}

function FirstNow({ policy }: { policy: Policy }) {
  const targets = policy.levels[0]?.targets ?? [];
  const people = new Map(targets.flatMap((target) => target.people).map((person) => [person.id, person]));
  if (people.size === 0) {
    return (
      <span className="flex items-center gap-1.5 font-medium whitespace-nowrap text-status-red-fg">
        <TriangleAlert aria-hidden className="size-4 shrink-0" />
        No one
      </span>
    );
  }
  return (
    <span className="flex flex-col whitespace-nowrap">
      {[...people.values()].map((person) => (
        <PersonChip key={person.id} person={person} />
      ))}
    </span>
  );
}

function LevelsInShort({ policy: { levels, numLoops } }: { policy: Policy }) {
  return (
    <ol className="flex flex-wrap items-baseline gap-x-1.5 gap-y-0.5">
      {levels.map((level, index) => (
        <li key={level.id} className="flex items-baseline gap-1.5">
          {index === 0 ? null : (
            <span className="tabular text-meta whitespace-nowrap text-text-3">
              then after {levels[index - 1]?.delayMinutes} min
            </span>
          )}
          {level.targets.map(({ name }) => name).join(" + ") || "nobody"}
        </li>
      ))}
      {numLoops === 0 ? null : <li className="tabular text-meta text-text-3">×{numLoops + 1}</li>}
    </ol>
  );
}

function Warnings({ policy: { warnings } }: { policy: Policy }) {
  const [first] = warnings;
  if (first === undefined) return null;
  return (
    <p className="mt-0.5 flex gap-1.5 text-meta text-status-amber-fg">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      {first.text}
      {warnings.length > 1 ? ` +${warnings.length - 1} more` : ""}
    </p>
  );
}
