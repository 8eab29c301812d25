import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { parseEnv } from "node:util";
import concurrently from "concurrently";

/**
 * `npm start`: the gateway, and the fal simulator unless `.dev.vars` holds a fal key. Two processes, since each then has a port
 * that a person and a client can reach. `PORT` and `SIM_PORT` move them.
 */

const LOCAL_ACCESS_KEY = "sk-darkroom-local";

const port = portOf("PORT", 8787);
const simPort = portOf("SIM_PORT", 8788);
const settings = existsSync(".dev.vars") ? parseEnv(readFileSync(".dev.vars", "utf8")) : {};
const realFal = Boolean(settings.FAL_API_KEY);
const accessKey = settings.WORKER_ACCESS_KEY || LOCAL_ACCESS_KEY;
const gateway = `http://localhost:${port}`;
const simulator = `http://localhost:${simPort}`;

for (const [name, wanted] of [["PORT", port], ...(realFal ? [] : [["SIM_PORT", simPort] as const])] as const) {
	if (!(await isFree(wanted))) {
		console.error(`Port ${wanted} is taken. Choose another: ${name}=<port> npm start`);
		process.exit(1);
	}
}

/** What `.dev.vars` leaves open. fal cannot reach a laptop, the simulator can: it sends its webhooks to PUBLIC_URL. */
const defaults: Record<string, string> = {
	WORKER_ACCESS_KEY: LOCAL_ACCESS_KEY,
	...(realFal
		? {}
		: {
				FAL_API_KEY: "local:simulator",
				FAL_QUEUE_URL: simulator,
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

/** Aborts when a process has ended, by itself or by a signal: the others are ended then, and nothing is waited for any more. */
const over = new AbortController();
const ended = result
	.catch(() => {
		process.exitCode = 1;
	})
	.finally(() => over.abort());

await Promise.all([until(`${gateway}/healthz`), realFal ? null : until(simulator)]);
if (!over.signal.aborted)
	console.log(`
Darkroom  ${gateway}   (OpenAI base URL: ${gateway}/v1)
${realFal ? "fal       https://fal.ai, with the key of .dev.vars: pictures cost money" : `Simulator ${simulator}   (instead of fal: pictures are drawn here and cost nothing)`}
Access key: ${accessKey === LOCAL_ACCESS_KEY ? LOCAL_ACCESS_KEY : "the WORKER_ACCESS_KEY of .dev.vars"}

Try:
  curl -N ${gateway}/v1/chat/completions -H 'Authorization: Bearer ${accessKey === LOCAL_ACCESS_KEY ? LOCAL_ACCESS_KEY : "<key>"}' \\
    -H 'Content-Type: application/json' \\
    -d '{"model":"imagen4-preview","stream":true,"messages":[{"role":"user","content":"A red fox in the snow, watercolour 16:9"}]}'
`);

await ended;

function portOf(name: string, otherwise: number): number {
	const value = process.env[name] ?? String(otherwise);
	const number = Number(value);
	if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
	console.error(`${name} must be a port number, not '${value}'.`);
	process.exit(1);
}

/** A port is free if nothing listens on it, on either loopback address. */
async function isFree(wanted: number): Promise<boolean> {
	for (const host of ["127.0.0.1", "::1"]) {
		const free = await new Promise<boolean>((resolve) => {
			const server = createServer()
				.once("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "EADDRINUSE"))
				.once("listening", () => server.close(() => resolve(true)))
				.listen(wanted, host);
		});
		if (!free) return false;
	}
	return true;
}

async function until(url: string): Promise<void> {
	while (
		!over.signal.aborted &&
		!(await fetch(url).then(
			(response) => response.ok,
			() => false,
		))
	) {
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}
