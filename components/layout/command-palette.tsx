"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { Command as Cmdk } from "cmdk";
import { CornerDownLeft, Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { useAnnounce } from "#components/layout/announcer";
import { useAllCommands, type Command } from "#components/layout/commands";
import { keyCaps } from "#components/layout/key-sequence";
import { rankEntries } from "#components/layout/palette-ranking";
import { usePaletteSearch, type PaletteSearch } from "#components/layout/palette-search";
import { Kbd } from "#components/ui/kbd";

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  search?: PaletteSearch;
}

const rowClass =
  "flex min-h-10 cursor-default items-center gap-2.5 rounded-control px-2.5 text-body select-none aria-selected:bg-raised touch:min-h-12 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-text-3";

export function CommandPalette({ open, onOpenChange, search }: CommandPaletteProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 min-h-dvh bg-[rgb(10_12_16/0.45)] transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup className="fixed inset-0 z-40 flex flex-col overflow-hidden bg-overlay shadow-layer transition-[opacity,transform] duration-120 ease-enter data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0 sm:inset-x-0 sm:top-[14vh] sm:bottom-auto sm:mx-auto sm:max-h-[60vh] sm:w-150 sm:rounded-card">
          <Base.Title className="sr-only">Search and commands</Base.Title>
          <PaletteBody search={search} onDone={() => onOpenChange(false)} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function PaletteBody({ search, onDone }: { search: PaletteSearch | undefined; onDone: () => void }) {
  const router = useRouter();
  const announce = useAnnounce();
  const [query, setQuery] = useState("");
  const [confirming, setConfirming] = useState<string>();
  const commands = useAllCommands().filter((command) => command.shortcutOnly !== true);
  const ranked = rankEntries(commands, query);
  const found = usePaletteSearch(search, query, (count) => announce(`${ranked.length + count} results`));

  const perform = (command: Command) => {
    if (command.confirm !== undefined && confirming !== command.id) {
      setConfirming(command.id);
      announce(command.confirm);
      return;
    }
    onDone();
    command.perform();
  };
  const open = (href: Route) => {
    onDone();
    router.push(href);
  };

  return (
    <Cmdk label="Search and commands" shouldFilter={false} loop className="flex min-h-0 flex-1 flex-col">
      <PaletteInput value={query} onChange={setQuery} onDone={onDone} />
      <Cmdk.List className="min-h-0 flex-1 overflow-y-auto p-1.5">
        <Cmdk.Empty className="px-3 py-8 text-center text-body text-text-2">
          {found.pending ? "Searching…" : `Nothing matches “${query}”.`}
        </Cmdk.Empty>
        {groupBySection(ranked, query).map(([section, entries]) => (
          <PaletteGroup key={section} heading={section}>
            {entries.map((command) => (
              <CommandRow
                key={command.id}
                command={command}
                confirming={confirming === command.id}
                onSelect={() => perform(command)}
              />
            ))}
          </PaletteGroup>
        ))}
        {groupBySection(found.results, "").map(([section, results]) => (
          <PaletteGroup key={section} heading={section}>
            {results.map((result) => (
              <Cmdk.Item
                key={result.id}
                value={result.id}
                className={rowClass}
                onSelect={() => open(result.href)}
              >
                {result.icon}
                <span className="min-w-0 flex-1 truncate">{result.title}</span>
                {result.note === undefined ? null : (
                  <span className="max-w-1/2 truncate text-table text-text-3">{result.note}</span>
                )}
              </Cmdk.Item>
            ))}
          </PaletteGroup>
        ))}
        {found.failed ? (
          <p className="px-3 py-2 text-table text-text-3">
            The search does not answer; pages and commands still work.
          </p>
        ) : null}
      </Cmdk.List>
    </Cmdk>
  );
}

interface PaletteInputProps {
  value: string;
  onChange: (value: string) => void;
  onDone: () => void;
}

function PaletteInput({ value, onChange, onDone }: PaletteInputProps) {
  return (
    <div className="flex items-center gap-2.5 border-b px-4">
      <Search aria-hidden className="size-4 text-text-3" />
      <Cmdk.Input
        value={value}
        onValueChange={onChange}
        placeholder="Search or run a command"
        className="h-12 flex-1 bg-transparent text-reading outline-none"
      />
      <button type="button" onClick={onDone} className="min-h-6 rounded-mark text-meta text-text-3">
        <Kbd keys="Esc" className="max-sm:hidden" />
        <span className="sm:hidden">Cancel</span>
        <span className="sr-only">Close</span>
      </button>
    </div>
  );
}

function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Cmdk.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:text-text-3"
    >
      {children}
    </Cmdk.Group>
  );
}

function CommandRow(props: { command: Command; confirming: boolean; onSelect: () => void }) {
  const { command, confirming, onSelect } = props;
  const apple = /Mac|iPhone|iPad/u.test(navigator.userAgent);
  return (
    <Cmdk.Item value={command.id} className={rowClass} onSelect={onSelect}>
      {command.icon ?? <CornerDownLeft aria-hidden />}
      <span className={`min-w-0 flex-1 truncate ${confirming ? "font-medium text-status-red-fg" : ""}`}>
        {confirming ? command.confirm : command.title}
      </span>
      {command.keys === undefined ? null : (
        <Kbd keys={keyCaps(command.keys, apple)} className="max-sm:hidden" />
      )}
    </Cmdk.Item>
  );
}

/** Groups in the order of their best entry; while something is typed, rank matters more than headings. */
function groupBySection<T extends { section: string }>(
  entries: readonly T[],
  query: string,
): [string, T[]][] {
  if (query.trim() !== "") return entries.length === 0 ? [] : [["Commands", [...entries]]];
  const groups = new Map<string, T[]>();
  for (const entry of entries) groups.set(entry.section, [...(groups.get(entry.section) ?? []), entry]);
  return [...groups];
}
