import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, constants, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { eq } from "drizzle-orm";
import type { Database } from "#db/connect";
import { alerts } from "#db/schema/events";
import { incidents } from "#db/schema/incidents";
import {
  makeIntegration,
  makeNotificationRule,
  makePolicy,
  makeService,
  makeUser,
} from "#lib/testing/factories";
import { onStage } from "#scripts/acceptance/stage";
import type { Stage } from "#scripts/acceptance/stage";
import { freePort } from "#scripts/setup/free-port";
import { ending, stopProcess } from "#scripts/setup/subprocess";

const NAMES = ["prometheus-alertmanager", "alertmanager"];
const LIMIT_MS = 30_000;

const binary = process.env.ALERTMANAGER || installed();
if (binary === undefined) {
  console.log(
    "Skipped: there is no Alertmanager here. Install it (Debian: apt-get install prometheus-alertmanager) or name its binary in ALERTMANAGER.",
  );
} else {
  await onStage(`An unmodified Alertmanager (${binary}) with nothing changed but the address.`, (stage) =>
    play(stage, binary),
  );
}

function installed(): string | undefined {
  const places = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return places.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

type Keys = { events: string; webhook: string };

async function play(stage: Stage, path: string): Promise<void> {
  const keys = await makeOrganisation(stage.database.db);
  const url = await stage.serve();
  const alertmanager = await start(stage, path, configuration(url, keys));
  await follow(stage, alertmanager, { receiver: "pagerduty", service: "By pagerduty_configs" });
  await follow(stage, alertmanager, { receiver: "webhook", service: "By webhook_configs" });
}

async function makeOrganisation(db: Database): Promise<Keys> {
  const user = await makeUser(db, { name: "Ann" });
  await makeNotificationRule(db, { userId: user.id });
  const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: user.id }] }] });
  const make = (name: string) => makeService(db, { name, escalationPolicyId: policy.id });
  const [events, webhook] = [await make("By pagerduty_configs"), await make("By webhook_configs")];
  return {
    events: (await makeIntegration(db, { serviceId: events.id })).key,
    webhook: (
      await makeIntegration(db, {
        serviceId: webhook.id,
        type: "alertmanager_inbound_integration",
        key: randomBytes(16).toString("hex"),
      })
    ).key,
  };
}

function configuration(url: string, keys: Keys): string {
  return `
route:
  receiver: pagerduty
  group_by: [alertname]
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1h
  routes:
    - receiver: webhook
      group_by: [alertname]
      matchers: [receiver="webhook"]
receivers:
  - name: pagerduty
    pagerduty_configs:
      - routing_key: ${keys.events}
        url: ${url}/v2/enqueue
        send_resolved: true
        severity: '{{ .CommonLabels.severity }}'
  - name: webhook
    webhook_configs:
      - url: ${url}/integrations/alertmanager/${keys.webhook}
        send_resolved: true
`;
}

/** Starts it; answers the address of its API. */
async function start(stage: Stage, path: string, config: string): Promise<string> {
  const file = join(stage.folder, "alertmanager.yml");
  writeFileSync(file, config);
  const port = await freePort();
  const child = spawn(
    path,
    [
      `--config.file=${file}`,
      `--storage.path=${join(stage.folder, "alertmanager")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
      "--log.level=warn",
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  const ended = ending(child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`Alertmanager ${await ended}.`);
  stage.finally(() =>
    stopProcess(pid, [
      ["SIGTERM", 5_000],
      ["SIGKILL", 5_000],
    ]),
  );
  const api = `http://127.0.0.1:${port}/api/v2`;
  const ready = await stage.waitFor(async () => {
    const answer = await fetch(`${api}/status`).catch(() => undefined);
    return answer?.ok ? true : undefined;
  }, LIMIT_MS);
  if (!ready) throw new Error("Alertmanager does not answer.");
  return api;
}

/** Fires an alert at Alertmanager, then lets it end, and follows what becomes of it. */
async function follow(
  { check, database, waitFor }: Stage,
  api: string,
  { receiver, service }: { receiver: string; service: string },
): Promise<void> {
  console.log(`\n  ${service}`);
  const name = `HighErrorRate_${receiver}`;
  const labels = { alertname: name, severity: "critical", instance: "checkout-1", receiver };
  const alert = {
    labels,
    annotations: { summary: "Checkout answers 5xx" },
    generatorURL: "http://prometheus.example.com/graph",
  };
  const sent = Date.now();
  await post(api, { ...alert, startsAt: new Date(sent).toISOString() });
  const opened = await waitFor(() => find(database.db, name), LIMIT_MS);
  if (!opened) throw new Error("No incident opened.");
  check(
    opened.status === "triggered",
    `#${opened.number} opened after ${Date.now() - sent} ms: ${opened.title}`,
  );
  check(opened.severity === "critical", `its alert is ${opened.severity}: ${opened.summary}`);

  const over = Date.now();
  await post(api, { ...alert, startsAt: new Date(sent).toISOString(), endsAt: new Date(over).toISOString() });
  const resolved = await waitFor(async () => {
    const now = await find(database.db, name);
    return now?.status === "resolved" ? now : undefined;
  }, LIMIT_MS);
  check(
    resolved !== undefined,
    `it was resolved with the alert${resolved ? `, after ${Date.now() - over} ms` : ""}`,
  );
}

async function post(api: string, alert: object): Promise<void> {
  const answer = await fetch(`${api}/alerts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([alert]),
  });
  if (!answer.ok) throw new Error(`Alertmanager answered ${answer.status}: ${await answer.text()}`);
}

async function find(db: Database, name: string) {
  const rows = await db
    .select({
      number: incidents.number,
      title: incidents.title,
      status: incidents.status,
      summary: alerts.summary,
      severity: alerts.severity,
      details: alerts.customDetails,
    })
    .from(incidents)
    .innerJoin(alerts, eq(alerts.incidentId, incidents.id));
  return rows.find(({ summary, details }) => `${summary} ${JSON.stringify(details)}`.includes(name));
}
