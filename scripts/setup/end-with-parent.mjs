// Loaded into a tool that must not outlive who started it: when that is killed the channel between them closes. The tool leads its
// group, so that what it started ends as well; what it started loads this too, and leads none.
process.on("disconnect", () => {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.exit(1);
  }
});
process.channel?.unref();
