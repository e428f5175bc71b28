import { benchIntake, INTAKE_USAGE } from "#scripts/bench/intake";

const [what, ...rest] = process.argv.slice(2);
if (what === "intake" && rest.length === 0) process.exitCode = await benchIntake();
else {
  console.error(INTAKE_USAGE);
  process.exitCode = 1;
}
