"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { Textarea } from "#components/ui/textarea";
import { toast } from "#components/ui/toaster";
import { fieldErrors } from "#lib/browser/api";
import { writeWatchOuts, type HandOffPage } from "#lib/on-call/client";

interface WatchOutsProps {
  handOff: string;
  watchOuts: HandOffPage["watchOuts"];
  mayWrite: boolean;
}

/** Free text for those who come, kept with the hand-off. */
export function WatchOuts({ handOff, watchOuts, mayWrite }: WatchOutsProps) {
  const [isEditing, setEditing] = useState(false);
  const text = watchOuts?.text ?? "";
  return (
    <Card
      title="Watch out for"
      actions={
        mayWrite && !isEditing ? (
          <Button size="small" data-screen onClick={() => setEditing(true)}>
            {text === "" ? "Write" : "Edit"}
          </Button>
        ) : undefined
      }
    >
      {isEditing ? (
        <WatchOutsForm handOff={handOff} watchOuts={watchOuts} onDone={() => setEditing(false)} />
      ) : text === "" ? (
        <p className="text-body text-text-2">Nothing written yet.</p>
      ) : (
        <>
          <p className="max-w-140 whitespace-pre-wrap break-words text-reading">{text}</p>
          {watchOuts === null ? null : (
            <p className="mt-2 text-meta text-text-3">
              {watchOuts.by?.name ?? "Somebody"}, <Time at={watchOuts.at} format="date-time" />
            </p>
          )}
        </>
      )}
    </Card>
  );
}

function WatchOutsForm({
  handOff,
  watchOuts,
  onDone,
}: Omit<WatchOutsProps, "mayWrite"> & { onDone: () => void }) {
  const router = useRouter();
  const [text, setText] = useState(watchOuts?.text ?? "");
  // What others write while this is open must not be overwritten by it.
  const [startedFrom] = useState(watchOuts?.at ?? null);
  const save = useMutation({
    networkMode: "always",
    mutationFn: () => writeWatchOuts(handOff, { text, startedFrom }),
    onSuccess: () => {
      toast.success("Kept for those who come.");
      onDone();
      router.refresh();
    },
  });
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Field
        label="For those who come"
        hint="What is odd, what was promised to whom, what to look at first."
        errors={fieldErrors(save.error, "text")}
      >
        {(control) => (
          <Textarea
            {...control}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by the button that it replaces
            autoFocus
            rows={5}
            maxLength={10_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {save.error ? <Callout tone="danger" title={`Not kept: ${save.error.message}`} /> : null}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={save.isPending} pendingLabel="Saving…">
          Save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
