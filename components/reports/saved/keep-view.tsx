"use client";

import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { saveView } from "#lib/reports/client";

interface KeepViewProps {
  path: string;
  query: string;
}

/** Keeps the list or report that the reader came from. */
export function KeepView({ path, query }: KeepViewProps) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useChange({
    change: () => saveView({ name, path, query, shared }),
    done: `${name} saved`,
    onDone: () => setName(""),
  });
  return (
    <Card title="Keep this view" subtitle={query === "" ? path : `${path}?${query}`}>
      <form
        className="flex max-w-180 flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {save.error ? <Callout tone="danger" title={`Not saved: ${save.error.message}`} /> : null}
        <Field label="Name" errors={fieldErrors(save.error, "name")}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={100}
              value={name}
              placeholder="Payments, majors"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <CheckboxField
          label="For everybody"
          hint="Otherwise only you see it."
          checked={shared}
          onChange={(event) => setShared(event.target.checked)}
        />
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          pending={save.isPending}
          pendingLabel="Saving…"
        >
          Save the view
        </Button>
      </form>
    </Card>
  );
}
