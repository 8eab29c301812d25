/**
/**
 * `npm start`: runs the gateway, and the fal simulator unless `.dev.vars` has a fal key. Each is a process of its own, so that people and
 * clients can reach both. `PORT` and `SIM_PORT` choose their ports.
 */
import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { parseEnv } from "node:util";
import concurrently from "concurrently";

/** git ignores it. */
const SETTINGS_FILE = ".dev.vars";
/** Published, so it opens nothing but a gateway in front of the simulator. */
const LOCAL_ACCESS_KEY = "sk-darkroom-local";
const MADE_ACCESS_KEY = /^sk-dev-[\w-]{43}$/;

const port = portOf("PORT", 8787);
const simPort = portOf("SIM_PORT", 8788);
const settings = existsSync(SETTINGS_FILE) ? parseEnv(readFileSync(SETTINGS_FILE, "utf8")) : {};
const realFal = Boolean(settings.FAL_API_KEY?.trim());
const gateway = `http://localhost:${port}`;
const simulator = `http://localhost:${simPort}`;

for (const [name, number] of [["PORT", port], ...(realFal ? [] : [["SIM_PORT", simPort] as const])] as const) {
	if (!(await isFree(number))) {
		console.error(`Port ${number} is taken. Choose another: ${name}=<port> npm start`);
		process.exit(1);
	}
}

if (realFal) settings.WORKER_ACCESS_KEY = keyForRealFal(settings.WORKER_ACCESS_KEY?.trim() ?? "");
const accessKey = settings.WORKER_ACCESS_KEY || LOCAL_ACCESS_KEY;
/** The terminal shows no key that the operator chose. */
const shownKey = accessKey === LOCAL_ACCESS_KEY || MADE_ACCESS_KEY.test(accessKey) ? accessKey : null;

/** Settings that `.dev.vars` leaves open. Only the simulator gets a PUBLIC_URL for its webhooks, because fal cannot reach a laptop. */
const defaults: Record<string, string> = {
	WORKER_ACCESS_KEY: LOCAL_ACCESS_KEY,
	...(realFal
		? {}
		: {
				FAL_API_KEY: "local:simulator",
				FAL_QUEUE_URL: simulator,
				FAL_API_URL: simulator,
				FAL_STORAGE_URL: simulator,
				FAL_SCHEMA_URL: `${simulator}/api/openapi/queue/openapi.json`,
				FAL_JWKS_URL: `${simulator}/.well-known/jwks.json`,
				PUBLIC_URL: gateway,
			}),
};
const vars = Object.entries(defaults)
	.filter(([name]) => !settings[name])
	.map(([name, value]) => `--var ${name}:${value}`);

function wrangler(rest: string): string {
	return `wrangler dev --log-level warn --show-interactive-dev-session false ${rest}`;
}
const { result, commands } = concurrently(
	[
		{ name: "darkroom", command: wrangler(`--port ${port} ${vars.join(" ")}`) },
		...(realFal
			? []
			: [{ name: "fal", command: wrangler(`--port ${simPort} --config sim/wrangler.toml --inspector-port 0`) }]),
	],
	{ killOthersOn: ["failure", "success"], prefixColors: ["blue", "gray"] },
);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
	process.on(signal, () => {
		for (const command of commands) command.kill(signal);
	});
}

/** Aborts when one process has ended. The others are ended then, and nothing waits for them any more. */
const shutdown = new AbortController();
const ended = result
	.catch(() => {
		process.exitCode = 1;
	})
	.finally(() => shutdown.abort());

await Promise.all([waitForSuccess(`${gateway}/healthz`), realFal ? null : waitForSuccess(simulator)]);
if (!shutdown.signal.aborted)
	console.log(`
Darkroom  ${gateway}   (OpenAI base URL: ${gateway}/v1)
${realFal ? "fal       https://fal.ai, with the key of .dev.vars: pictures cost money" : `Simulator ${simulator}   (instead of fal: pictures are drawn here and cost nothing)`}
Access key: ${shownKey ?? `the WORKER_ACCESS_KEY of ${SETTINGS_FILE}`}

Try:
  curl -N ${gateway}/v1/chat/completions -H 'Authorization: Bearer ${shownKey ?? "<key>"}' \\
    -H 'Content-Type: application/json' \\
    -d '{"model":"imagen4-preview","stream":true,"messages":[{"role":"user","content":"A red fox in the snow, watercolour 16:9"}]}'
`);

await ended;

/** Returns the access key of the settings. Makes one if there is none, and keeps it there, so that clients can keep it too. */
function keyForRealFal(given: string): string {
	if (given.includes(LOCAL_ACCESS_KEY)) {
		console.error(
			`WORKER_ACCESS_KEY in ${SETTINGS_FILE} is the published ${LOCAL_ACCESS_KEY}, with which anybody could spend your fal key's money. Remove it, and one is made.`,
		);
		process.exit(1);
	}
	if (given !== "") return given;
	const key = `sk-dev-${randomBytes(32).toString("base64url")}`;
	const lineEnd = readFileSync(SETTINGS_FILE, "utf8").endsWith("\n") ? "" : "\n";
	appendFileSync(SETTINGS_FILE, `${lineEnd}# Made by npm start, for your clients.\nWORKER_ACCESS_KEY=${key}\n`);
	return key;
}

/** Reads a port from the environment. Exits if it is no port. */
function portOf(name: string, defaultPort: number): number {
	const value = process.env[name] ?? String(defaultPort);
	const number = Number(value);
	if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
	console.error(`${name} must be a port number, not '${value}'.`);
	process.exit(1);
}

/** True if nothing listens on a port, on either loopback address. */
async function isFree(port: number): Promise<boolean> {
	for (const host of ["127.0.0.1", "::1"]) {
		const free = await new Promise<boolean>((resolve) => {
			const server = createServer()
				.once("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "EADDRINUSE"))
				.once("listening", () => server.close(() => resolve(true)))
				.listen(port, host);
		});
		if (!free) return false;
	}
	return true;
}

/** Waits until an address answers with success, or a process has ended. */
async function waitForSuccess(url: string): Promise<void> {
	while (
		!shutdown.signal.aborted &&
		!(await fetch(url).then(
			(response) => response.ok,
			() => false,
		))
	) {
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}
