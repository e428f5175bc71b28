"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { fieldErrors } from "#lib/browser/api";
import { requestResponders } from "#lib/incidents/client";

interface AskToJoinProps {
  incidentId: string;
  people: readonly { id: string; name: string }[];
  policies: readonly { id: string; name: string }[];
}

/** Asks a person, or whoever is on call for a policy, to join the incident, and says what they will read. */
export function AskToJoin({ incidentId, people, policies }: AskToJoinProps) {
  const [open, setOpen] = useState(false);
  const [whom, setWhom] = useState("");
  const [message, setMessage] = useState("");
  const queryClient = useQueryClient();
  const [kind, id = ""] = whom.split(" ");
  const ask = useChange({
    change: () =>
      requestResponders(incidentId, {
        userIds: kind === "user" ? [id] : [],
        policyIds: kind === "policy" ? [id] : [],
        message,
      }),
    done: "Asked to join",
    onDone: () => {
      setOpen(false);
      void queryClient.invalidateQueries({ queryKey: ["incidents"] });
    },
  });
  return (
    <Dialog
      title="Ask somebody to join"
      size="small"
      open={open}
      dirty={message !== ""}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) {
          setWhom("");
          setMessage("");
          ask.reset();
        }
      }}
      trigger={<Button size="small">Ask to join…</Button>}
      footer={
        <Button
          variant="primary"
          disabled={whom === ""}
          pending={ask.isPending}
          pendingLabel="Asking…"
          onClick={() => ask.mutate()}
        >
          Ask and page
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {ask.error ? <Callout tone="danger" title={`Not asked: ${ask.error.message}`} /> : null}
        <WhomField people={people} policies={policies} value={whom} onChange={setWhom} />
        <Field
          label="What for?"
          optional
          hint="They read this in the page that wakes them."
          errors={fieldErrors(ask.error, "message")}
        >
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              maxLength={1000}
              value={message}
              onChange={(event) => setMessage(event.target.value)}
            />
          )}
        </Field>
        <p className="text-table text-text-2">
          They are paged as for high urgency until they accept or decline. A policy is asked level by level
          until somebody joins.
        </p>
      </div>
    </Dialog>
  );
}

interface WhomFieldProps extends Pick<AskToJoinProps, "people" | "policies"> {
  value: string;
  onChange: (value: string) => void;
}

function WhomField({ people, policies, value, onChange }: WhomFieldProps) {
  return (
    <Field label="Whom?">
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">Choose a person or a policy</option>
          <optgroup label="On call for">
            {policies.map(({ id: policyId, name }) => (
              <option key={policyId} value={`policy ${policyId}`}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label="People">
            {people.map(({ id: userId, name }) => (
              <option key={userId} value={`user ${userId}`}>
                {name}
              </option>
            ))}
          </optgroup>
        </Select>
      )}
    </Field>
  );
}
