/**
 * V8's flags of every server process; also in package.json's `start` and in deploy/Dockerfile. Left to itself V8 lets garbage grow to
 * several times what is in use before it looks: a spike of events would take 580 MB instead of 235.
 */
export const SERVER_FLAGS = [
  // Megabytes, of each half of the space for new objects: 64 where the machine has much memory.
  "--max-semi-space-size=8",
  // How much of what survived is added to it before it is collected again.
  "--heap-growing-percent=40",
] as const;
