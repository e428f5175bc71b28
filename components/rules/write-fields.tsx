import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/button";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { WRITABLE_FIELDS } from "#lib/rules/rule";
import type { FieldWrite } from "#lib/rules/rule";

interface WriteProps {
  writes: readonly FieldWrite[];
  onChange: (writes: readonly FieldWrite[]) => void;
}

/** Fields that a rule writes, each from a template. */
export function WriteFields({ writes, onChange }: WriteProps) {
  const put = (index: number, changed: FieldWrite) =>
    onChange(writes.map((other, at) => (at === index ? changed : other)));
  return (
    <div className="flex flex-col gap-2">
      {writes.map((write, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- writes have no identity but their place
        <div key={index} className="flex flex-wrap items-center gap-2">
          <Select
            aria-label={`Field to write ${index + 1}`}
            className="w-44"
            value={write.field}
            onChange={({ target }) =>
              put(index, {
                ...write,
                field: WRITABLE_FIELDS.find((word) => word === target.value) ?? "summary",
                key: target.value === "custom_details" ? "note" : null,
              })
            }
          >
            {WRITABLE_FIELDS.map((word) => (
              <option key={word} value={word}>
                {word === "dedup_key" ? "deduplication key" : word}
              </option>
            ))}
          </Select>
          {write.key === null ? null : (
            <Input
              aria-label={`Name of the custom detail ${index + 1}`}
              className="w-32"
              value={write.key}
              onChange={({ target }) => put(index, { ...write, key: target.value })}
            />
          )}
          <Input
            aria-label={`Template ${index + 1}`}
            className="min-w-40 flex-1 font-mono text-table"
            value={write.from.kind === "template" ? write.from.template : ""}
            placeholder={
              write.from.kind === "pattern" ? `${write.from.path} ~ ${write.from.pattern}` : undefined
            }
            onChange={({ target }) =>
              put(index, { ...write, from: { kind: "template", template: target.value } })
            }
          />
          <IconButton
            size="small"
            name={`Remove the writing of ${write.field}`}
            icon={<X aria-hidden />}
            onClick={() => onChange(writes.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <span>
        <Button
          size="small"
          icon={<Plus aria-hidden />}
          onClick={() =>
            onChange([
              ...writes,
              { field: "dedup_key", key: null, from: { kind: "template", template: "{{event.source}}" } },
            ])
          }
        >
          Write a field
        </Button>
      </span>
    </div>
  );
}
