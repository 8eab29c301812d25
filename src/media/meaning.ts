/** Says what a server's answer to the asking for a picture means, as a table: the first row that fits counts. */
import type { StoreRetry } from "../core/schedule.ts";

/** `whole`: the body is what was asked for. `moved`: its `Location` is asked instead. All else is a failed try. */
export type FileMeaning = "whole" | "moved" | StoreRetry;

interface FileRow {
	/** Absent: any. */
	readonly status?: readonly number[];
	readonly means: FileMeaning;
}

const FILE_MEANINGS: readonly FileRow[] = [
	{ status: [200], means: "whole" },
	{ status: [301, 302, 303, 307, 308], means: "moved" },
	// Nothing is there. A picture may be early, but one that is gone does not come back.
	{ status: [404, 410], means: "a_minute" },
	// Refusals and faults may pass.
	{ means: "a_day" },
];

export function meaningOfFile(status: number): FileMeaning {
	return FILE_MEANINGS.find((row) => row.status === undefined || row.status.includes(status))?.means ?? "a_day";
}
