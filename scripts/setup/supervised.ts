import { subscribe } from "node:diagnostics_channel";
import { Server } from "node:net";

// Loaded into the server by `npm run up`. When that is killed without a chance to stop it, the server stops by itself;
// and it tells when its port is its own, which an answer from that port does not: another program may be giving it.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();

subscribe("tracing:net.server.listen:asyncEnd", (message) => {
  const server =
    typeof message === "object" && message !== null && "server" in message ? message.server : undefined;
  const address = server instanceof Server ? server.address() : undefined;
  if (typeof address === "object" && address !== null) process.send?.({ listening: address.port });
});
