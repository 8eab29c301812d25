/** Requests that a job of five seconds makes to fal's queue, as the simulator counts them: submit, status, stream, result and cancel. */
import { max, median } from "simple-statistics";
import { aPrompt, type Design, queueCallsOf, sideBySide, startDesigns } from "../designs.ts";
import { atMost, type Case, type Figure, type Size } from "../figure.ts";

export const requests: Case = async (size) => {
	const { simUrl, draws, stop } = await startDesigns();
	try {
		const runs = Array.from({ length: ROUNDS[size] }, (_, round) =>
			sideBySide(
				draws,
				async (design, draw) => {
					const prompt = aPrompt(FIVE_SECONDS);
					await draw(prompt);
					return { design, prompt };
				},
				round,
			),
		);
		const counts = new Map<Design, number[]>();
		for (const { design, prompt } of (await Promise.all(runs)).flat()) {
			const calls = await queueCallsOf(simUrl, prompt);
			counts.set(design, [...(counts.get(design) ?? []), calls.length]);
		}
		return { figures: [...counts].map(([design, each]) => toFigure(design, each)) };
	} finally {
		await stop();
	}
};

/** Rounds run at once, each a little apart from the others. */
const ROUNDS: Readonly<Record<Size, number>> = { guard: 1, quick: 3, full: 5 };

/** Two positions and a run, with some progress. */
const FIVE_SECONDS = "sim:queue=1 sim:queue-ms=700 sim:run-ms=3600 sim:logs=3";

const GOALS: Partial<Record<Design, Figure["goal"]>> = {
	"Darkroom by webhook": atMost(4),
	"Darkroom by follower": atMost(4),
};

function toFigure(design: Design, each: readonly number[]): Figure {
	return {
		name: `requests to fal, 5 s job, ${design}`,
		// A goal holds for every job.
		value: design in GOALS ? max([...each]) : median([...each]),
		unit: "requests",
		goal: GOALS[design] ?? null,
		detail: `${each.join(", ")} in ${each.length} jobs`,
	};
}
