/** Runs `npm start` as a person does, in a checkout of its own, on free ports. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout, freePort } from "./gateway.ts";

/** The access key that `npm start` sets. */
export const LOCAL_KEY = "sk-darkroom-local";

export interface Started {
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
	/** Sends SIGKILL to npm and to the process that it runs, as a person does who has lost patience. */
	readonly kill: () => Promise<void>;
	/** Starts it again after that, on its ports and with its state. */
	readonly restart: () => Promise<void>;
	/** Ends the gateway and the simulator. */
	readonly stop: () => Promise<void>;
}

type Project = ReturnType<typeof checkout>;

export interface StartOptions {
	/** Of package.json. */
	readonly script?: "start" | "dev";
	/** The text of `.dev.vars`. */
	readonly settings?: string;
}

/** Resolves when the gateway and the simulator answer. */
export async function npmStart({ script = "start", settings }: StartOptions = {}): Promise<Started> {
	const project = checkout();
	if (settings !== undefined) writeFileSync(join(project.folder, ".dev.vars"), settings);
	const ports = { PORT: `${await freePort()}`, SIM_PORT: `${await freePort()}` };
	let run = await launch(project, script, ports);
	return {
		address: `localhost:${ports.PORT}`,
		simulator: `localhost:${ports.SIM_PORT}`,
		state: join(project.folder, ".darkroom"),
		get pid() {
			return run.pid;
		},
		output: () => run.output(),
		kill: () => run.end("SIGKILL"),
		restart: async () => {
			run = await launch(project, script, ports);
		},
		stop: async () => {
			await run.end("SIGTERM");
			project.remove();
		},
	};
}

async function launch(project: Project, script: string, ports: Readonly<Record<string, string>>) {
	const child = spawn("npm", ["run", script, "--silent"], {
		cwd: project.folder,
		env: { ...process.env, ...ports },
		stdio: ["ignore", "pipe", "ignore"],
		// A process group of its own, so that it can be ended with all that it starts.
		detached: true,
	});
	let output = "";
	child.stdout.setEncoding("utf8").on("data", (piece: string) => {
		output += piece;
	});
	while (!output.includes("Try:")) {
		const [event] = await Promise.race([once(child.stdout, "data"), once(child, "exit").then(() => [null])]);
		if (event === null || child.pid === undefined) throw new Error(`npm start failed: ${output}`);
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
