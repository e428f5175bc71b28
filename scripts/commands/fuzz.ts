import { fuzzIntake, FUZZ_USAGE } from "#scripts/fuzz/intake";

const [what = "", ...rest] = process.argv.slice(2);
if (what === "intake") await fuzzIntake(rest);
else {
  console.error(FUZZ_USAGE);
  process.exitCode = 1;
}
