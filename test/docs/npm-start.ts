/** Runs `npm start` as a person does, in a checkout of its own, on free ports. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { checkout, freePort } from "../support/node/gateway.ts";

/** The access key that `npm start` sets. */
export const LOCAL_KEY = "sk-darkroom-local";

export interface Started {
	/** `localhost:<port>` */
	readonly address: string;
	/** Of the simulator. */
	readonly simulator: string;
	/** Ends the gateway and the simulator. */
	readonly stop: () => Promise<void>;
}

/** Resolves when the gateway and the simulator answer. */
export async function npmStart(): Promise<Started> {
	const project = checkout();
	const [port, simPort] = [await freePort(), await freePort()];
	const child = spawn("npm", ["start", "--silent"], {
		cwd: project.folder,
		env: { ...process.env, PORT: `${port}`, SIM_PORT: `${simPort}` },
		stdio: ["ignore", "pipe", "ignore"],
		// A process group of its own, so that it can be ended with all that it starts.
		detached: true,
	});
	let output = "";
	for await (const piece of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
		output += piece;
		if (output.includes("Try:")) break;
	}
	child.stdout.resume();
	if (child.pid === undefined || !output.includes("Try:")) throw new Error(`npm start failed: ${output}`);
	const group = -child.pid;
	return {
		address: `localhost:${port}`,
		simulator: `localhost:${simPort}`,
		stop: async () => {
			const exited = child.exitCode === null ? once(child, "exit") : null;
			if (exited !== null) process.kill(group, "SIGTERM");
			await exited;
			project.remove();
		},
	};
}
