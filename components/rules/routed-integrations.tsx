"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { TextLink } from "#components/ui/link";
import { Switch } from "#components/ui/switch";
import { toast } from "#components/ui/toaster";
import { setRouting } from "#lib/rules/client";
import type { RoutedIntegration } from "#lib/rules/client";

interface RoutedIntegrationsProps {
  integrations: readonly RoutedIntegration[];
  canEdit: boolean;
}

/** Which integrations go through the global rules and the router; each keeps its service for what no rule routes. */
export function RoutedIntegrations({ integrations, canEdit }: RoutedIntegrationsProps) {
  const router = useRouter();
  const routing = useMutation({
    networkMode: "always",
    mutationFn: setRouting,
    onSuccess: () => router.refresh(),
    onError: ({ message }) => toast.error(message),
  });
  return (
    <ul aria-label="Integrations">
      {integrations.map(({ id, name, isRouted, service }) => (
        <li key={id} className="flex items-center gap-4 border-b px-4 py-1 last:border-b-0">
          <Switch
            className="flex-1"
            label={`${name} of ${service.name}`}
            checked={isRouted}
            disabled={!canEdit || routing.isPending}
            onChange={({ target }) => routing.mutate({ integrationId: id, isRouted: target.checked })}
          />
          <TextLink
            href={`/services/${service.slug}/integrations/${id}`}
            aria-label={`Open ${name} of ${service.name}`}
            className="text-table"
          >
            Open
          </TextLink>
        </li>
      ))}
    </ul>
  );
}
