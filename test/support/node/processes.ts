/** Reads the workerd processes of this machine, their memory and their processor time, from Linux. */
import { readdirSync, readFileSync } from "node:fs";

export interface Process {
	readonly pid: number;
	readonly parent: number;
	readonly group: number;
}

/** Lists all workerd processes of this machine. */
export function workerdProcesses(): readonly Process[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.flatMap((pid) => {
			const [, name, rest = ""] = /^\d+ \((.*)\) (.*)/.exec(read(`/proc/${pid}/stat`)) ?? [];
			const [, parent, group] = rest.split(" ");
			return name === "workerd" ? [{ pid: Number(pid), parent: Number(parent), group: Number(group) }] : [];
		});
}

/** Returns the memory that a process holds, in bytes. */
export function residentBytes(pid: number): number {
	return Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

/** Returns the memory of a process and of all that it started, in bytes. What several of them share counts once. */
export function bytesOfTree(root: number): number {
	const parents = new Map(
		readdirSync("/proc")
			.filter((name) => /^\d+$/.test(name))
			.map((pid) => [Number(pid), Number(/\) \S (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1])]),
	);
	const isOfTree = (pid: number): boolean => pid === root || (parents.has(pid) && isOfTree(parents.get(pid) ?? 0));
	const sizes = [...parents.keys()]
		.filter(isOfTree)
		.map((pid) => /^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`)));
	return sizes.reduce((sum, size) => sum + Number(size?.[1] ?? 0) * 1024, 0);
}

const SAMPLE_MS = 10;

/** Runs `work` and returns its result, with the highest value that `measure` returned meanwhile. */
export async function peakDuring<T>(
	measure: () => number,
	work: () => Promise<T>,
): Promise<{ readonly peak: number; readonly result: T }> {
	let peak = measure();
	const sampling = setInterval(() => {
		peak = Math.max(peak, measure());
	}, SAMPLE_MS);
	try {
		const result = await work();
		return { peak, result };
	} finally {
		clearInterval(sampling);
	}
}

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** Returns the processor time that a process has used so far, in milliseconds. */
export function cpuMs(pid: number): number {
	const [, rest = ""] = /\) (.*)/.exec(read(`/proc/${pid}/stat`)) ?? [];
	const fields = rest.split(" ");
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Reads a file of a process; empty if the process has just ended. */
function read(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}
