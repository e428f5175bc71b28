"use client";

import { MappingFields } from "#components/mappings/mapping-fields";
import { MappingTrialView } from "#components/mappings/mapping-trial";
import { useMappingEditor } from "#components/mappings/use-mapping-editor";
import type { TrialMessage } from "#components/mappings/use-mapping-editor";
import { DraftNotices } from "#components/schedules/draft-notices";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Disclosure } from "#components/ui/disclosure";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import type { MappingOfIntegration, MessageToTry } from "#lib/events/client";
import { DEFAULT_MAPPING } from "#lib/events/json-mapping";
import type { JsonMapping, MappedField } from "#lib/events/json-mapping";

interface MappingCardProps {
  integrationId: string;
  inForce: MappingOfIntegration;
  canConfigure: boolean;
}

/** Which part of a message means what, beside what that makes of a message that came in or is pasted. */
export function MappingCard({ integrationId, inForce, canConfigure }: MappingCardProps) {
  const editor = useMappingEditor(integrationId, inForce);
  const { draft, changed, trial } = editor;
  const errors = trial.data?.errors ?? [];
  return (
    <Card
      title="Mapping of JSON"
      subtitle={
        inForce.version === 0
          ? "The default, which knows common names, reads messages"
          : `Version ${inForce.version} reads messages`
      }
    >
      <DraftNotices
        conflict={editor.conflict}
        problem={editor.problem}
        restoredAt={null}
        onDiscard={editor.discard}
      />
      <p className="mb-3 text-table text-text-2">
        Expressions in CEL. They read <code className="font-mono">body</code>, the whole message, and, all but
        that of the items, <code className="font-mono">item</code>. What is missing is null;{" "}
        <code className="font-mono">first([a, b])</code> is the first that is there.
      </p>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <MappingFields draft={draft} errors={errors} readOnly={!canConfigure} onChange={editor.set} />
          {canConfigure ? (
            <PublishRow
              changed={changed}
              obstacle={obstacleOf(changed, errors.length > 0, editor.conflict !== null)}
              pending={editor.isPublishing}
              onPublish={editor.publish}
              onDiscard={editor.discard}
            />
          ) : null}
          <Versions inForce={inForce} canConfigure={canConfigure} onLoad={editor.load} />
        </div>
        <div className="flex min-w-0 flex-col gap-3 lg:sticky lg:top-4">
          <MessageFields messages={inForce.messages} message={editor.message} onChange={editor.setMessage} />
          <MappingTrialView trial={trial} />
        </div>
      </div>
    </Card>
  );
}

function obstacleOf(changed: readonly MappedField[], isBroken: boolean, isConflicting: boolean) {
  if (changed.length === 0) return "Nothing has changed";
  if (isConflicting) return "Look at what was published meanwhile first";
  return isBroken ? "An expression is not understood" : null;
}

interface PublishRowProps {
  changed: readonly MappedField[];
  obstacle: string | null;
  pending: boolean;
  onPublish: () => void;
  onDiscard: () => void;
}

function PublishRow({ changed, obstacle, pending, onPublish, onDiscard }: PublishRowProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        variant="primary"
        aria-disabled={obstacle !== null}
        title={obstacle ?? undefined}
        pending={pending}
        pendingLabel="Publishing…"
        onClick={() => {
          if (obstacle === null) onPublish();
        }}
      >
        Publish mapping
      </Button>
      <Button variant="ghost" disabled={changed.length === 0} onClick={onDiscard}>
        Discard
      </Button>
      <p className="min-w-0 text-meta text-text-3" aria-live="polite">
        {changed.length === 0 ? "No changes" : `Changed: ${changed.join(", ")}`}
        {changed.length > 0 && obstacle !== null ? `. Can’t be published yet: ${obstacle}.` : ""}
      </p>
    </div>
  );
}

interface MessageFieldsProps {
  messages: readonly MessageToTry[];
  message: TrialMessage;
  onChange: (message: TrialMessage) => void;
}

function MessageFields({ messages, message, onChange }: MessageFieldsProps) {
  const chosen = messages.find(({ payload }) => payload === message.payload);
  return (
    <>
      {messages.length === 0 ? null : (
        <Field label="Try it on">
          {(control) => (
            <Select
              {...control}
              value={chosen?.id ?? ""}
              onChange={({ target }) => {
                const found = messages.find(({ id }) => id === target.value);
                if (found) onChange({ payload: found.payload, contentType: found.contentType });
              }}
            >
              <option value="">The message below</option>
              {messages.map(({ id, receivedAt, words, isUnread }) => (
                <option key={id} value={id}>
                  {`${receivedAt.slice(0, 16).replace("T", " ")} UTC, ${isUnread ? "not read: " : ""}${words.slice(0, 80)}`}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label="Message" hint="As it is sent. Paste any other.">
        {(control) => (
          <Textarea
            {...control}
            rows={8}
            className="font-mono text-table"
            spellCheck={false}
            value={message.payload}
            onChange={({ target }) => onChange({ payload: target.value, contentType: null })}
          />
        )}
      </Field>
    </>
  );
}

interface VersionsProps {
  inForce: MappingOfIntegration;
  canConfigure: boolean;
  onLoad: (mapping: JsonMapping) => void;
}

function Versions({ inForce: { version, versions }, canConfigure, onLoad }: VersionsProps) {
  if (versions.length === 0) return null;
  return (
    <Disclosure summary="Versions">
      <ul aria-label="Versions of the mapping, newest first" className="flex flex-col">
        {versions.map((known) => (
          <li key={known.version} className="flex flex-wrap items-center gap-x-3 border-b py-1.5 text-table">
            <span className="tabular-nums">{known.version}</span>
            <span className="min-w-0 flex-1 text-text-2">
              {known.publishedBy}, <Time at={known.at} />
            </span>
            {known.version === version ? (
              <span className="text-text-3">in force</span>
            ) : canConfigure ? (
              <Button size="small" variant="ghost" onClick={() => onLoad(known.mapping)}>
                Edit version {known.version}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {canConfigure ? (
        <Button size="small" variant="ghost" onClick={() => onLoad(DEFAULT_MAPPING)}>
          Edit the default
        </Button>
      ) : null}
    </Disclosure>
  );
}
