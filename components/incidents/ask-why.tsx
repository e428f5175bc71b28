import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { ButtonLink } from "#components/ui/link";
import { Select } from "#components/ui/select";

interface AskWhyProps {
  number: number;
  people: readonly { id: string; name: string }[];
  chosen: string | null;
  /** Null: who looks is no person, so there is no shorter way. */
  viewerId: string | null;
}

/** Chooses the person whose decision trail is shown. Works without scripts. */
export function AskWhy({ number, people, chosen, viewerId }: AskWhyProps) {
  return (
    <form action={`/incidents/${number}/notifications`} className="flex flex-wrap items-end gap-2">
      <Field label="Why was, or wasn't, this person paged?" className="min-w-56">
        {(control) => (
          <Select {...control} name="person" defaultValue={chosen ?? ""} required>
            <option value="">Choose a person</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit">Show why</Button>
      {viewerId === null || viewerId === chosen ? null : (
        <ButtonLink variant="ghost" href={`/incidents/${number}/notifications?person=${viewerId}`}>
          Only mine
        </ButtonLink>
      )}
    </form>
  );
}
