"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { ReactNode } from "react";
import { DeleteIntegration, RotateKey } from "#components/services/integration-dialogs";
import { IconButton } from "#components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
import type { Integration } from "#lib/services/client";

interface IntegrationMenuProps {
  integration: Integration;
  /** What changes it, by its kind: "Rename…", and the dialog. */
  edit: { label: string; dialog: (onClose: () => void) => ReactNode };
}

/** What can be done to a way in, whatever its kind. */
export function IntegrationMenu({ integration, edit }: IntegrationMenuProps) {
  const [open, setOpen] = useState<"edit" | "rotate" | "delete" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        trigger={
          <IconButton name={`More for ${integration.name}`} size="small" icon={<Ellipsis aria-hidden />} />
        }
      >
        <MenuItem onSelect={() => setOpen("edit")}>{edit.label}</MenuItem>
        <MenuItem onSelect={() => setOpen("rotate")}>Rotate the key…</MenuItem>
        <MenuSeparator />
        <MenuItem danger onSelect={() => setOpen("delete")}>
          Delete…
        </MenuItem>
      </Menu>
      {open === "edit" ? edit.dialog(close) : null}
      {open === "rotate" ? <RotateKey integration={integration} onClose={close} /> : null}
      {open === "delete" ? <DeleteIntegration integration={integration} onClose={close} /> : null}
    </>
  );
}
