/**
 * Runs prepared Workers in plain workerd. `start.ts` starts this file as a process of its own, writes a `Box` as one line to its standard input, and keeps
 * that open: when it closes, the box ends.
 */
import { createInterface } from "node:readline";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type MiniflareOptions } from "miniflare";
import { listen } from "./front.ts";
import { findWrongSettings } from "./settings.ts";

export interface Box {
	readonly workers: readonly BoxedWorker[];
	/** Printed when all are ready. */
	readonly greeting: string;
}

/** `prepare.ts` prints it, with more that the runtime takes. */
export interface PreparedWorker {
	readonly name: string;
	readonly modules: true;
	readonly script: string;
	/** Its vars, of any type. */
	readonly bindings?: object;
}

export interface BoxedWorker {
	readonly options: PreparedWorker;
	readonly vars: Readonly<Record<string, string>>;
	readonly host: string;
	readonly port: number;
	/** The folder of its objects and its bucket. Two runtimes never share one: the database of the cache in it would be locked. */
	readonly state: string;
	/** True if its log is shown. */
	readonly isShown: boolean;
}

const LOOPBACK = "127.0.0.1";

const input = createInterface({ input: process.stdin });
input.once("line", (line) => {
	start(JSON.parse(line)).catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	});
});
input.once("close", () => process.exit());

async function start({ workers, greeting }: Box): Promise<void> {
	const gateways = await Promise.all(
		workers.map(async (worker) => {
			const runtime = new Miniflare(optionsOf(worker));
			const { port } = await runtime.unsafeGetDirectURL(worker.options.name);
			await listen(worker, { host: LOOPBACK, port: Number(port) });
			return worker.isShown ? [`http://${LOOPBACK}:${port}`] : [];
		}),
	);
	console.log(greeting);
	for (const gateway of gateways.flat()) {
		const wrong = await findWrongSettings(gateway);
		if (wrong !== null) console.error(wrong);
	}
}

function optionsOf({ options, vars, state, isShown }: BoxedWorker): MiniflareOptions {
	return convertV4MiniflareOptions({
		log: new Log(LogLevel.NONE),
		handleStructuredLogs: ({ message }) => {
			if (isShown) console.log(message);
		},
		// Nothing here asks where the machine is.
		cf: false,
		resourcePersistencePath: state,
		workers: [
			{
				...options,
				bindings: Object.assign({}, options.bindings, vars),
				unsafeDirectSockets: [{ host: LOOPBACK, port: 0 }],
			},
		],
	});
}
