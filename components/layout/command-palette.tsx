"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { CornerDownLeft, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { useAnnounce } from "#components/layout/announcer";
import { useAllCommands, type Command } from "#components/layout/commands";
import { keyCaps } from "#components/layout/key-sequence";
import { rankEntries } from "#components/layout/palette-ranking";
import { usePaletteSearch, type PaletteResult, type PaletteSearch } from "#components/layout/palette-search";
import { useIsApple } from "#components/layout/platform";
import { Kbd } from "#components/ui/kbd";

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  search?: PaletteSearch;
}

interface Entry {
  id: string;
  title: string;
  section: string;
  icon: ReactNode;
  note?: string;
  keys?: string;
  confirm?: string;
  perform: () => void;
}

export function CommandPalette({ open, onOpenChange, search }: CommandPaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 min-h-dvh bg-[rgb(10_12_16/0.45)] transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-0 z-40 flex flex-col overflow-hidden bg-overlay shadow-layer transition-[opacity,transform] duration-120 ease-enter data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0 sm:inset-x-0 sm:top-[14vh] sm:bottom-auto sm:mx-auto sm:max-h-[60vh] sm:w-150 sm:rounded-card">
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <PaletteBody search={search} onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ search, onDone }: { search: PaletteSearch | undefined; onDone: () => void }) {
  const router = useRouter();
  const announce = useAnnounce();
  const [query, setQuery] = useState("");
  const [confirming, setConfirming] = useState<string>();
  const commands = rankEntries(
    useAllCommands().filter((command) => command.shortcutOnly !== true),
    query,
  ).map(commandEntry);
  const found = usePaletteSearch(search, query, (count) => announce(`${commands.length + count} results`));
  const results = found.results.map((result) => resultEntry(result, () => router.push(result.href)));
  // What the server finds stands below, so that nothing moves under the cursor when it arrives.
  const groups = [...groupBySection(commands, query), ...groupBySection(results, "")];

  const choose = (entry: Entry) => {
    if (entry.confirm !== undefined && confirming !== entry.id) {
      setConfirming(entry.id);
      announce(entry.confirm);
      return;
    }
    onDone();
    entry.perform();
  };

  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      autoHighlight="always"
      keepHighlight
      value={query}
      itemToStringValue={(entry: Entry) => entry.title}
      onValueChange={(value, details) => {
        // Choosing an entry runs it; it does not fill the field.
        if (details.reason === "item-press") return;
        setQuery(value);
        setConfirming(undefined);
      }}
    >
      <PaletteInput />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <Autocomplete.Empty className="text-center text-body text-text-2 not-empty:px-3 not-empty:py-8">
          {found.pending ? "Searching…" : `Nothing matches “${query}”.`}
        </Autocomplete.Empty>
        <Autocomplete.List className="p-1.5 empty:p-0">
          {(group: { value: string; items: Entry[] }) => (
            <Autocomplete.Group key={group.value} items={group.items}>
              <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-meta text-text-3">
                {group.value}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(entry: Entry) => (
                  <Autocomplete.Item
                    key={entry.id}
                    value={entry}
                    onClick={() => choose(entry)}
                    className="flex min-h-10 cursor-default items-center gap-2.5 rounded-control px-2.5 text-body outline-none select-none data-highlighted:bg-raised touch:min-h-12 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-text-3"
                  >
                    <EntryRow entry={entry} confirming={confirming === entry.id} />
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
        {found.failed ? (
          <p className="px-4 py-3 text-table text-text-2">
            The search does not answer; pages and commands still work.
          </p>
        ) : null}
      </div>
    </Autocomplete.Root>
  );
}

function PaletteInput() {
  return (
    <div className="flex items-center gap-2.5 border-b px-4">
      <Search aria-hidden className="size-4 text-text-3" />
      <Autocomplete.Input
        aria-label="Search and commands"
        placeholder="Search or run a command"
        className="h-12 min-w-0 flex-1 bg-transparent text-reading outline-none"
      />
      <Dialog.Close className="inline-flex min-h-6 items-center rounded-mark text-meta text-text-2 touch:min-h-11">
        <Kbd keys="Esc" className="max-sm:hidden" />
        <span className="sm:sr-only">Close</span>
      </Dialog.Close>
    </div>
  );
}

function EntryRow({ entry, confirming }: { entry: Entry; confirming: boolean }) {
  const apple = useIsApple();
  return (
    <>
      {entry.icon}
      <span
        className={confirming ? "flex-1 truncate font-medium text-status-red-fg" : "min-w-32 flex-1 truncate"}
      >
        {confirming ? entry.confirm : entry.title}
      </span>
      {entry.note === undefined ? null : (
        <span className="truncate text-table text-text-3">{entry.note}</span>
      )}
      {entry.keys === undefined ? null : <Kbd keys={keyCaps(entry.keys, apple)} className="max-sm:hidden" />}
    </>
  );
}

function commandEntry(command: Command): Entry {
  return { ...command, icon: command.icon ?? <CornerDownLeft aria-hidden /> };
}

function resultEntry(result: PaletteResult, perform: () => void): Entry {
  return { ...result, icon: result.icon ?? <Search aria-hidden />, perform };
}

/** Groups in the order of their best entry; while something is typed, rank matters more than headings. */
function groupBySection(entries: readonly Entry[], query: string): { value: string; items: Entry[] }[] {
  if (entries.length === 0) return [];
  if (query.trim() !== "") return [{ value: "Commands", items: [...entries] }];
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.section, [...(groups.get(entry.section) ?? []), entry]);
  return [...groups].map(([value, items]) => ({ value, items }));
}
