import { z } from "zod";
import { newId } from "#lib/ids";
import type { Ready } from "#scripts/setup/credentials";

export type Person = { id: string; name: string; email: string };
export type Level = { delayMinutes: number; people: readonly Person[] };
export type Service = { id: string; name: string; key: string };

export type Answer = { status: number; body: unknown };
export type MonitorEvent = {
  summary?: string;
  dedupKey?: string;
  severity?: "critical" | "error" | "warning" | "info";
  action?: "trigger" | "acknowledge" | "resolve";
};

const incident = z.object({
  id: z.string(),
  incident_number: z.number(),
  title: z.string(),
  status: z.enum(["triggered", "acknowledged", "resolved"]),
  urgency: z.enum(["high", "low"]),
  priority: z.object({ name: z.string() }).nullable(),
  assignments: z.array(z.object({ assignee: z.object({ id: z.string() }) })),
});
export type Incident = z.infer<typeof incident>;

/** The public interfaces of the server under test, used as a monitor, a script or Terraform would. */
export type PublicApi = ReturnType<typeof publicApi>;

export function publicApi(app: Ready) {
  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${app.url}/api/v2${path}`, {
      method,
      headers: {
        authorization: `Token token=${app.apiKey}`,
        "content-type": "application/json",
        from: "admin@example.com",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : (JSON.parse(text) as unknown) };
  }

  async function need<T>(method: string, path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
    const answer = await call(method, path, body);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    return schema.parse(answer.body);
  }

  async function send(
    key: string,
    { summary = "It is broken", dedupKey = newId(), severity = "critical", action = "trigger" }: MonitorEvent,
  ): Promise<string> {
    const response = await fetch(`${app.url}/v2/enqueue`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        routing_key: key,
        event_action: action,
        dedup_key: dedupKey,
        ...(action === "trigger" ? { payload: { summary, source: "e2e", severity } } : {}),
      }),
    });
    if (response.status !== 202)
      throw new Error(`The event was answered ${response.status}: ${await response.text()}`);
    return dedupKey;
  }

  return {
    call,
    send,

    /** Somebody new, whom e-mail reaches at once. */
    async makePerson(role = "limited_user", name = `Person ${newId()}`): Promise<Person> {
      const email = `${newId().toLowerCase()}@example.com`;
      const { user } = await need("POST", "/users", z.object({ user: z.object({ id: z.string() }) }), {
        user: { type: "user", name, email, role, time_zone: "Etc/UTC" },
      });
      return { id: user.id, name, email };
    },

    /** A high-urgency service with an Events API key, whose policy has these levels. */
    async makeService(levels: readonly Level[], name = `Service ${newId()}`): Promise<Service> {
      const { escalation_policy: policy } = await need(
        "POST",
        "/escalation_policies",
        z.object({ escalation_policy: z.object({ id: z.string() }) }),
        {
          escalation_policy: {
            type: "escalation_policy",
            name: `Policy ${newId()}`,
            escalation_rules: levels.map(({ delayMinutes, people }) => ({
              escalation_delay_in_minutes: delayMinutes,
              targets: people.map(({ id }) => ({ id, type: "user_reference" })),
            })),
          },
        },
      );
      const { service } = await need(
        "POST",
        "/services",
        z.object({ service: z.object({ id: z.string() }) }),
        {
          service: {
            type: "service",
            name,
            escalation_policy: { id: policy.id, type: "escalation_policy_reference" },
            incident_urgency_rule: { type: "constant", urgency: "high" },
          },
        },
      );
      const { integration } = await need(
        "POST",
        `/services/${service.id}/integrations`,
        z.object({ integration: z.object({ integration_key: z.string() }) }),
        { integration: { type: "events_api_v2_inbound_integration", name: "Monitor" } },
      );
      return { id: service.id, name, key: integration.integration_key };
    },

    /** The incidents of a service, oldest first. */
    async incidentsOf({ id }: Service): Promise<Incident[]> {
      const { incidents } = await need(
        "GET",
        `/incidents?service_ids[]=${id}&date_range=all&limit=100&sort_by=incident_number:asc`,
        z.object({ incidents: z.array(incident) }),
      );
      return incidents;
    },

    async incident(id: string): Promise<Incident> {
      return (await need("GET", `/incidents/${id}`, z.object({ incident }))).incident;
    },

    async setStatus(id: string, status: "acknowledged" | "resolved"): Promise<void> {
      await need("PUT", `/incidents/${id}`, z.object({ incident }), {
        incident: { type: "incident_reference", status },
      });
    },

    /** The people an incident is assigned to, by id. */
    async assignees(id: string): Promise<string[]> {
      const found = await need("GET", `/incidents/${id}`, z.object({ incident }));
      return found.incident.assignments.map(({ assignee }) => assignee.id);
    },
  };
}
