import { WHOLE_NIGHT } from "#scripts/acceptance/night/plan";
import { playNight } from "#scripts/acceptance/night/play";

await playNight(WHOLE_NIGHT);
