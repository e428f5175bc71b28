"use client";

import { useAllCommands, type Command } from "#components/layout/commands";
import { keyCaps } from "#components/layout/key-sequence";
import { useIsApple } from "#components/layout/platform";
import { useRootPreference } from "#components/layout/root-attribute";
import { Dialog } from "#components/ui/dialog";
import { Kbd } from "#components/ui/kbd";
import { Switch } from "#components/ui/switch";

/** The keys of lists, which the rows themselves handle. */
const listKeys = [
  { keys: "j", title: "Next row" },
  { keys: "k", title: "Previous row" },
  { keys: "Enter", title: "Open the row" },
  { keys: "Space", title: "Look into the row" },
  { keys: "o", title: "Open in a new tab" },
  { keys: "x", title: "Select the row" },
  { keys: "⇧X", title: "Select up to the row" },
];

function bySection(commands: readonly Command[]): Map<string, Command[]> {
  const shown = new Map<string, Command[]>();
  const taken = new Set<string>();
  for (const command of commands) {
    if (command.keys === undefined || taken.has(command.keys)) continue;
    taken.add(command.keys);
    shown.set(command.section, [...(shown.get(command.section) ?? []), command]);
  }
  return shown;
}

/** Every key that works on this page. */
export function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const commands = useAllCommands();
  const [singleKeys, setSingleKeys] = useRootPreference("singleKeys");
  const apple = useIsApple();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" size="large">
      <div className="columns-1 gap-8 sm:columns-2">
        {[...bySection(commands)].map(([section, entries]) => (
          <KeyList
            key={section}
            title={section}
            entries={entries.map((entry) => ({ title: entry.title, keys: keyCaps(entry.keys ?? "", apple) }))}
          />
        ))}
        <KeyList title="Lists" entries={listKeys} />
      </div>
      <div className="mt-2 border-t pt-3">
        <Switch
          label="Single-key shortcuts"
          hint="Turn off if you dictate or use a switch device; combinations with ⌘ or Ctrl keep working."
          checked={singleKeys !== "off"}
          onChange={(event) => setSingleKeys(event.target.checked ? undefined : "off")}
        />
      </div>
    </Dialog>
  );
}

function KeyList({ title, entries }: { title: string; entries: readonly { title: string; keys: string }[] }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-table font-semibold">{title}</h3>
      <dl>
        {entries.map((entry) => (
          <div key={entry.keys} className="flex min-h-7 items-center justify-between gap-4 text-table">
            <dt className="text-text-2">{entry.title}</dt>
            <dd>
              <Kbd keys={entry.keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
