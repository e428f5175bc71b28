"use client";

import { useQuery } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { LeftOpenList } from "#components/people/left-open-list";
import { RoleField } from "#components/people/role-field";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Dialog } from "#components/ui/dialog";
import { IconButton } from "#components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
import { changeRole, endSessions, readObligations, setActive } from "#lib/people/client";
import { ROLE_WORDS } from "#lib/people/role-words";
import type { Role } from "#lib/people/roles";

interface PersonActionsProps {
  person: { id: string; name: string; role: Role; isDeactivated: boolean };
  viewerRole: Role;
}

type Open = "role" | "deactivate" | "sessions" | null;

/** What those who manage people may do with one. */
export function PersonActions({ person, viewerRole }: PersonActionsProps) {
  const [open, setOpen] = useState<Open>(null);
  const onOpenChange = (next: boolean) => {
    if (!next) setOpen(null);
  };
  const reactivate = useChange({
    change: () => setActive(person.id, true),
    done: `${person.name} is active again`,
    failed: "Not reactivated",
  });
  const end = useChange({
    change: () => endSessions(person.id),
    done: `${person.name} is signed out everywhere`,
    failed: "Not signed out",
    onDone: () => setOpen(null),
  });
  if (person.isDeactivated) {
    return (
      <Button
        variant="primary"
        pending={reactivate.isPending}
        pendingLabel="Reactivating…"
        onClick={() => reactivate.mutate()}
      >
        Reactivate
      </Button>
    );
  }
  return (
    <>
      <Menu trigger={<IconButton name={`More for ${person.name}`} icon={<Ellipsis aria-hidden />} />}>
        <MenuItem onSelect={() => setOpen("role")}>Change role…</MenuItem>
        <MenuItem onSelect={() => setOpen("sessions")}>Sign out everywhere…</MenuItem>
        <MenuSeparator />
        <MenuItem danger onSelect={() => setOpen("deactivate")}>
          Deactivate…
        </MenuItem>
      </Menu>
      {open === "role" ? (
        <ChangeRole person={person} viewerRole={viewerRole} onClose={() => setOpen(null)} />
      ) : null}
      {open === "deactivate" ? <Deactivate person={person} onOpenChange={onOpenChange} /> : null}
      <ConfirmDialog
        open={open === "sessions"}
        onOpenChange={onOpenChange}
        title={`Sign ${person.name} out everywhere?`}
        confirmLabel="Sign them out"
        danger
        pending={end.isPending}
        onConfirm={() => end.mutate()}
      >
        Every browser and phone that is signed in as them has to sign in again. Pages still reach them.
      </ConfirmDialog>
    </>
  );
}

function ChangeRole({ person, viewerRole, onClose }: PersonActionsProps & { onClose: () => void }) {
  const [role, setRole] = useState(person.role);
  const change = useChange({
    change: () => changeRole(person.id, role),
    done: `${person.name} is now ${ROLE_WORDS[role].label.toLowerCase()}`,
    onDone: onClose,
  });
  return (
    <Dialog
      title={`Role of ${person.name}`}
      size="small"
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      footer={
        <Button
          variant="primary"
          disabled={role === person.role}
          pending={change.isPending}
          pendingLabel="Changing…"
          onClick={() => change.mutate()}
        >
          Change role
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {change.error ? <Callout tone="danger" title={`Not changed: ${change.error.message}`} /> : null}
        <RoleField value={role} viewerRole={viewerRole} error={null} onChange={setRole} />
        <p className="text-table text-text-2">It counts from their next click.</p>
      </div>
    </Dialog>
  );
}

interface DeactivateProps {
  person: { id: string; name: string };
  onOpenChange: (open: boolean) => void;
}

/** Says what the person would leave behind before, not after. */
function Deactivate({ person, onOpenChange }: DeactivateProps) {
  const left = useQuery({
    queryKey: ["users", person.id, "obligations"],
    queryFn: ({ signal }) => readObligations(person.id, signal),
    staleTime: 0,
  });
  const deactivate = useChange({
    change: () => setActive(person.id, false),
    done: `${person.name} is deactivated`,
    failed: "Not deactivated",
    onDone: () => onOpenChange(false),
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      title={`Deactivate ${person.name}?`}
      confirmLabel="Deactivate"
      danger
      pending={deactivate.isPending}
      onConfirm={() => deactivate.mutate()}
    >
      They are signed out at once, their keys stop working, and they are never paged again. Their past stays,
      and they can be reactivated.
      {left.data ? <LeftOpenList left={left.data} /> : null}
    </ConfirmDialog>
  );
}
