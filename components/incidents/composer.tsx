"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Textarea } from "#components/ui/textarea";
import { callApi } from "#lib/browser/api";

/** Writes a note, or a status update that tells everybody who takes part. What is typed survives a reload until it was sent: it is never lost and never sent twice. */
export function Composer({ incidentId }: { incidentId: string }) {
  const draftKey = `touchline.note.${incidentId}`;
  const [text, setText] = useState("");
  const [isUpdate, setIsUpdate] = useState(false);
  const queryClient = useQueryClient();
  useEffect(() => {
    // Read after the first paint: the server doesn't know the draft.
    const draft = localStorage.getItem(draftKey);
    if (draft) queueMicrotask(() => setText(draft));
  }, [draftKey]);
  const keep = (value: string) => {
    setText(value);
    if (value === "") localStorage.removeItem(draftKey);
    else localStorage.setItem(draftKey, value);
  };
  const send = useMutation({
    networkMode: "always",
    mutationFn: () =>
      isUpdate
        ? callApi("POST", `/api/ui/incidents/${incidentId}/status-updates`, { message: text })
        : callApi("POST", `/api/ui/incidents/${incidentId}/notes`, { content: text }),
    onSuccess: () => {
      keep("");
      setIsUpdate(false);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["incidents"] }),
  });
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "") send.mutate();
      }}
    >
      <Field label="Note" hideLabel errors={send.error ? [`Not sent: ${send.error.message}`] : []}>
        {(control) => (
          <Textarea
            {...control}
            data-note
            rows={2}
            value={text}
            placeholder={
              isUpdate ? "What is it now, and when will you say more?" : "What do you see? What did you try?"
            }
            onChange={(event) => keep(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey))
                event.currentTarget.form?.requestSubmit();
            }}
          />
        )}
      </Field>
      <CheckboxField
        label="Post as a status update"
        hint="Tells everybody who takes part and has chosen to be told."
        checked={isUpdate}
        onChange={(event) => setIsUpdate(event.target.checked)}
      />
      <div className="flex items-center gap-3">
        <Button
          type="submit"
          size="small"
          disabled={text.trim() === ""}
          pending={send.isPending}
          pendingLabel={isUpdate ? "Posting…" : "Adding…"}
        >
          {isUpdate ? "Post update" : "Add note"}
        </Button>
        <span className="text-meta text-text-3 max-sm:hidden">Ctrl Enter</span>
      </div>
    </form>
  );
}
