// Shows pages, and acknowledges from the notification. Of Touchline itself it keeps one thing: who was on call when it last looked, for
// when there is no network. An operations tool that shows yesterday's state as today's does harm, so that page says how old it is.
"use strict";

const STORE = "touchline-on-call";
const ON_CALL = "/api/ui/on-call/copy";

let signOuts = 0;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const preload = self.registration.navigationPreload?.enable();
  event.waitUntil(Promise.all([self.clients.claim(), preload]));
});

// A page of a signed-in person asks for it when it opens.
self.addEventListener("message", (event) => {
  if (event.data === "keep-on-call") event.waitUntil(keepOnCall());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode !== "navigate") return;
  // Whoever signs out leaves nothing behind.
  if (new URL(request.url).pathname === "/sign-out") {
    signOuts += 1;
    event.waitUntil(caches.delete(STORE));
  }
  if (request.method === "GET") event.respondWith(navigate(event));
});

self.addEventListener("push", (event) => event.waitUntil(show(readMessage(event.data))));

self.addEventListener("notificationclick", (event) => {
  const { data, tag } = event.notification;
  if (event.action === "acknowledge" || data.retry) {
    event.waitUntil(acknowledge(data, tag));
    return;
  }
  event.notification.close();
  event.waitUntil(open(data.openPath));
});

function readMessage(data) {
  const fallback = { title: "Touchline: you are paged", body: "Open Touchline to see why.", openPath: "/" };
  try {
    return { ...fallback, ...data.json() };
  } catch {
    // A browser withdraws the permission of whoever shows nothing.
    return fallback;
  }
}

async function show(message) {
  const { title, openPath, oneTapPath } = message;
  await self.registration.showNotification(title, {
    body: message.body,
    tag: message.tag,
    // Without it a newer page of the same incident would come in silence.
    renotify: Boolean(message.tag),
    requireInteraction: Boolean(message.requireInteraction),
    timestamp: message.timestamp,
    actions: message.actions ?? [],
    vibrate: message.urgency === "high" ? [300, 100, 300, 100, 600] : [200],
    icon: "/icon-192.png",
    badge: "/badge-96.png",
    data: { openPath, oneTapPath, title },
  });
  if (oneTapPath) await post(oneTapPath, "shown").catch(() => undefined);
}

/** Replaces the notification by what came of it, so that nobody goes back to sleep on a tap that did nothing. */
async function acknowledge(data, tag) {
  const result = await post(data.oneTapPath, "acknowledge").catch(() => null);
  const answer = result?.ok ? await result.json().catch(() => null) : null;
  if (answer?.escalationStopped) {
    const body = answer.acknowledgedAt
      ? `Acknowledged ${new Date(answer.acknowledgedAt).toLocaleTimeString()} by ${answer.by}`
      : "Resolved meanwhile";
    await replace(data.title, body, tag, { ...data, retry: false }, [{ action: "open", title: "Open" }]);
    return;
  }
  await replace(data.title, "Ack FAILED, tap to retry", tag, { ...data, retry: true }, [
    { action: "acknowledge", title: "Retry" },
  ]);
}

function replace(title, body, tag, data, actions) {
  return self.registration.showNotification(title, {
    body,
    tag,
    data,
    actions,
    icon: "/icon-192.png",
    badge: "/badge-96.png",
    renotify: data.retry,
    requireInteraction: data.retry,
    silent: !data.retry,
  });
}

function post(path, action) {
  return fetch(path, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ action }),
    credentials: "omit",
    signal: AbortSignal.timeout(10_000),
  });
}

async function open(path) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const [window] = windows;
  if (window && "navigate" in window) {
    await window.focus();
    const moved = await window.navigate(path).catch(() => null);
    if (moved) return;
  }
  await self.clients.openWindow(path);
}

async function navigate(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const kept = await (await caches.open(STORE)).match(ON_CALL);
    if (!kept) throw error;
    return offlinePage(await kept.json());
  }
}

/** Nothing of whoever is signed out, or may not see it, is kept. */
async function keepOnCall() {
  const before = signOuts;
  const response = await fetch(ON_CALL, { headers: { accept: "application/json" } }).catch(() => null);
  // What was asked for before signing out may come after it.
  if (!response || signOuts !== before) return;
  if (response.ok) await (await caches.open(STORE)).put(ON_CALL, response);
  else if (response.status === 401 || response.status === 403) await caches.delete(STORE);
}

function offlinePage({ data, now }) {
  const asOf = new Date(now);
  const policies = data.policies.map(policySection).join("");
  const body = `<h1>Offline</h1>
<p class="warn">Touchline can’t be reached. Nothing can be acknowledged from here, and none of this is live.</p>
<p><a href="">Try again</a></p>
<h2>Who was on call</h2>
<p>As of ${escapeHtml(asOf.toLocaleString())}, ${age(Date.now() - asOf.getTime())} ago.</p>
${policies || "<p>Nobody was on call.</p>"}`;
  return new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Offline · Touchline</title>
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"><style>${OFFLINE_STYLE}</style></head>
<body><main>${body}</main></body></html>`,
    {
      status: 503,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      },
    },
  );
}

function policySection({ name, levels }) {
  const rows = levels.map(({ level, people }) => {
    const names = people.map(({ name: who, until }) =>
      escapeHtml(until ? `${who} until ${shortTime(until)}` : who),
    );
    return `<li><b>Level ${Number(level)}</b> ${names.join(", ") || "nobody"}</li>`;
  });
  return `<section><h3>${escapeHtml(name)}</h3><ul>${rows.join("")}</ul></section>`;
}

function shortTime(instant) {
  return new Date(instant).toLocaleString([], { weekday: "short", hour: "2-digit", minute: "2-digit" });
}

function age(ms) {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

const OFFLINE_STYLE = `
:root{color-scheme:light dark}
body{margin:0;font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;background:light-dark(#f9fafb,#0a0c10);color:light-dark(#13171e,#ebedf0)}
main{max-width:40rem;margin:0 auto;padding:24px 16px calc(24px + env(safe-area-inset-bottom))}
h1{font-size:24px;margin:0 0 8px}h2{font-size:20px;margin:24px 0 0}h3{font-size:17px;margin:16px 0 4px;overflow-wrap:anywhere}
p{margin:0 0 8px}ul{margin:0;padding:0;list-style:none}li{padding:6px 0;border-top:1px solid light-dark(#dcdfe3,#2a2f37)}
b{font-weight:600;margin-right:8px}.warn{color:light-dark(#ac0124,#fc575b);font-weight:600}
a{color:inherit;display:inline-flex;align-items:center;min-height:44px}`;
