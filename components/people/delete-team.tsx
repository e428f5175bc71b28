"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { deleteTeam } from "#lib/people/client";
import type { Team } from "#lib/people/client";

interface DeleteTeamProps {
  team: Team;
  others: readonly { id: string; name: string }[];
}

export function DeleteTeam({ team, others }: DeleteTeamProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [heir, setHeir] = useState("");
  const remove = useChange({
    change: () => deleteTeam(team.id, heir === "" ? null : heir),
    done: `${team.name} deleted`,
    failed: "Team not deleted",
    onDone: () => router.push("/teams"),
  });
  const owns = team.serviceCount + team.policyCount + team.scheduleCount;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Delete…</Button>}
      title={`Delete ${team.name}?`}
      confirmLabel="Delete the team"
      danger
      pending={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      {owns === 0 ? (
        "It owns nothing. Its people stay."
      ) : (
        <>
          <p>
            It owns {team.serviceCount} services, {team.policyCount} policies and {team.scheduleCount}{" "}
            schedules. They go on working.
          </p>
          <Field label="Give them to" className="mt-3 text-text">
            {(control) => (
              <Select {...control} value={heir} onChange={(event) => setHeir(event.target.value)}>
                <option value="">Nobody: they have no owner then</option>
                {others.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </>
      )}
    </ConfirmDialog>
  );
}
