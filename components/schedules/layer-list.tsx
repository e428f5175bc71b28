import { ArrowRight } from "lucide-react";
import { PersonChip } from "#components/ui/person-chip";
import type { Schedule } from "#lib/on-call/client";
import { restrictionSentence, rotationSentence } from "#lib/on-call/layer-sentence";

/** The layers in words, the one that wins first: who takes turns, when they change, at which hours they count. */
export function LayerList({ schedule }: { schedule: Pick<Schedule, "layers" | "people" | "timeZone"> }) {
  const people = new Map(schedule.people.map((person) => [person.id, person]));
  return (
    <ol className="flex flex-col divide-y">
      {schedule.layers.toReversed().map((layer) => {
        const hours = restrictionSentence(layer.restrictions);
        return (
          <li key={layer.id} className="flex flex-col gap-1.5 py-3 first:pt-0 last:pb-0">
            <div className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{layer.name}</span>
              <span className="text-table text-text-2">
                {layer.calendarId === null ? rotationSentence(layer.rotation) : "Follows a calendar"}
                {hours === null ? "" : `; on call ${hours}`}
                {layer.ownHours.length === 0
                  ? ""
                  : `; each member only ${restrictionSentence(layer.ownHours)} of their own time`}
                {layer.rotation.timeZone === undefined ? "" : ` (${layer.rotation.timeZone})`}
                {layer.together ? "; beside the layers below" : ""}
              </span>
            </div>
            {layer.calendarId !== null ? null : layer.turns.length === 0 ? (
              <p className="text-table text-status-amber-fg">Nobody takes turns here.</p>
            ) : (
              <ol className="flex flex-wrap items-center gap-x-2 gap-y-1 text-table">
                {layer.turns.map((group, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- the same people may have several turns
                  <li key={`${index} ${group.join(" ")}`} className="flex items-center gap-2">
                    {index === 0 ? null : (
                      <ArrowRight aria-hidden className="size-3.5 shrink-0 text-text-3" />
                    )}
                    {group.map((id) => (
                      <PersonChip
                        key={id}
                        person={people.get(id) ?? { id, name: id }}
                        href={`/people/${id}`}
                      />
                    ))}
                  </li>
                ))}
              </ol>
            )}
          </li>
        );
      })}
    </ol>
  );
}
