// Loaded into a tool that must not outlive who started it, and into what the tool starts in turn. The tool leads its group, so that all of
// that ends with it. Looking is all it does: a channel to the starter would keep the tool from ending, or end it before it is done.
const STARTER = Number(process.env.TOUCHLINE_STARTER);

setInterval(() => {
  if (isThere(STARTER)) return;
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.exit(1);
  }
}, 500).unref();

function isThere(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
