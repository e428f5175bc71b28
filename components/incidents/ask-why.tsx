import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";

interface AskWhyProps {
  number: number;
  people: readonly { id: string; name: string }[];
  chosen: string | null;
}

/** Chooses the person whose decision trail is shown. Works without scripts. */
export function AskWhy({ number, people, chosen }: AskWhyProps) {
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
    </form>
  );
}
