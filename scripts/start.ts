/**
 * `npm start`: runs the gateway on this machine, and the fal simulator unless `.dev.vars` has a fal key. `PORT`, `SIM_PORT` and `HOST` choose where, and
 * `STATE_DIR` the folder of its state.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Box, PreparedWorker } from "./local/box.ts";
import { prepareWorkers } from "./local/prepared.ts";
import { makeStateFolder, readLocalSettings, toGreeting } from "./local/settings.ts";

/** For the box to end by itself. */
const END_MS = 5_000;
const PARENT_MS = 500;
const root = join(import.meta.dirname, "..");

const settings = await readLocalSettings();
const { host, port, simPort, defaults } = settings;
const state = makeStateFolder();
const [gateway, simulator] = await prepare(["wrangler.toml", ...(simPort === null ? [] : ["sim/wrangler.toml"])]);
if (gateway === undefined) process.exit(1);
const workers: Box["workers"] = [
	{ options: gateway, vars: defaults, host, port, state, isShown: true },
	// It breaks connections on purpose, and the runtime reports each.
	...(simulator === undefined || simPort === null
		? []
		: [{ options: simulator, vars: {}, host, port: simPort, state: join(state, "simulator"), isShown: false }]),
];

// A group of its own, so that whatever it started ends with it.
const box = spawn(process.execPath, [join(root, "scripts/local/box.ts")], {
	stdio: ["pipe", "inherit", "inherit"],
	detached: true,
});
box.stdin.on("error", () => {});
// It ends when this closes: also if this process is killed.
box.stdin.write(`${JSON.stringify({ workers, greeting: toGreeting(settings) } satisfies Box)}\n`);

let isEnding = false;
function end(): void {
	isEnding = true;
	box.stdin.end();
	setTimeout(endGroup, END_MS).unref();
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);

// npm hands a signal to a shell between, which ends and tells nobody.
const parent = process.ppid;
const isOfNpm = process.env.npm_lifecycle_event === "start";
setInterval(() => isOfNpm && process.ppid !== parent && end(), PARENT_MS).unref();

await once(box, "exit");
endGroup();
process.exitCode = isEnding ? 0 : 1;

/** Exits with the reason if one of these configurations is broken. */
async function prepare(configs: readonly string[]): Promise<readonly PreparedWorker[]> {
	try {
		return await prepareWorkers(configs, { root });
	} catch (error) {
		console.error(error instanceof Error && "stderr" in error ? error.stderr : error);
		process.exit(1);
	}
}

function endGroup(): void {
	try {
		process.kill(-(box.pid ?? 0), "SIGKILL");
	} catch {
		// Nothing of it is left.
	}
}
