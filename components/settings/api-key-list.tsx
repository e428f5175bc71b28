"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { NewKey } from "#components/settings/new-key";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Dialog } from "#components/ui/dialog";
import { IconButton } from "#components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
import { PersonChip } from "#components/ui/person-chip";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import { revokeApiKey, rotateApiKey } from "#lib/organisation/client";
import type { ApiKey } from "#lib/organisation/client";

interface ApiKeyListProps {
  keys: readonly ApiKey[];
  /** Where clients reach the API. */
  baseUrl: string;
}

export function ApiKeyList({ keys, baseUrl }: ApiKeyListProps) {
  return (
    <Card flush>
      <Table caption="API keys">
        <TableHead>
          <HeaderCell>Key</HeaderCell>
          <HeaderCell className="max-sm:hidden">Acts as</HeaderCell>
          <HeaderCell className="max-md:hidden">May</HeaderCell>
          <HeaderCell className="max-md:hidden">Last used</HeaderCell>
          <HeaderCell className="max-lg:hidden">Expires</HeaderCell>
          <HeaderCell hiddenLabel="Actions" />
        </TableHead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} baseUrl={baseUrl} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

const SCOPES: Record<ApiKey["scope"], string> = { full: "Read and change", read: "Read only" };

function KeyRow({ apiKey: key, baseUrl }: { apiKey: ApiKey; baseUrl: string }) {
  const isActive = key.state === "active";
  return (
    <TableRow>
      <Cell className="w-1/3 py-1.5 max-sm:w-full">
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium [overflow-wrap:anywhere]">{key.name}</span>
          {isActive ? null : (
            <Badge hue="slate" form="outline">
              {key.state}
            </Badge>
          )}
        </span>
        <span className="block text-meta text-text-3">
          <code className="font-mono">…{key.lastFour}</code> · made <Time at={key.createdAt} />
          {key.createdBy === null ? "" : ` by ${key.createdBy.name}`}
        </span>
        <span className="block text-meta text-text-3 md:hidden">
          {SCOPES[key.scope]} ·{" "}
          {key.lastUsedAt === null ? (
            "never used"
          ) : (
            <>
              used <Time at={key.lastUsedAt} />
            </>
          )}
        </span>
      </Cell>
      <Cell className="max-w-48 max-sm:hidden">
        {key.user === null ? "The organisation" : <PersonChip person={key.user} />}
      </Cell>
      <Cell className="whitespace-nowrap max-md:hidden">{SCOPES[key.scope]}</Cell>
      <Cell className="whitespace-nowrap max-md:hidden">
        {key.lastUsedAt === null ? <span className="text-text-3">Never</span> : <Time at={key.lastUsedAt} />}
      </Cell>
      <Cell className="whitespace-nowrap max-lg:hidden">
        {key.expiresAt === null ? (
          <span className="text-text-3">Never</span>
        ) : (
          <Time at={key.expiresAt} format="date-time" />
        )}
      </Cell>
      <Cell className="text-right">{isActive ? <KeyMenu apiKey={key} baseUrl={baseUrl} /> : null}</Cell>
    </TableRow>
  );
}

function KeyMenu({ apiKey: key, baseUrl }: { apiKey: ApiKey; baseUrl: string }) {
  const [open, setOpen] = useState<"rotate" | "revoke" | null>(null);
  const [fresh, setFresh] = useState<string | null>(null);
  const onOpenChange = (next: boolean) => {
    if (!next) setOpen(null);
  };
  const rotate = useChange({
    change: () => rotateApiKey(key.id),
    done: `${key.name} rotated`,
    failed: "Key not rotated",
    onDone: (made) => {
      setOpen(null);
      setFresh(made.key);
    },
  });
  const revoke = useChange({
    change: () => revokeApiKey(key.id),
    done: `${key.name} revoked`,
    failed: "Key not revoked",
    onDone: () => setOpen(null),
  });
  return (
    <>
      <Menu
        trigger={<IconButton name={`More for ${key.name}`} size="small" icon={<Ellipsis aria-hidden />} />}
      >
        {key.mayRotate ? (
          <>
            <MenuItem onSelect={() => setOpen("rotate")}>Rotate…</MenuItem>
            <MenuSeparator />
          </>
        ) : null}
        <MenuItem danger onSelect={() => setOpen("revoke")}>
          Revoke…
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={open === "rotate"}
        onOpenChange={onOpenChange}
        title={`Rotate ${key.name}?`}
        confirmLabel="Rotate the key"
        danger
        pending={rotate.isPending}
        onConfirm={() => rotate.mutate()}
      >
        You get a new key with the same name and rights. The present one stops working at once.
      </ConfirmDialog>
      <ConfirmDialog
        open={open === "revoke"}
        onOpenChange={onOpenChange}
        title={`Revoke ${key.name}?`}
        confirmLabel="Revoke the key"
        danger
        pending={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      >
        Whatever uses it is refused from now on. It can’t be undone.
      </ConfirmDialog>
      {fresh === null ? null : (
        <Dialog title="Copy the new key now" open onOpenChange={() => setFresh(null)}>
          <NewKey value={fresh} baseUrl={baseUrl} />
        </Dialog>
      )}
    </>
  );
}
