"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { ServiceHealthBadge } from "#components/services/service-health";
import { TierBadge } from "#components/services/tier-badge";
import { useChange } from "#components/settings/use-change";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { TextLink } from "#components/ui/link";
import { Select } from "#components/ui/select";
import { setDependencies } from "#lib/services/client";
import type { Dependency } from "#lib/services/client";

interface DependencyEditorProps {
  serviceId: string;
  uses: readonly Dependency[];
  usedBy: readonly Dependency[];
  /** Every other service that can be chosen; empty for those who may only look. */
  others: readonly { id: string; name: string }[];
  canConfigure: boolean;
}

/** What a service uses, declared here, and what uses it, declared there. Each change is saved at once. */
export function DependencyEditor(props: DependencyEditorProps) {
  const { serviceId, uses, usedBy, others, canConfigure } = props;
  const [chosen, setChosen] = useState("");
  const save = useChange({
    change: (ids: readonly string[]) => setDependencies(serviceId, ids),
    done: "Dependencies saved",
    onDone: () => setChosen(""),
  });
  const ids = uses.map(({ id }) => id);
  const free = others.filter(({ id }) => !ids.includes(id));
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Card title="Uses" subtitle="When one of these fails, this service may suffer">
        <div className="flex flex-col gap-3">
          {save.error ? <Callout tone="danger" title={`Not saved: ${save.error.message}`} /> : null}
          <Rows
            services={uses}
            none="Nothing is declared yet."
            {...(canConfigure
              ? { onRemove: (id: string) => save.mutate(ids.filter((other) => other !== id)) }
              : {})}
          />
          {canConfigure ? (
            <Field label="Add a service it uses">
              {(control) => (
                <Select
                  {...control}
                  value={chosen}
                  disabled={save.isPending || free.length === 0}
                  onChange={(event) => {
                    setChosen(event.target.value);
                    if (event.target.value !== "") save.mutate([...ids, event.target.value]);
                  }}
                >
                  <option value="">Choose a service</option>
                  {free.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          ) : null}
        </div>
      </Card>
      <Card title="Used by" subtitle="When this service fails, these may suffer">
        <Rows services={usedBy} none="Nothing known." />
      </Card>
    </div>
  );
}

interface RowsProps {
  services: readonly Dependency[];
  none: string;
  onRemove?: (id: string) => void;
}

function Rows({ services, none, onRemove }: RowsProps) {
  if (services.length === 0) return <p className="text-body text-text-2">{none}</p>;
  return (
    <ul className="flex flex-col">
      {services.map((service) => (
        <li key={service.id} className="flex min-h-9 items-center gap-2 touch:min-h-11">
          <TextLink
            tone="quiet"
            href={`/services/${service.slug}/dependencies`}
            className="min-w-0 flex-1 truncate"
          >
            {service.name}
          </TextLink>
          <TierBadge tier={service.tier} />
          <ServiceHealthBadge health={service.health} />
          {onRemove === undefined ? null : (
            <IconButton
              name={`Remove ${service.name}`}
              size="small"
              icon={<X aria-hidden />}
              onClick={() => onRemove(service.id)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
