/** Runs `npm start` as a person does, in a checkout of its own, on free ports. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout, freePort, type Vars, waitForSilence } from "./gateway.ts";

/** The access key that `npm start` sets. */
export const LOCAL_KEY = "sk-darkroom-local";

export interface Started {
	/** The checkout that it runs in. */
	readonly folder: string;
	/** `localhost:<port>` */
	readonly address: string;
	/** Of the simulator. */
	readonly simulator: string;
	/** The folder of its objects and its bucket. */
	readonly state: string;
	/** Of npm. All other processes descend from it. */
	readonly pid: number;
	/** What it printed so far. */
	readonly output: () => string;
	/** Sends SIGKILL to npm and to the process that it runs, as a person does who has lost patience. Resolves when its port refuses connections. */
	readonly kill: () => Promise<void>;
	/** Starts it again after that, on its ports and with its state; in another folder if that is named, which has a state and settings of its own. */
	readonly restart: (folder?: string) => Promise<void>;
	/** Ends the gateway and the simulator. */
	readonly stop: () => Promise<void>;
}

/** The last words of a start that failed. */
const MAX_COMPLAINTS_CHARS = 4_000;

export interface StartOptions {
	/** Of package.json. */
	readonly script?: "start" | "dev";
	/** The text of `.dev.vars`. */
	readonly settings?: string;
	/** Changes the checkout before the start. */
	readonly prepare?: (folder: string, port: string) => void;
}

/** Resolves when the gateway and the simulator answer. */
export async function npmStart({ script = "start", settings, prepare }: StartOptions = {}): Promise<Started> {
	const project = checkout();
	if (settings !== undefined) writeFileSync(join(project.folder, ".dev.vars"), settings);
	const ports = { PORT: `${await freePort()}`, SIM_PORT: `${await freePort()}` };
	prepare?.(project.folder, ports.PORT);
	let run = await launch(project.folder, script, ports);
	return {
		folder: project.folder,
		address: `localhost:${ports.PORT}`,
		simulator: `localhost:${ports.SIM_PORT}`,
		state: join(project.folder, ".darkroom"),
		get pid() {
			return run.pid;
		},
		output: () => run.output(),
		kill: async () => {
			await run.end("SIGKILL");
			await waitForSilence(`http://localhost:${ports.PORT}/healthz`);
		},
		restart: async (folder = project.folder) => {
			run = await launch(folder, script, ports);
		},
		stop: async () => {
			await run.end("SIGTERM");
			project.remove();
		},
	};
}

/** Writes `.dev.vars` into a checkout. */
export function writeSettings(folder: string, settings: Vars): void {
	const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
	writeFileSync(join(folder, ".dev.vars"), lines.join(""));
}

async function launch(folder: string, script: string, ports: Readonly<Record<string, string>>) {
	const child = spawn("npm", ["run", script, "--silent"], {
		cwd: folder,
		env: { ...process.env, ...ports },
		stdio: ["ignore", "pipe", "pipe"],
		// A process group of its own, so that it can be ended with all that it starts.
		detached: true,
	});
	let output = "";
	child.stdout.setEncoding("utf8").on("data", (piece: string) => {
		output += piece;
	});
	let complaints = "";
	child.stderr.setEncoding("utf8").on("data", (piece: string) => {
		complaints = (complaints + piece).slice(-MAX_COMPLAINTS_CHARS);
	});
	while (!output.includes("Try:")) {
		const [event] = await Promise.race([once(child.stdout, "data"), once(child, "exit").then(() => [null])]);
		if (event === null || child.pid === undefined) throw new Error(`npm start failed: ${output}${complaints}`);
	}
	return {
		pid: child.pid ?? 0,
		output: () => output,
		end: async (signal: "SIGTERM" | "SIGKILL") => {
			if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
			const exited = once(child, "exit");
			process.kill(-child.pid, signal);
			await exited;
		},
	};
}
