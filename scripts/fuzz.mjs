import { runCommand } from "./setup/install.mjs";

await runCommand("fuzz");
