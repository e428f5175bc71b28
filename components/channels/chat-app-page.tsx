import type { ReactNode } from "react";
import { ChatAppForm } from "#components/channels/chat-app-form";
import type { ChatAppKind } from "#components/channels/chat-app-form";
import { ChatAppStatus } from "#components/channels/chat-app-status";
import { PageHeader } from "#components/layout/page-header";
import { LiveRefresh } from "#components/live/live-refresh";
import { TestPageDialog } from "#components/people/test-page-dialog";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import type { Provider } from "#lib/notifications/client";
import { KIND_NAMES } from "#lib/notifications/provider";
import type { ContactMethodDto } from "#lib/notifications/schemas";

interface ChatAppPageProps {
  kind: ChatAppKind;
  provider: Provider | null;
  /** The viewer's own ways to be reached by it: what a test can go to. */
  methods: readonly ContactMethodDto[];
  description: string;
  /** What to do at the provider, in order. */
  steps: readonly ReactNode[];
  children?: ReactNode;
}

/** Sets up an app that carries pages: what to do there, what to enter here, how it does, and a test. */
export function ChatAppPage({ kind, provider, methods, description, steps, children }: ChatAppPageProps) {
  return (
    <>
      <LiveRefresh entities={["channel_provider", "user"]} />
      <PageHeader
        title={KIND_NAMES[kind]}
        description={description}
        before={<TextLink href="/settings/channels">Channels</TextLink>}
      />
      <div className="flex flex-col gap-4">
        {provider === null ? null : (
          <Card title="Connected">
            <ChatAppStatus provider={provider} account={accountOf(provider)} />
          </Card>
        )}
        {provider === null ? null : <TestCard kind={kind} methods={methods} />}
        <Card title={provider === null ? "Connect" : "Connect another in its place"}>
          <div className="flex flex-col gap-4">
            <ol className="flex list-decimal flex-col gap-1 pl-5 text-body text-text-2">
              {steps.map((step, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- the list never changes
                <li key={index}>{step}</li>
              ))}
            </ol>
            {children}
            <ChatAppForm kind={kind} isConnected={provider !== null} />
          </div>
        </Card>
      </div>
    </>
  );
}

function TestCard({ kind, methods }: Pick<ChatAppPageProps, "kind" | "methods">) {
  const own = methods.filter(({ channel, address }) => channel === kind && !URL.canParse(address));
  return (
    <Card title="Test" subtitle="Goes the way a page does, and shows each step">
      {own.length === 0 ? (
        <p className="text-body text-text-2">
          Add {CHANNEL_NAMES[kind]} to <TextLink href="/me/notifications">your own contact methods</TextLink>;
          a test goes there.
        </p>
      ) : (
        <ul className="flex flex-col gap-2">
          {own.map((method) => (
            <li key={method.id} className="flex flex-wrap items-center justify-between gap-2 text-body">
              {method.label}
              <TestPageDialog method={method} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function accountOf({ kind, settings }: Provider): string {
  const { teamName, username } = settings;
  if (kind === "slack" && typeof teamName === "string") return `the workspace ${teamName}`;
  if (kind === "telegram" && typeof username === "string") return `@${username}`;
  return KIND_NAMES[kind];
}
