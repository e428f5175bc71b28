// One event stream for every tab of a browser: HTTP/1.1 allows six connections to a host, and each tab needs some of them.
const ports = new Set();
let source = null;
let lastState = "connecting";

function tell(message) {
  for (const port of ports) port.postMessage(message);
}

function connect() {
  if (source) source.close();
  source = new EventSource("/api/events");
  source.addEventListener("open", () => {
    lastState = "open";
    tell({ type: "open" });
  });
  source.addEventListener("error", () => {
    lastState = "error";
    tell({ type: "error" });
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 5000);
  });
  for (const type of ["change", "gap", "beat"]) {
    source.addEventListener(type, (event) => tell({ type, data: event.data }));
  }
}

self.onconnect = (event) => {
  const [port] = event.ports;
  ports.add(port);
  port.onmessage = (message) => {
    if (message.data === "bye") ports.delete(port);
    if (message.data === "reconnect") connect();
    if (ports.size === 0 && source) {
      source.close();
      source = null;
    }
  };
  port.start();
  if (!source) connect();
  else port.postMessage({ type: lastState === "open" ? "open" : "error" });
};
