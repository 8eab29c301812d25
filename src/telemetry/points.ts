/** Says of an ended job in a data point of Analytics Engine what its line says. Columns keep their place: queries name them by it. */

import type { EndedLine } from "./job-lines.ts";

/** The parts of a point, as `writeDataPoint` takes them. */
export interface Point {
	readonly indexes: [account: string];
	readonly blobs: string[];
	readonly doubles: number[];
}

/** A text that is null is empty, a time that is null is 0. The tables of docs/operating.md name the columns. */
export function toPoint(line: EndedLine): Point {
	const { submitSeconds, queueSeconds, runSeconds, storeSeconds, totalSeconds } = line;
	return {
		indexes: [line.account],
		blobs: [
			line.outcome,
			line.code ?? "",
			line.job,
			line.key ?? "",
			line.api,
			line.source,
			line.model,
			line.endpoint,
			line.size,
			line.basis,
			line.charge,
		],
		doubles: [
			line.asked,
			line.pictures,
			line.lost,
			line.bytes,
			line.cost,
			submitSeconds ?? 0,
			queueSeconds ?? 0,
			runSeconds ?? 0,
			storeSeconds ?? 0,
			totalSeconds,
			line.watched ? 1 : 0,
			line.clientLeft ? 1 : 0,
		],
	};
}
