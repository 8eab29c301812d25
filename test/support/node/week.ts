/** A week of several people's jobs, one a row, and the table of what they cost. */

export const KEYS = ["alice-desk", "alice-phone", "bob", "owner"] as const;
export type KeyName = (typeof KEYS)[number];

/** What happens to a job behind its request. */
export type Story =
	| "ends"
	/** The same request comes again, with its idempotency key. */
	| "is repeated"
	| "is cancelled while it waits"
	| "is cancelled while it runs"
	| "is cancelled while it runs, in vain"
	| "is deleted while it waits"
	| "is deleted while it runs"
	| "is deleted at its end"
	/** Until all that is still to come has come. */
	| "is left alone"
	| "is left alone while it runs";

export interface MadeJob {
	/** From Monday, 0. */
	readonly day: number;
	readonly by: KeyName;
	readonly model: string;
	/** For the simulator. */
	readonly words: string;
	/** 1 if it is left out. */
	readonly n?: number;
	/** `1:1` if it is left out. */
	readonly size?: string;
	/** A picture is brought along. */
	readonly edits?: true;
	/** `ends` if it is left out. */
	readonly story?: Story;
	/** The model that draws in the place of the one that was asked for. */
	readonly drawnBy?: string;
	/** By the table of docs/money.md: what is kept although fal drew nothing, in millionths of a dollar. */
	readonly kept?: number;
	/** Pictures that fal drew and that the gateway never got. */
	readonly unseen?: number;
}

/** fal has the request, and says so to nobody. */
const SECRET = "sim:answer-lost sim:listed=never sim:queue=0 sim:queue-ms=10 sim:run-ms=50";
const HALF_AN_HOUR_MS = 30 * 60_000;

export const WEEK: readonly MadeJob[] = [
	// One picture after another, and several at once.
	{ day: 0, by: "alice-desk", model: "imagen4-preview", words: "sim:quick", n: 2 },
	{ day: 0, by: "alice-desk", model: "flux-schnell", words: "sim:quick" },
	{ day: 0, by: "alice-desk", model: "flux-schnell", words: "sim:quick sim:poll-only", size: "2048x2048", n: 3 },
	{ day: 0, by: "alice-phone", model: "nano-banana-2", words: "sim:quick" },
	{ day: 0, by: "bob", model: "nano-banana-2", words: "sim:quick", n: 4 },
	{ day: 0, by: "bob", model: "nano-banana-pro", words: "sim:instant" },
	{ day: 0, by: "owner", model: "seedream-4", words: "sim:quick", size: "2048x2048" },
	// Edits, and a retry that joins.
	{ day: 1, by: "alice-phone", model: "nano-banana-2", words: "sim:quick", edits: true },
	{ day: 1, by: "bob", model: "imagen4-preview", words: "sim:quick", edits: true, n: 2, drawnBy: "nano-banana-2" },
	{ day: 1, by: "alice-desk", model: "imagen4-preview", words: "sim:quick", story: "is repeated" },
	{ day: 1, by: "owner", model: "flux-dev", words: "sim:quick sim:nsfw", n: 2 },
	// Refusals, and parts of a job that fail.
	{ day: 2, by: "alice-desk", model: "imagen4-preview", words: "sim:refused-422" },
	{ day: 2, by: "alice-desk", model: "imagen4-preview", words: "sim:quick sim:content-policy", n: 2, kept: 100_000 },
	{ day: 2, by: "bob", model: "nano-banana-pro", words: "sim:quick sim:no-media", kept: 150_000 },
	{ day: 2, by: "bob", model: "nano-banana-pro", words: "sim:quick sim:no-images", kept: 150_000 },
	{ day: 2, by: "bob", model: "nano-banana-2", words: "sim:quick sim:server-error" },
	{
		day: 2,
		by: "alice-phone",
		model: "flux-schnell",
		words: "sim:quick sim:content-policy sim:only=2",
		n: 8,
		kept: 12_000,
	},
	{ day: 2, by: "alice-phone", model: "flux-schnell", words: "sim:quick sim:server-error sim:only=1", n: 8 },
	// A picture that comes late, and those who do not wait.
	{
		...{
			day: 3,
			by: "alice-desk",
			model: "nano-banana-2",
			words: "sim:quick sim:file=500 sim:faulty-file=2 sim:file-faults=3",
		},
		...{ n: 2, story: "is left alone" },
	},
	{ day: 3, by: "alice-desk", model: "imagen4-preview", words: "sim:hold=queue", story: "is cancelled while it waits" },
	{
		day: 3,
		by: "alice-phone",
		model: "imagen4-preview",
		words: "sim:never-finishes",
		n: 2,
		story: "is cancelled while it runs",
		kept: 100_000,
	},
	{
		day: 3,
		by: "bob",
		model: "nano-banana-pro",
		words: "sim:cancel-ignored sim:never-finishes",
		story: "is cancelled while it runs, in vain",
	},
	// Deleted jobs.
	{
		day: 4,
		by: "bob",
		model: "nano-banana-2",
		words: "sim:never-finishes",
		story: "is deleted while it runs",
		kept: 80_000,
	},
	{ day: 4, by: "bob", model: "nano-banana-2", words: "sim:hold=queue", story: "is deleted while it waits" },
	{ day: 4, by: "alice-desk", model: "flux-dev", words: "sim:quick", n: 2, story: "is deleted at its end" },
	{ day: 4, by: "owner", model: "nano-banana-2", words: "sim:quick", story: "is deleted at its end", edits: true },
	// Outcomes that nobody knows at first.
	{
		day: 5,
		by: "alice-desk",
		model: "imagen4-preview",
		words: `${SECRET} sim:webhook-delay-ms=${HALF_AN_HOUR_MS}`,
		story: "is left alone",
	},
	{
		day: 5,
		by: "bob",
		model: "nano-banana-pro",
		words: `${SECRET} sim:webhook=never`,
		story: "is left alone",
		unseen: 1,
	},
	{
		day: 5,
		by: "bob",
		model: "nano-banana-2",
		words: `${SECRET} sim:server-error sim:webhook-delay-ms=${HALF_AN_HOUR_MS}`,
		story: "is left alone",
	},
	{ day: 5, by: "alice-phone", model: "nano-banana-2", words: "sim:never-starts", story: "is left alone" },
	{
		day: 5,
		by: "alice-phone",
		model: "nano-banana-2",
		words: "sim:never-finishes",
		story: "is left alone while it runs",
		kept: 80_000,
	},
	// A model that is gone: its successor draws, at its own price.
	{
		day: 6,
		by: "alice-desk",
		model: "imagen4-preview",
		words: "sim:quick sim:model-gone",
		n: 3,
		drawnBy: "nano-banana-2",
	},
	{
		day: 6,
		by: "bob",
		model: "imagen4-preview",
		words: "sim:model-gone sim:never-finishes",
		drawnBy: "nano-banana-2",
		story: "is cancelled while it runs",
		kept: 80_000,
	},
	{ day: 6, by: "owner", model: "flux-schnell", words: "sim:quick", size: "16:9" },
];

