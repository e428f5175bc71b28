"use client";

import { useState } from "react";
import { LowUrgencyFields } from "#components/services/low-urgency-fields";
import { LinksFields } from "#components/services/links-fields";
import { ReportFields } from "#components/services/report-fields";
import { ServiceBasics, type ServiceChoices } from "#components/services/service-basics";
import { TimerField } from "#components/services/timer-field";
import { UrgencyFields } from "#components/services/urgency-fields";
import { SaveBar } from "#components/settings/save-bar";
import { useChange } from "#components/settings/use-change";
import { useViewer } from "#components/time/viewer";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { updateService } from "#lib/services/client";
import type { Service, ServiceChange } from "#lib/services/client";

type Draft = Required<ServiceChange>;

function draftOf(service: Service): Draft {
  const { name, description, tier, urgencyRule, supportHours, withholdDetails } = service;
  const { escalateLowUrgency, queueLowUrgency } = service;
  const { acknowledgementTimeout, autoResolveTimeout, reopenWithin, runbookUrl, links } = service;
  const { feature, component, customerFacing, availabilityTarget } = service;
  return {
    name,
    description,
    tier,
    teamId: service.team?.id ?? null,
    escalationPolicyId: service.policy.id,
    urgencyRule,
    supportHours,
    acknowledgementTimeout,
    autoResolveTimeout,
    reopenWithin,
    escalateLowUrgency,
    queueLowUrgency,
    withholdDetails,
    feature,
    component,
    customerFacing,
    availabilityTarget,
    runbookUrl,
    links,
  };
}

/** Everything a service decides about its incidents. Only what was changed is sent, so two people don't undo each other. */
export function ServiceSettingsForm({ service, choices }: { service: Service; choices: ServiceChoices }) {
  const saved = draftOf(service);
  const [changes, setChanges] = useState<ServiceChange>({});
  const [attempt, setAttempt] = useState(0);
  const draft: Draft = { ...saved, ...changes };
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved);
  const set = (change: ServiceChange) => setChanges((before) => ({ ...before, ...change }));
  const discard = () => {
    setChanges({});
    setAttempt(attempt + 1);
  };
  const save = useChange({
    change: () => updateService(service.id, changes),
    done: "Settings saved",
    onDone: () => setChanges({}),
  });
  return (
    <form
      key={attempt}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Card title="The service">
        <div className="flex max-w-180 flex-col gap-4">
          <ServiceBasics value={draft} choices={choices} error={save.error} onChange={set} />
        </div>
      </Card>
      <UrgencyCard draft={draft} error={save.error} onChange={set} />
      <TimersCard draft={draft} error={save.error} onChange={set} />
      <Card title="In reports" subtitle="Applies to its past incidents too">
        <div className="flex max-w-180 flex-col gap-4">
          <ReportFields value={draft} error={save.error} onChange={set} />
        </div>
      </Card>
      <div id="links" className="scroll-mt-16">
        <Card title="Runbook and links">
          <div className="max-w-180">
            <LinksFields
              runbookUrl={draft.runbookUrl}
              links={draft.links}
              error={save.error}
              onChange={set}
            />
          </div>
        </Card>
      </div>
      <SaveBar dirty={dirty} pending={save.isPending} error={save.error} onDiscard={discard} />
    </form>
  );
}

interface CardProps {
  draft: Draft;
  error: unknown;
  onChange: (change: ServiceChange) => void;
}

function UrgencyCard({ draft, error, onChange }: CardProps) {
  const { timeZone } = useViewer();
  return (
    <Card title="Urgency" subtitle="Decides whether an incident may wake somebody">
      <div className="flex max-w-180 flex-col gap-4">
        <UrgencyFields
          rule={draft.urgencyRule}
          hours={draft.supportHours}
          timeZone={timeZone}
          error={error}
          onChange={onChange}
        />
        <LowUrgencyFields
          rule={draft.urgencyRule}
          escalates={draft.escalateLowUrgency}
          queues={draft.queueLowUrgency}
          hours={draft.supportHours}
          timeZone={timeZone}
          error={error}
          onChange={onChange}
        />
        <CheckboxField
          label="Withhold details in texts and calls"
          hint="For regulated data: they name the service and the incident’s number, never its title."
          checked={draft.withholdDetails}
          onChange={(event) => onChange({ withholdDetails: event.target.checked })}
        />
      </div>
    </Card>
  );
}

function TimersCard({ draft, error, onChange }: CardProps) {
  return (
    <Card title="Timers" subtitle="Open incidents keep the timers they began with">
      <div className="flex max-w-180 flex-col gap-3">
        <TimerField
          name="acknowledgementTimeout"
          label="Page again when acknowledged for too long"
          hint="An acknowledged incident that nobody resolves becomes triggered again."
          value={draft.acknowledgementTimeout}
          usual={1800}
          error={error}
          onChange={(acknowledgementTimeout) => onChange({ acknowledgementTimeout })}
        />
        <TimerField
          name="autoResolveTimeout"
          label="Resolve by itself"
          hint="An incident that is open this long without a new event is resolved."
          value={draft.autoResolveTimeout}
          usual={14_400}
          error={error}
          onChange={(autoResolveTimeout) => onChange({ autoResolveTimeout })}
        />
        <TimerField
          name="reopenWithin"
          label="Reopen instead of opening anew"
          hint="The same alert again within this time after it was resolved reopens its incident."
          value={draft.reopenWithin}
          usual={900}
          error={error}
          onChange={(reopenWithin) => onChange({ reopenWithin })}
        />
      </div>
    </Card>
  );
}
