"use client";

import { Ellipsis } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { IconButton } from "#components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";

interface SwitchOrRemoveProps {
  name: string;
  enabled: boolean;
  onSwitch: (enabled: boolean) => Promise<unknown>;
  onRemove: () => Promise<unknown>;
  /** A menu behind three dots, where there are many; else two buttons. */
  inMenu?: boolean;
  /** What removing it means, asked before. */
  children: ReactNode;
}

/** Switches something of the configuration off and on again, or removes it for good. */
export function SwitchOrRemove(props: SwitchOrRemoveProps) {
  const { name, enabled, onSwitch, onRemove, inMenu = false, children } = props;
  const [removing, setRemoving] = useState(false);
  const toggle = useChange({
    change: () => onSwitch(!enabled),
    done: `${name} switched ${enabled ? "off" : "on"}`,
    failed: "Not changed",
  });
  const remove = useChange({
    change: onRemove,
    done: `${name} removed`,
    failed: "Not removed",
    onDone: () => setRemoving(false),
  });
  const word = enabled ? "Switch off" : "Switch on";
  return (
    <>
      {inMenu ? (
        <Menu trigger={<IconButton name={`More for ${name}`} size="small" icon={<Ellipsis aria-hidden />} />}>
          <MenuItem onSelect={() => toggle.mutate()}>{word}</MenuItem>
          <MenuSeparator />
          <MenuItem danger onSelect={() => setRemoving(true)}>
            Remove…
          </MenuItem>
        </Menu>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button size="small" pending={toggle.isPending} onClick={() => toggle.mutate()}>
            {word}
          </Button>
          <Button size="small" variant="danger" onClick={() => setRemoving(true)}>
            Remove…
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${name}?`}
        confirmLabel="Remove it"
        danger
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        {children}
      </ConfirmDialog>
    </>
  );
}
