/** Runs a server of the bench in a process of its own. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

export interface ForkedServer {
	readonly url: string;
	readonly child: ChildProcess;
	readonly stop: () => Promise<void>;
}

/** Forks a module, which sends its address as its first message. */
export async function forkServer(path: string, args: readonly string[] = []): Promise<ForkedServer> {
	const child = fork(path, args);
	const [url] = await once(child, "message");
	return {
		url,
		child,
		stop: async () => {
			child.kill();
			await once(child, "exit");
		},
	};
}
