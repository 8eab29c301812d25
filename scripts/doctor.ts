/** `npm run doctor`: asks fal, with a real key, what Darkroom relies on, and compares the answers with the simulator's. */
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { costOf } from "./doctor/cost.ts";
import { QUESTIONS } from "./doctor/questions.ts";
import { EXIT } from "./doctor/report.ts";
import { run } from "./doctor/run.ts";
import { HELP, parseOrder } from "./doctor/settings.ts";

const ids = QUESTIONS.map(({ id }) => id);
const file = existsSync(".dev.vars") ? parseEnv(readFileSync(".dev.vars", "utf8")) : {};
const order = parseOrder(process.argv.slice(2), { ...file, ...process.env }, ids);
if (!order.ok) {
	console.error(order.error);
	process.exitCode = EXIT.notAsked;
} else if (order.value.kind === "help") {
	console.log(HELP);
} else if (order.value.kind === "list") {
	for (const question of QUESTIONS)
		console.log(`${question.id}: ${question.asks}${question.costs.length > 0 ? " *" : ""}`);
	console.log(`\n* ${costOf(QUESTIONS)}`);
} else {
	const { version }: { version: string } = JSON.parse(
		readFileSync(new URL("../package.json", import.meta.url), "utf8"),
	);
	process.exitCode = await run(order.value.settings, version);
}
