import { readdirSync, readFileSync } from "node:fs";

/** What Linux knows of the runtimes that run here. */
export interface Process {
	readonly pid: number;
	readonly parent: number;
	readonly group: number;
}

export function workerdProcesses(): readonly Process[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.flatMap((pid) => {
			const [, name, rest = ""] = /^\d+ \((.*)\) (.*)/.exec(read(`/proc/${pid}/stat`)) ?? [];
			const [, parent, group] = rest.split(" ");
			return name === "workerd" ? [{ pid: Number(pid), parent: Number(parent), group: Number(group) }] : [];
		});
}

/** What a process holds in memory, in bytes. */
export function residentBytes(pid: number): number {
	return Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

/** Linux counts it in hundredths of a second. */
const TICK_MS = 10;

/** The processor time that a process has taken so far, in milliseconds. */
export function cpuMs(pid: number): number {
	const [, rest = ""] = /\) (.*)/.exec(read(`/proc/${pid}/stat`)) ?? [];
	const fields = rest.split(" ");
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Empty for a process that has just ended. */
function read(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}
