// Acceptance against what the product meets in the world: a mail server, chats, an unmodified Alertmanager, a second engine.
const SCRIPTS: Record<string, () => Promise<unknown>> = {
  alertmanager: () => import("#scripts/acceptance/alertmanager"),
  chat: () => import("#scripts/acceptance/chat"),
  telephony: () => import("#scripts/acceptance/telephony"),
  smtp: () => import("#scripts/acceptance/smtp"),
  night: () => import("#scripts/acceptance/night/whole"),
  "short-night": () => import("#scripts/acceptance/night/short"),
  "two-engines": () => import("#scripts/acceptance/two-engines"),
};

const [asked = "", ...rest] = process.argv.slice(2);
const script = Object.hasOwn(SCRIPTS, asked) ? SCRIPTS[asked] : undefined;
if (script === undefined || rest.length > 0) {
  console.error(`Usage: node scripts/acceptance.mjs ${Object.keys(SCRIPTS).join(" | ")}`);
  process.exitCode = 1;
} else {
  await script();
}

export {};
