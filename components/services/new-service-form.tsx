"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ServiceBasics, type Basics, type ServiceChoices } from "#components/services/service-basics";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { CheckboxField } from "#components/ui/checkbox";
import { createIntegration, createService } from "#lib/services/client";
import { kindOfIntegration } from "#lib/services/integration-words";

/** Five fields; everything else has a sensible beginning and can be changed in the settings. */
export function NewServiceForm({ choices }: { choices: ServiceChoices }) {
  const router = useRouter();
  const [service, setService] = useState<Basics>({
    name: "",
    description: null,
    tier: 3,
    teamId: null,
    escalationPolicyId: "",
  });
  const [withIntegration, setWithIntegration] = useState(true);
  const create = useChange({
    change: async () => {
      const created = await createService(service);
      if (withIntegration) {
        const type = "events_api_v2_inbound_integration";
        const { name } = kindOfIntegration({ type, vendorId: null });
        await createIntegration({ serviceId: created.id, name, type });
      }
      return created;
    },
    done: "Service created",
    onDone: ({ slug }) => router.push(`/services/${slug}${withIntegration ? "/integrations" : ""}`),
  });
  return (
    <form
      className="flex max-w-180 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      {create.error ? (
        <Callout tone="danger" title={`Not created: ${create.error.message}`}>
          What you typed is still here.
        </Callout>
      ) : null}
      <ServiceBasics
        value={service}
        choices={choices}
        error={create.error}
        onChange={(change) => setService({ ...service, ...change })}
      />
      <CheckboxField
        label="Give it a key for monitors"
        hint="An integration for the Events API; Alertmanager, Grafana and all other senders can use the same key."
        checked={withIntegration}
        onChange={(event) => setWithIntegration(event.target.checked)}
      />
      <Button
        type="submit"
        variant="primary"
        className="self-start max-sm:w-full"
        pending={create.isPending}
        pendingLabel="Creating…"
      >
        Create service
      </Button>
    </form>
  );
}
