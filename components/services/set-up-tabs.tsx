"use client";

import { Tabs } from "@base-ui/react/tabs";
import { CodeBlock } from "#components/ui/code-block";
import { setUpGuides } from "#lib/events/set-up-guides";

interface SetUpTabsProps {
  /** Where senders reach this server. */
  baseUrl: string;
  integrationKey: string;
}

/** How to connect a sender: ready to paste, with the real address and key in it. */
export function SetUpTabs({ baseUrl, integrationKey }: SetUpTabsProps) {
  const guides = setUpGuides(baseUrl, integrationKey);
  return (
    <Tabs.Root
      orientation="vertical"
      defaultValue={guides[0]?.title}
      className="grid grid-cols-1 gap-3 md:grid-cols-[260px_minmax(0,1fr)]"
    >
      <Tabs.List aria-label="Kinds of sender" className="flex flex-col gap-0.5">
        {guides.map(({ title }) => (
          <Tabs.Tab
            key={title}
            value={title}
            className="min-h-8 rounded-control px-2.5 py-1 text-left text-table text-text-2 hover:bg-raised hover:text-text data-active:bg-selected data-active:font-medium data-active:text-text touch:min-h-11"
          >
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {guides.map(({ title, code }) => (
        <Tabs.Panel key={title} value={title} className="min-w-0 outline-offset-2">
          <CodeBlock name={title} code={code} />
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
