"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAnnounce } from "#components/layout/announcer";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio-group";
import { toast } from "#components/ui/toaster";
import type { AlertDto } from "#lib/incidents/schemas";
import { findIncident, judgeAlert, moveAlerts } from "#lib/noise/client";

interface AlertReasonProps {
  incidentId: string;
  alert: AlertDto;
  /** Whether the incident has other alerts that it can be apart from. */
  hasOthers: boolean;
  canRespond: boolean;
}

/** Why an alert is on its incident, and what a person can say to that. Each answer teaches the grouping. */
export function AlertReason({ incidentId, alert, hasOthers, canRespond }: AlertReasonProps) {
  const { groupingReason: reason } = alert;
  const [moving, setMoving] = useState(false);
  const judge = useTeaching({
    act: (judgement: "together" | "apart") => judgeAlert(alert.id, judgement),
    done: (_, judgement) =>
      judgement === "together"
        ? "Noted: it belongs here."
        : "Noted: not related. Kinds like these stay apart.",
  });
  if (reason === null && !hasOthers) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 border-t pt-2 text-table">
      <p className="min-w-60 flex-1 text-text-2">
        <span className="font-medium text-text">{reason?.joined ? "Why it is here: " : "Opened it. "}</span>
        <bdi>{reason?.sentence ?? "It was the first."}</bdi>
      </p>
      {canRespond && hasOthers ? (
        <div className="flex flex-wrap gap-1">
          {reason?.joined ? (
            <>
              <Button size="small" variant="ghost" onClick={() => judge.mutate("together")}>
                Belongs here
              </Button>
              <Button size="small" variant="ghost" onClick={() => judge.mutate("apart")}>
                Not related
              </Button>
            </>
          ) : null}
          <Button size="small" variant="ghost" onClick={() => setMoving(true)}>
            Move out…
          </Button>
        </div>
      ) : null}
      <MoveDialog incidentId={incidentId} alert={alert} open={moving} onOpenChange={setMoving} />
    </div>
  );
}

interface MoveDialogProps {
  incidentId: string;
  alert: AlertDto;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function MoveDialog({ incidentId, alert, open, onOpenChange }: MoveDialogProps) {
  const [where, setWhere] = useState<"new" | "other">("new");
  const [number, setNumber] = useState("");
  const move = useTeaching({
    act: async () => {
      const toIncidentId = where === "new" ? null : (await findIncident(number)).id;
      return moveAlerts({ incidentId, alertIds: [alert.id], toIncidentId });
    },
    done: (to) => `Moved to #${to.number}. Alerts of these kinds stay apart from now on.`,
    onDone: () => onOpenChange(false),
  });
  return (
    <Dialog
      title="Move the alert out"
      description={<bdi>{alert.summary}</bdi>}
      size="small"
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <Button
          variant="primary"
          pending={move.isPending}
          pendingLabel="Moving…"
          disabled={where === "other" && number === ""}
          onClick={() => move.mutate(undefined)}
        >
          Move it
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <RadioGroup<"new" | "other">
          legend="Where to?"
          name={`where-${alert.id}`}
          value={where}
          onValueChange={setWhere}
          options={[
            {
              value: "new",
              label: "A new incident",
              hint: "Pages the service’s on-call, as the alert alone would have.",
            },
            { value: "other", label: "Another open incident" },
          ]}
        />
        {where === "other" ? (
          <Field label="Its number">
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={number}
                onChange={(event) => setNumber(event.target.value.replace(/\D/g, ""))}
              />
            )}
          </Field>
        ) : null}
      </div>
    </Dialog>
  );
}

interface Teaching<Input, Result> {
  act: (input: Input) => Promise<Result>;
  done: (result: Result, input: Input) => string;
  onDone?: () => void;
}

function useTeaching<Input, Result>({ act, done, onDone }: Teaching<Input, Result>) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const announce = useAnnounce();
  return useMutation<Result, Error, Input>({
    mutationFn: act,
    networkMode: "always",
    onSuccess: (result, input) => {
      toast.success(done(result, input));
      announce(done(result, input));
      onDone?.();
    },
    onError: (error) => {
      toast.error("Not done", { description: error.message });
      announce(`Not done: ${error.message}`, { assertive: true });
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ["incidents"] });
      router.refresh();
    },
  });
}