/** What one key did with one model in one day. */
interface Line {
	readonly jobs: number;
	/** Pictures that are stored. */
	readonly images: number;
	/** In millionths of a dollar. */
	readonly microUsd: number;
}

interface Place {
	readonly day: string;
	readonly model: string;
	readonly by: KeyName;
}

export interface Table {
	add(place: Place, more: Partial<Line>): void;
	lines(): readonly (Place & Line)[];
	/** In millionths of a dollar. */
	sumOf(by: KeyName): number;
	/** Writes the dollars as a table in Markdown, with a row for each day and model, and a column for each key. */
	render(): string;
}

export function createTable(): Table {
	const found = new Map<string, Place & Line>();
	const lines = () => [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
	const sumOf = (some: readonly Line[]) => some.reduce((sum, { microUsd }) => sum + microUsd, 0);
	return {
		add(place, { jobs = 0, images = 0, microUsd = 0 }) {
			const name = JSON.stringify([place.day, place.model, place.by]);
			const before = found.get(name) ?? { jobs: 0, images: 0, microUsd: 0 };
			const sum = { jobs: before.jobs + jobs, images: before.images + images, microUsd: before.microUsd + microUsd };
			found.set(name, { ...place, ...sum });
		},
		lines,
		sumOf: (by) => sumOf(lines().filter((line) => line.by === by)),
		render() {
			const toUsd = (some: readonly Line[]) => (some.length === 0 ? "" : (sumOf(some) / 1e6).toFixed(3));
			const cellsOf = (some: readonly (Place & Line)[]) =>
				[...KEYS.map((by) => some.filter((line) => line.by === by)), some].map(toUsd);
			const all = lines();
			const rows = Map.groupBy(all, ({ day, model }) => `${day} | \`${model}\``);
			return [
				["day", "model", ...KEYS.map((by) => `\`${by}\``), "all"],
				["---", "---", ...[...KEYS, "all"].map(() => "---:")],
				...[...rows].map(([name, some]) => [name, ...cellsOf(some)]),
				["all", "", ...cellsOf(all)],
			]
				.map((cells) => `| ${cells.join(" | ")} |\n`)
				.join("");
		},
	};
}
