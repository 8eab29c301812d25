/** `npm run dev`: the same as `npm start` under `wrangler dev`, which loads the sources again when they change. Its proxy hides clients that go. */

import concurrently from "concurrently";
import { findWrongSettings, readLocalSettings, toGreeting } from "./local/settings.ts";

const settings = await readLocalSettings();
const { port, simPort, gateway, defaults } = settings;

function wrangler(rest: string): string {
	return `wrangler dev --log-level warn --show-interactive-dev-session false ${rest}`;
}
const vars = Object.entries(defaults).map(([name, value]) => `--var ${name}:${value}`);
const { result, commands } = concurrently(
	[
		{ name: "darkroom", command: wrangler(`--port ${port} ${vars.join(" ")}`) },
		...(simPort === null
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

const simulator = simPort === null ? [] : [`http://localhost:${simPort}`];
await Promise.all([`${gateway}/healthz`, ...simulator].map(waitForAnswer));
if (!shutdown.signal.aborted) {
	console.log(toGreeting(settings));
	const wrong = await findWrongSettings(gateway);
	if (wrong !== null) console.error(wrong);
}
await ended;

/** Waits until an address answers, be it that its settings are wrong, or a process has ended. */
async function waitForAnswer(url: string): Promise<void> {
	while (
		!shutdown.signal.aborted &&
		!(await fetch(url).then(
			({ ok, status }) => ok || status === 500,
			() => false,
		))
	) {
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}
