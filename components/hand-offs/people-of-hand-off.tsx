import { Check } from "lucide-react";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Fact, Facts } from "#components/ui/facts";
import { PersonChip } from "#components/ui/person-chip";
import type { HandOffPage } from "#lib/on-call/client";

/** Who goes, who comes, and whether they have said so. */
export function PeopleOfHandOff({ handOff }: { handOff: HandOffPage }) {
  const { outgoing, incoming, since, until, acceptances } = handOff;
  return (
    <Card title="Who hands over to whom">
      <Facts>
        <Fact term="Goes">
          <People people={outgoing} />
        </Fact>
        <Fact term="Since">
          <Time at={since} format="date-time" />
        </Fact>
        <Fact term="Comes">
          <People people={incoming} />
        </Fact>
        <Fact term="Until">{until === null ? "no end planned" : <Time at={until} format="date-time" />}</Fact>
        <Fact term="Accepted">
          {acceptances.length === 0 ? (
            "not yet"
          ) : (
            <ul className="flex flex-col gap-1">
              {acceptances.map(({ person, at }) => (
                <li key={person.id} className="flex flex-wrap items-center gap-2">
                  <Badge hue="green" icon={<Check aria-hidden />}>
                    accepted
                  </Badge>
                  {person.name}, <Time at={at} format="date-time" />
                </li>
              ))}
            </ul>
          )}
        </Fact>
      </Facts>
    </Card>
  );
}

function People({ people }: { people: HandOffPage["incoming"] }) {
  if (people.length === 0) return "nobody";
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {people.map((person) => (
        <PersonChip key={person.id} person={person} href={`/people/${person.id}`} />
      ))}
    </span>
  );
}
