"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { GroupingSetForm } from "#components/noise/grouping-set-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link";
import { deleteSet } from "#lib/noise/client";
import type { GroupingSetDto, GroupingServiceDto } from "#lib/noise/client";
import { modeWords } from "#lib/noise/grouping-words";

interface GroupingSetListProps {
  sets: readonly GroupingSetDto[];
  services: readonly GroupingServiceDto[];
  canConfigure: boolean;
}

/** The sets; one at a time is edited in place. */
export function GroupingSetList({ sets, services, canConfigure }: GroupingSetListProps) {
  const [editing, setEditing] = useState<string | null>(null);
  const close = () => setEditing(null);
  return (
    <div className="flex flex-col gap-4">
      {canConfigure && editing === null ? (
        <Button icon={<Plus aria-hidden />} className="self-start" onClick={() => setEditing("new")}>
          New set
        </Button>
      ) : null}
      {editing === "new" ? <GroupingSetForm set={null} services={services} onClose={close} /> : null}
      {sets.length === 0 && editing === null ? (
        <EmptyState kind="first-use" title="No services share incidents yet.">
          When a database fails, so does everything that depends on it. With a set, that is one incident and
          one page instead of twenty.
        </EmptyState>
      ) : null}
      {sets.map((set) =>
        editing === set.id ? (
          <GroupingSetForm key={set.id} set={set} services={services} onClose={close} />
        ) : (
          <SetCard key={set.id} set={set} canConfigure={canConfigure} onEdit={() => setEditing(set.id)} />
        ),
      )}
    </div>
  );
}

interface SetCardProps {
  set: GroupingSetDto;
  canConfigure: boolean;
  onEdit: () => void;
}

function SetCard({ set, canConfigure, onEdit }: SetCardProps) {
  const remove = useChange({ change: () => deleteSet(set.id), done: "Set deleted", failed: "Not deleted" });
  return (
    <Card
      title={set.name}
      subtitle={modeWords(set)}
      actions={
        canConfigure ? (
          <div className="flex gap-2">
            <Button size="small" onClick={onEdit}>
              Edit
            </Button>
            <ConfirmDialog
              trigger={<Button size="small">Delete</Button>}
              title={`Delete “${set.name}”?`}
              confirmLabel="Delete the set"
              danger
              pending={remove.isPending}
              onConfirm={() => remove.mutate()}
            >
              Its services open incidents of their own from then on. Open incidents stay as they are.
            </ConfirmDialog>
          </div>
        ) : undefined
      }
    >
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-body">
        {set.services.map((service) => (
          <li key={service.id}>
            <TextLink href={`/services/${service.slug}/noise`}>{service.name}</TextLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}
