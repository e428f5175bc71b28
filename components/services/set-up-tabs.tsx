"use client";

import { Tabs } from "@base-ui/react/tabs";
import { useId, useState } from "react";
import { CodeBlock } from "#components/ui/code-block";
import { Input } from "#components/ui/input";
import type { SetUpGuide } from "#lib/events/set-up-guide";
import { setUpGuides } from "#lib/events/set-up-guides";

interface SetUpTabsProps {
  /** Where senders reach this server. */
  baseUrl: string;
  integrationKey: string;
  /** The product the integration was made for: its guide is the first to be seen. */
  source: string | null;
}

/** How to connect a sender: ready to paste, with the real address and key in it. */
export function SetUpTabs({ baseUrl, integrationKey, source }: SetUpTabsProps) {
  const guides = setUpGuides(baseUrl, integrationKey);
  const first = guides.find((guide) => guide.source === source) ?? guides[0];
  const [chosen, setChosen] = useState(first?.title ?? "");
  const [search, setSearch] = useState("");
  const countId = useId();
  const wanted = search.trim().toLowerCase();
  const found = guides.filter(({ title }) => title.toLowerCase().includes(wanted));
  const shown = found.find(({ title }) => title === chosen) ?? found[0];
  return (
    <Tabs.Root
      orientation="vertical"
      value={shown?.title ?? null}
      onValueChange={(value) => setChosen(String(value))}
      className="grid grid-cols-1 gap-3 md:grid-cols-[260px_minmax(0,1fr)]"
    >
      <div className="flex min-w-0 flex-col gap-2">
        <Input
          type="search"
          aria-label="Find a sender"
          aria-describedby={countId}
          placeholder="Find a sender"
          autoComplete="off"
          spellCheck={false}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <p id={countId} aria-live="polite" className="text-meta text-text-3">
          {found.length === 0
            ? "None by this name: anything that can send JSON can use the Events API."
            : `${found.length} of ${guides.length}`}
        </p>
        <Tabs.List
          aria-label="Kinds of sender"
          className="flex max-h-56 flex-col gap-0.5 overflow-y-auto md:max-h-96"
        >
          {found.map(({ title }) => (
            <Tabs.Tab
              key={title}
              value={title}
              className="min-h-8 shrink-0 rounded-control px-2.5 py-1 text-left text-table text-text-2 -outline-offset-2 hover:bg-raised hover:text-text data-active:bg-selected data-active:font-medium data-active:text-text touch:min-h-11"
            >
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </div>
      {found.map((guide) => (
        <Tabs.Panel key={guide.title} value={guide.title} className="min-w-0 outline-offset-2">
          <Guide guide={guide} />
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

function Guide({ guide: { title, note, address, code } }: { guide: SetUpGuide }) {
  return (
    <div className="flex flex-col gap-3">
      {note === null ? null : <p className="text-body text-text-2">{note}</p>}
      {address === null ? null : <CodeBlock name={`Address for ${title}`} code={address} wrap />}
      {code === null ? null : <CodeBlock name={title} code={code} />}
    </div>
  );
}
